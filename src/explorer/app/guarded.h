// Files are untrusted: an invalid one becomes a message, not a crash.
#pragma once

#include <new>

#include "core/error.h"
#include "core/text.h"
#include "explorer/session/session.h"
#include "explorer/texts/texts.h"

namespace loom {

// Calls work(). If it throws Error or std::bad_alloc, as an invalid file can cause, calls refuse(message) and returns
// false. `name`: of the file.
template <class Work, class Refuse>
bool guarded(std::string_view name, Work&& work, Refuse&& refuse) {
  try {
    work();
    return true;
  } catch (const Error& error) {
    refuse(std::string(error.what()));
  } catch (const std::bad_alloc&) {
    refuse(text(name, texts::kTooLarge));
  }
  return false;
}

}  // namespace loom
