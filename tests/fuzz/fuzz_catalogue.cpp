// A list of models is refused with Error, or has at least one, each with a name and a place to get it from.
#include <cstdint>
#include <cstdlib>

#include "core/error.h"
#include "explorer/model/catalogue.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) try {
  const std::vector<loom::CatalogueEntry> models =
      loom::read_catalogue({reinterpret_cast<const char*>(data), size}, "fuzz");
  if (models.empty()) std::abort();
  for (const loom::CatalogueEntry& model : models)
    if (model.id.empty() || model.file.empty()) std::abort();
  return 0;
} catch (const loom::Error&) {
  return 0;
}
