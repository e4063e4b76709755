#include "explorer/draw/picture.h"

#include "explorer/draw/upscale.h"
#include "explorer/layout/picture_place.h"

namespace loom {

void draw_picture(const Painter& painter, Rect square, const ImageShape& shape, const Picture& picture,
                  std::string_view name, Textures& textures) {
  const Palette& colors = painter.colors();
  painter.fill(square, colors.paper, kPictureRadius);
  if (picture.serial == 0) return;
  const Index factor = picture_factor(square, shape, painter.scale());
  const ImTextureID texture = textures.get(name, picture.serial, [&] {
    return Pixels{upscaled_alpha({picture.pixels.data(), static_cast<std::size_t>(shape.size())}, shape, factor),
                  static_cast<int>(shape.width * factor), static_cast<int>(shape.height * factor)};
  });
  if (texture) painter.image(texture, picture_place(square, shape), colors.pencil);
  painter.outline(square, colors.line, kPictureRadius);
}

}  // namespace loom
