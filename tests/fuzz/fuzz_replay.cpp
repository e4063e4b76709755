// A recording of a training is refused with Error, or its parts fit each other and hold nothing but finite numbers.
#include <cstdint>
#include <cstdlib>

#include "core/error.h"
#include "explorer/model/replay.h"
#include "safetensors_input.h"

namespace {

constexpr loom::Index kDimensions = 2;

void read(const std::vector<std::byte>& bytes) try {
  const loom::Replay replay = loom::read_replay(bytes, "fuzz", kDimensions);
  if (replay.frames() == 0 || replay.epochs.size() != replay.frames() || replay.labels.empty()) std::abort();
  for (const loom::Matrix& mu : replay.mu) {
    if (mu.rows() != static_cast<loom::Index>(replay.labels.size()) || mu.cols() != kDimensions) std::abort();
    if (!mu.allFinite()) std::abort();
  }
  if (replay.history.cols() != 2 && replay.history.cols() != 4) std::abort();
} catch (const loom::Error&) {
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  read_twice(data, size, read);
  return 0;
}
