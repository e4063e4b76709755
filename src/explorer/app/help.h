// The text of the help card, which the "?" button opens.
#pragma once

#include <span>
#include <string_view>

#include "explorer/texts/explanations.h"

namespace loom {

using texts::Paragraph;

// The paragraphs of the card, in order.
std::span<const Paragraph> help_paragraphs();

}  // namespace loom
