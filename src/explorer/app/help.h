// The explanation behind the question mark.
#pragma once

#include <span>
#include <string_view>

namespace loom {

struct Paragraph {
  std::string_view title, words;
};

std::span<const Paragraph> help_paragraphs();

}  // namespace loom
