// Shows the progress of work that takes more than a second, in one line on the terminal.
#pragma once

#include <atomic>
#include <chrono>
#include <mutex>
#include <string>

#include "uses/on_progress.h"

namespace loom {

class Waiting {
 public:
  // `what` describes the work ("scoring images"). Shows nothing unless stderr is a terminal.
  explicit Waiting(std::string what);
  ~Waiting();
  Waiting(const Waiting&) = delete;
  Waiting& operator=(const Waiting&) = delete;

  void done(Index steps, Index total);  // from any thread
  OnProgress on_progress();             // calls done(); must not outlive this

 private:
  using Clock = std::chrono::steady_clock;
  const std::string what_;
  const bool terminal_;
  std::atomic<Index> done_ = 0;
  std::mutex drawing_;
  Clock::time_point next_;
  bool shown_ = false;
};

}  // namespace loom
