#include "explorer/draw/film_strip.h"

#include <algorithm>
#include <cmath>

#include "core/text.h"
#include "explorer/texts/texts.h"

namespace loom {
namespace {
constexpr Index kBatch = 4;
}

void FilmStrip::show(const Matrix& codes) {
  codes_ = codes;
  decoded_ = 0;
  pictures_.resize(static_cast<std::size_t>(codes.rows()));
}

bool FilmStrip::work(const LoadedModel& model, const Deadline& deadline) {
  for (bool first = true; decoded_ < codes_.rows(); first = false) {
    if (!first && deadline.passed()) return true;
    const Index count = std::min(kBatch, codes_.rows() - decoded_);
    row_ = codes_.middleRows(decoded_, count);
    decode(model.file.model, row_, workspace_, picture_);
    for (Index i = 0; i < count; ++i) {
      Picture& picture = pictures_[static_cast<std::size_t>(decoded_ + i)];
      picture.pixels = picture_.row(i);
      ++picture.serial;
    }
    decoded_ += count;
  }
  return false;
}

std::vector<float> FilmStrip::steps() const {
  std::vector<float> out;
  for (std::size_t i = 1; i < pictures_.size(); ++i)
    out.push_back(
        static_cast<float>(std::sqrt((pictures_[i].pixels - pictures_[i - 1].pixels).array().square().mean())));
  return out;
}

Index FilmStrip::draw(const Painter& painter, Rect& rest, const ImageShape& shape, std::string_view name, float side,
                      float gap, Index each, Textures& textures) const {
  Index clicked = -1;
  const auto columns = std::max<Index>(1, static_cast<Index>((rest.width + gap) / (side + gap)));
  const Index shown = (size() + each - 1) / each;
  for (Index i = 0; i < shown; ++i) {
    const Rect cell{rest.x + static_cast<float>(i % columns) * (side + gap),
                    rest.y + static_cast<float>(i / columns) * (side + gap), side, side};
    const std::string id = text(name, ' ', i);
    picture_cell(painter, cell, shape, pictures_[static_cast<std::size_t>(i * each)], id, "", textures);
    const Press press = painter.press(id.c_str(), cell);
    name_button(painter, id, texts::go_to_image(i + 1, shown));
    if (press.hovered) painter.outline(cell, painter.colors().accent, 4, 2);
    if (press.clicked) clicked = i * each;
  }
  rest.cut_top(static_cast<float>((shown + columns - 1) / columns) * (side + gap));
  return clicked;
}

}  // namespace loom
