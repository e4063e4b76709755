// One line on the terminal for work that takes more than a second: what is being done and how far it is.
#pragma once

#include <atomic>
#include <chrono>
#include <mutex>
#include <string>

#include "core/types.h"

namespace loom {

class Waiting {
 public:
  // `total` steps of `what` ("scoring images"). Silent unless stderr is a terminal.
  Waiting(std::string what, Index total);
  ~Waiting();
  Waiting(const Waiting&) = delete;
  Waiting& operator=(const Waiting&) = delete;

  void done(Index steps);  // from any thread

 private:
  using Clock = std::chrono::steady_clock;
  const std::string what_;
  const Index total_;
  const bool terminal_;
  std::atomic<Index> done_ = 0;
  std::mutex drawing_;
  Clock::time_point next_;
  bool shown_ = false;
};

}  // namespace loom
