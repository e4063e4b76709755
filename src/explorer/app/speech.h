// What a screen reader should say: short, and only what has changed.
#pragma once

#include <string>

#include "explorer/app/explorer.h"

namespace loom {

// "z 0.30, -1.20: about 70 % ankle boot, 25 % sneaker; dense region"; empty while there is no model.
std::string spoken_place(const Explorer& explorer);

// The message that is shown, else the place.
std::string spoken_text(const Explorer& explorer);

// What a region is called aloud: "dense region", "thin region", "a hole", "empty, far out".
std::string spoken_crowd(const LoadedModel& model, const Neighbourhood& near);

// Remembers what was chosen, so that a choice is named once: "Overlay: Holes. z 0.30, ...".
class Speaker {
 public:
  std::string say(const Explorer& explorer);

 private:
  bool began_ = false;
  std::string model_;
  std::size_t overlay_ = 0, tool_ = 0;
  std::uint32_t isolated_ = 0;
  std::string news_;  // about the last choice, until the place changes
  Point z_;
};

}  // namespace loom
