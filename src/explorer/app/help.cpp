#include "explorer/app/help.h"

namespace loom {

std::span<const Paragraph> help_paragraphs() { return texts::kHelp; }

}  // namespace loom
