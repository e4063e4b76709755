// The error message of an action that fails, for tests of error messages.
#pragma once

#include <string>

#include "core/error.h"

namespace loom {

template <class Action>
std::string message_of(Action action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace loom
