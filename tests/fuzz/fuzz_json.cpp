// Foreign JSON is refused with Error, or its text and its value round-trip.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/error.h"
#include "core/json/json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) try {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (loom::quoted_name(text).size() > 6 * 96 + 5) std::abort();
  const loom::Json json = loom::parse_json(text, "fuzz");
  const std::string dumped = json.dump();
  const loom::Json again = loom::parse_json(dumped, "fuzz");
  if (!(again == json) || again.dump() != dumped) std::abort();
  return 0;
} catch (const loom::Error&) {
  return 0;
}
