// A foreign weight file is refused with Error, or is a model that can be saved and is the same when it is read again.
#include <cstdint>
#include <cstdlib>

#include "core/error.h"
#include "model/checkpoint.h"
#include "model/spec_json.h"
#include "safetensors_input.h"

namespace {

// What the reader accepts, the writer must accept, too: an Error in here ends the run.
void use(const loom::ModelFile& file) noexcept {
  const std::vector<std::byte> saved = loom::save_model(file, loom::Precision::f32);
  const loom::ModelFile again = loom::load_model(saved, "saved");
  if (loom::model_json(again.model) != loom::model_json(file.model)) std::abort();
  if (loom::save_model(again, loom::Precision::f32) != saved) std::abort();
}

void read(const std::vector<std::byte>& bytes) {
  try {
    use(loom::load_model(bytes, "fuzz"));
  } catch (const loom::Error&) {
  }
  try {
    loom::load_decoder(bytes, "fuzz");
  } catch (const loom::Error&) {
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  read_twice(data, size, read);
  return 0;
}
