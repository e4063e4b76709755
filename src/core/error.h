// The only exception type of the project. The message names the file or function, the item, what was found and what was
// expected; the command line and the page show it unchanged.
#pragma once

#include <stdexcept>
#include <string>

#include "core/text.h"

namespace loom {

class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Throws Error with the parts joined: fail(path, ": decoder.2.weight is ", shape_text, ", expected ", wanted).
template <class... Parts>
[[noreturn]] void fail(const Parts&... parts) {
  throw Error(text(parts...));
}

}  // namespace loom
