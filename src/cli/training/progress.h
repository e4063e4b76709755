// Progress of a training run: a line per epoch, and one on the terminal that is redrawn.
#pragma once

#include <chrono>
#include <string>

#include "train/trainer.h"

namespace loom {

class Progress {
 public:
  explicit Progress(const Trainer& trainer);
  ~Progress() { clear(); }

  // After every step: redraws one line on a terminal, a few times a second; silent elsewhere.
  void tick();
  void clear();  // removes that line

  // After an epoch: its losses in nats per image, its speed and the time left.
  std::string epoch_line();

  double seconds_since_save() const;
  void saved() { last_save_ = Clock::now(); }

 private:
  using Clock = std::chrono::steady_clock;
  double images_per_second() const;  // since this session began
  std::string time_left() const;

  const Trainer& trainer_;
  Index first_step_;
  Clock::time_point start_, last_line_, last_save_;
  bool terminal_, line_shown_ = false;
};

}  // namespace loom
