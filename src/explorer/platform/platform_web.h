// The explorer of the page, for the files that export functions to it.
#pragma once

#include "explorer/app/explorer.h"

namespace loom {

Explorer& page_explorer();

// Requests frames; call it after every change.
void redraw_page();

}  // namespace loom
