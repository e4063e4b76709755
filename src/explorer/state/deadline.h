// The end of a time slice for computation within a frame.
#pragma once

#include <chrono>

namespace loom {

class Deadline {
 public:
  explicit Deadline(double milliseconds)
      : end_(std::chrono::steady_clock::now() + std::chrono::duration_cast<std::chrono::steady_clock::duration>(
                                                    std::chrono::duration<double, std::milli>(milliseconds))) {}
  bool passed() const { return std::chrono::steady_clock::now() >= end_; }

 private:
  std::chrono::steady_clock::time_point end_;
};

inline constexpr double kSliceMilliseconds = 7;  // time slice of a frame; the rest of its 16 ms is for drawing

}  // namespace loom
