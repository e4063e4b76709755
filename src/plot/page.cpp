#include "plot/page.h"

#include <algorithm>

#include "core/text.h"
#include "plot/font.h"

namespace loom {
namespace {

constexpr double kLine = 1.4;  // line height in ems

void paragraph(PicturePage& page, std::string_view words, double size, Color color) {
  for (const std::string& line : wrapped(words, size, page.canvas.width - 2 * kMargin)) {
    page.canvas.text({kMargin, page.top + size}, line, size, color);
    page.top += kLine * size;
  }
}

}  // namespace

PicturePage begin_page(const PictureStyle& style, double width, std::string_view title, std::string_view lead) {
  const PictureTheme& theme = *style.theme;
  const double wide = style.titled ? std::max(width, text_width(title, kTitleSize) + 2 * kMargin) : width;
  PicturePage page{{wide, 0, theme.page, text(title, ". ", lead)}, &theme, style.titled ? kMargin : kMargin / 3};
  if (!style.titled) return page;
  paragraph(page, title, kTitleSize, theme.ink);
  if (!lead.empty()) paragraph(page, lead, kTextSize, theme.muted);
  page.top += 14;
  return page;
}

void PicturePage::note(std::string_view words) { paragraph(*this, words, kSmallSize, theme->muted); }

void PicturePage::heading(std::string_view words) {
  paragraph(*this, words, kTextSize + 1, theme->ink);
  top += 4;
}

Canvas PicturePage::finish() {
  canvas.height = top + kMargin;
  return std::move(canvas);
}

}  // namespace loom
