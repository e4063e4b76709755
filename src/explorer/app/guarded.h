// Files come from strangers: what is wrong with one becomes a message.
#pragma once

#include <new>

#include "core/error.h"
#include "core/text.h"
#include "explorer/session/session.h"

namespace loom {

// Calls work() and turns everything that a strange file can cause into a call of refuse(text). True if nothing did.
template <class Work, class Refuse>
bool guarded(std::string_view name, Work&& work, Refuse&& refuse) {
  try {
    work();
    return true;
  } catch (const Error& error) {
    refuse(std::string(error.what()));
  } catch (const std::bad_alloc&) {
    refuse(text(name, ": too large for the memory of this page"));
  }
  return false;
}

}  // namespace loom
