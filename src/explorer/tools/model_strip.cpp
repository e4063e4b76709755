#include "explorer/tools/model_strip.h"

#include <array>

#include "core/text.h"
#include "explorer/draw/picture.h"
#include "explorer/layout/layout.h"
#include "explorer/state/number_text.h"
#include "explorer/texts/texts.h"

namespace loom {
namespace {

constexpr float kCaptionHeight = 18;

// A network as a trapezium: the encoder narrows towards z, the decoder widens from it.
void network(const Painter& painter, Rect r, bool narrows) {
  const float low = 0.22f * r.height;
  const float left = narrows ? 0 : low, right = narrows ? low : 0;
  const std::array<ImVec2, 4> corners{painter.pixels({r.x, r.y + left}), painter.pixels({r.right(), r.y + right}),
                                      painter.pixels({r.right(), r.bottom() - right}),
                                      painter.pixels({r.x, r.bottom() - left})};
  painter.list().AddConvexPolyFilled(corners.data(), static_cast<int>(corners.size()), painter.colors().hover);
  painter.list().AddPolyline(corners.data(), static_cast<int>(corners.size()), painter.colors().muted,
                             ImDrawFlags_Closed, painter.scale());
}

// The input of the encoder: the image under the pointer, if its original is here.
void input_image(const Painter& painter, Rect square, const Session& session, Textures& textures) {
  if (session.hovered_original.pixels.size() > 0)
    draw_picture(painter, square, session.model->file.model.spec.image, session.hovered_original, "strip original",
                 textures);
  else
    painter.outline(square, painter.colors().line, 4);
}

}  // namespace

void draw_model_strip(const Painter& painter, Rect r, const Session& session, Textures& textures) {
  painter.describe({.words = std::string(texts::kModelPicture)});
  const Palette& colors = painter.colors();
  const float side = std::max(0.0f, r.height - kCaptionHeight), gap = kUnit;
  // Two images, two networks, and z between them.
  const float z_width = 64, each = (r.width - 2 * side - z_width - 4 * gap) / 2;
  if (each < 24) return;
  const auto caption = [&](Rect below, std::string_view words) {
    painter.text(TextSize::small, {below.center().x, below.bottom() + kCaptionHeight / 2}, colors.muted, words,
                 Align::center);
  };
  Rect row = r;
  row.height = side;
  const auto cut = [&](float width) {
    const Rect part = row.cut_left(width);
    row.cut_left(gap);
    return part;
  };
  const Rect image = cut(side), encoder = cut(each), z = cut(z_width), decoder = cut(each), decoded = cut(side);
  input_image(painter, image, session, textures);
  network(painter, encoder, true);
  network(painter, decoder, false);
  painter.text(TextSize::small, {z.center().x, z.center().y - 9}, colors.accent, number_text(session.state.z.x, 2),
               Align::center);
  painter.text(TextSize::small, {z.center().x, z.center().y + 9}, colors.accent, number_text(session.state.z.y, 2),
               Align::center);
  draw_picture(painter, decoded, session.model->file.model.spec.image, session.decoder.picture(), "strip decoded",
               textures);
  caption(image, texts::kAnImage);
  caption(encoder, texts::kEncoderBrief);
  caption(z, "z");
  caption(decoder, texts::kDecoderBrief);
  caption(decoded, texts::kDecoded);
}

}  // namespace loom
