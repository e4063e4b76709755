// libFuzzer target for the IDX reader: any bytes give an array that fits its promise, or Error; never anything else.
#include <cstdlib>
#include <span>

#include "core/error.h"
#include "data/idx.h"

namespace {

void parse(std::span<const std::byte> bytes, loom::IdxKind kind) {
  try {
    const loom::IdxFile file = loom::parse_idx(bytes, "fuzz", kind);
    std::size_t size = 1;
    for (const loom::Index dimension : file.shape) size *= static_cast<std::size_t>(dimension);
    if (file.values.size() != size || file.shape.size() != static_cast<std::size_t>(kind)) std::abort();
  } catch (const loom::Error&) {
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::span<const std::byte> bytes = std::as_bytes(std::span(data, size));
  parse(bytes, loom::IdxKind::labels);
  parse(bytes, loom::IdxKind::images);
  return 0;
}
