// What the question mark explains.
#pragma once

#include <span>
#include <string_view>

#include "explorer/texts/explanations.h"

namespace loom {

using texts::Paragraph;

std::span<const Paragraph> help_paragraphs();

}  // namespace loom
