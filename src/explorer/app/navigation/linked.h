// What links say of the visitor's own things, and what they leave out.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "explorer/session/session.h"

namespace loom {

// state.drawing as it should be. If the visitor has drawn, it is made from the drawing; if it has itself changed, by a
// link or by undo, the drawing is made from it.
std::string linked_drawing(Session& session);

// The entry of the visitor's file with this name: the one that is shown, or the last that was opened.
std::optional<std::size_t> find_opened(const Session& session, std::string_view file);

// What belongs to the view but is not in its link: for the share dialog, a line of a word, a tab and a name for each.
// file: the weight file; trained: a model that was trained here, and the name for its file; drawing: one that is too
// large; image and originals: opened files; other: the second model; images: those to train on.
std::string missing_in_link(const Session& session);

}  // namespace loom
