#include "explorer/state/drawing_text.h"

#include <algorithm>

#include "core/image.h"
#include "core/parse.h"
#include "core/text.h"

namespace loom {
namespace {

constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
// Letters 0 to 15 are one pixel of that level, 16 to 47 are 2 to 33 black pixels, 48 to 63 are 2 to 17 white ones.
constexpr std::size_t kBlackRuns = 16, kWhiteRuns = 48, kLongestBlack = 33, kLongestWhite = 17;

std::size_t longest_run(std::uint8_t level) {
  return level == 0 ? kLongestBlack : level == kDrawingWhite ? kLongestWhite : 1;
}

std::optional<int> read_side(std::string_view text) {
  const auto side = parse_integer<int>(text);
  return side && *side >= 1 && *side <= static_cast<int>(kMaxImageSide) ? side : std::nullopt;
}

}  // namespace

std::string drawing_text(const DrawingPixels& drawing) {
  const std::vector<std::uint8_t>& levels = drawing.levels;
  std::string out = text(drawing.width, 'x', drawing.height, ',');
  for (std::size_t i = 0; i < levels.size();) {
    const std::uint8_t level = std::min(levels[i], kDrawingWhite);
    std::size_t run = 1;
    while (run < longest_run(level) && i + run < levels.size() && levels[i + run] == levels[i]) ++run;
    out += kLetters[run == 1 ? level : (level == 0 ? kBlackRuns : kWhiteRuns) + run - 2];
    i += run;
  }
  return out;
}

std::optional<DrawingPixels> read_drawing(std::string_view text) {
  const std::size_t cross = text.find('x'), comma = text.find(',');
  if (comma == std::string_view::npos || cross >= comma) return std::nullopt;
  const auto width = read_side(text.substr(0, cross)), height = read_side(text.substr(cross + 1, comma - cross - 1));
  if (!width || !height) return std::nullopt;
  DrawingPixels drawing{*width, *height, {}};
  const auto count = static_cast<std::size_t>(*width * *height);
  for (const char letter : text.substr(comma + 1)) {
    const std::size_t code = kLetters.find(letter);
    if (code == std::string_view::npos) return std::nullopt;
    const std::size_t run = code < kBlackRuns ? 1 : 2 + code - (code < kWhiteRuns ? kBlackRuns : kWhiteRuns);
    const std::size_t level = code < kBlackRuns ? code : code < kWhiteRuns ? 0 : kDrawingWhite;
    if (drawing.levels.size() + run > count) return std::nullopt;
    drawing.levels.insert(drawing.levels.end(), run, static_cast<std::uint8_t>(level));
  }
  // A drawing has only one text, so that a link that is read and written stays the same.
  if (drawing.levels.size() != count || drawing_text(drawing) != text) return std::nullopt;
  return drawing;
}

}  // namespace loom
