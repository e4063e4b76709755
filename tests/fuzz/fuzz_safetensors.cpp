// A foreign file is refused with Error, or what was read can be written and reads the same again.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <span>

#include "core/error.h"
#include "safetensors_input.h"
#include "weights/safetensors.h"

namespace {

using Bytes = std::vector<std::byte>;

// What the reader accepts, the writer must accept: an Error in here ends the run.
void round_trip(const loom::TensorFile& file) noexcept {
  const Bytes written = loom::write_safetensors(file.metadata, file.tensors);
  const loom::TensorFile again = loom::read_safetensors(written, "written");
  if (again.metadata != file.metadata || again.tensors.size() != file.tensors.size()) std::abort();
  for (const loom::TensorView& tensor : file.tensors) {
    const loom::TensorView* same = again.find(tensor.name);
    if (same == nullptr || same->dtype != tensor.dtype || same->shape != tensor.shape) std::abort();
    if (!std::ranges::equal(same->bytes, tensor.bytes)) std::abort();
    if (loom::all_finite(tensor) != loom::all_finite(loom::to_floats(tensor))) std::abort();
  }
}

void read(const Bytes& bytes) try { round_trip(loom::read_safetensors(bytes, "fuzz")); } catch (const loom::Error&) {
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  read_twice(data, size, read);
  return 0;
}
