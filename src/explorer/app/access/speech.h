// The text for screen readers: short, and only what has changed.
#pragma once

#include <string>

#include "explorer/app/explorer.h"

namespace loom {

// "z 0.30, -1.20: about 70 % ankle boot, 25 % sneaker; 1.8× as many images as the prior expects"; empty while there is
// no model.
std::string spoken_place(const Explorer& explorer);

// The message that is shown, or else spoken_place.
std::string spoken_text(const Explorer& explorer);

// Returns spoken_text after what was newly chosen: "Overlay: Holes. z 0.30, ...". Each choice is announced only until z
// changes. While a model is trained, its map changes under z all the time, so that only its epochs are announced:
// "Epoch 4 of 20, 271.3 nats per image. Shoes have separated from tops."
class Announcer {
 public:
  std::string announce(const Explorer& explorer);

 private:
  std::string epoch_news(const TrainingRun& run);

  bool began_ = false;
  std::string model_;
  std::size_t overlay_ = 0, tool_ = 0;
  TrainPhase training_ = TrainPhase::none;
  std::int64_t epoch_ = 0;  // the last that was announced
  std::uint32_t isolated_ = 0;
  UnitChoice unit_;
  std::string said_;  // last
  std::string news_;  // about the last choice, until z changes
  Point z_;
};

}  // namespace loom
