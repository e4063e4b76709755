// Links come from strangers: any text gives a state whose own link gives that state again. Nothing is refused.
#include "explorer/link/link.h"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const loom::ExplorerState state = loom::read_link({reinterpret_cast<const char*>(data), size});
  const std::string link = loom::write_link(state);
  if (link.size() <= loom::kMaxLinkLength && loom::write_link(loom::read_link(link)) != link) std::abort();
  return 0;
}
