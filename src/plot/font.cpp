#include "plot/font.h"

#include <stb/stb_truetype.h>

#include "core/error.h"
#include "core/utf8.h"
#include "font_data.h"

namespace loom {
namespace {

constexpr int kCurvePieces = 6;  // line segments per quadratic curve; no corners show in letters of 20 pixels

const stbtt_fontinfo& font() {
  static const stbtt_fontinfo info = [] {
    stbtt_fontinfo parsed;
    if (!stbtt_InitFont(&parsed, kFontData, 0)) fail("the font in the program cannot be read");
    return parsed;
  }();
  return info;
}

std::vector<int> code_points(std::string_view text) {
  if (utf8_valid_length(text) != text.size()) fail("text of a picture is not UTF-8");
  std::vector<int> out;
  for (std::size_t i = 0; i < text.size();) {
    const auto first = static_cast<unsigned char>(text[i]);
    const int length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    int point = length == 1 ? first : first & (0x7f >> length);
    for (int k = 1; k < length; ++k) point = point << 6 | (text[i + static_cast<std::size_t>(k)] & 0x3f);
    out.push_back(point);
    i += static_cast<std::size_t>(length);
  }
  return out;
}

double scale_for(double size) { return stbtt_ScaleForMappingEmToPixels(&font(), static_cast<float>(size)); }

double advance(int point) {
  int width = 0, bearing = 0;
  stbtt_GetCodepointHMetrics(&font(), point, &width, &bearing);
  return width;
}

void append_glyph(int point, double left, double scale, std::vector<std::vector<Position>>& outlines) {
  stbtt_vertex* vertices = nullptr;
  const int count = stbtt_GetCodepointShape(&font(), point, &vertices);
  const auto place = [&](double x, double y) { return Position{left + scale * x, -scale * y}; };
  for (int i = 0; i < count; ++i) {
    const stbtt_vertex& v = vertices[i];
    if (v.type == STBTT_vmove) outlines.emplace_back();
    std::vector<Position>& outline = outlines.back();
    const Position end = place(v.x, v.y);
    if (v.type == STBTT_vcurve) {
      const Position start = outline.back(), control = place(v.cx, v.cy);
      for (int k = 1; k < kCurvePieces; ++k) {
        const double t = static_cast<double>(k) / kCurvePieces, s = 1 - t;
        outline.push_back({s * s * start.x + 2 * s * t * control.x + t * t * end.x,
                           s * s * start.y + 2 * s * t * control.y + t * t * end.y});
      }
    }
    outline.push_back(end);
  }
  stbtt_FreeShape(&font(), vertices);
}

}  // namespace

double text_width(std::string_view text, double size) {
  double width = 0;
  for (const int point : code_points(text)) width += advance(point);
  return width * scale_for(size);
}

std::vector<std::vector<Position>> text_outlines(std::string_view text, double size) {
  const double scale = scale_for(size);
  std::vector<std::vector<Position>> outlines;
  double left = 0;
  for (const int point : code_points(text)) {
    append_glyph(point, left * scale, scale, outlines);
    left += advance(point);
  }
  return outlines;
}

std::vector<std::string> wrapped(std::string_view text, double size, double width) {
  std::vector<std::string> lines;
  std::string line;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(text.size(), word.size() + 1));
    const std::string longer = line.empty() ? std::string(word) : line + " " + std::string(word);
    if (!line.empty() && text_width(longer, size) > width) {
      lines.push_back(line);
      line = word;
    } else {
      line = longer;
    }
  }
  if (!line.empty()) lines.push_back(line);
  return lines;
}

std::string shortened(std::string_view text, double size, double width) {
  if (text_width(text, size) <= width) return std::string(text);
  while (!text.empty()) {
    text.remove_suffix(1);
    while (!text.empty() && (text.back() & 0xc0) == 0x80) text.remove_suffix(1);  // no partial UTF-8 sequence
    if (utf8_valid_length(text) != text.size()) continue;
    if (const std::string cut = std::string(text) + "…"; text_width(cut, size) <= width) return cut;
  }
  return "…";
}

}  // namespace loom
