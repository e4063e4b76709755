#include "explorer/platform/vector_frame.h"

#include "core/text.h"
#include "explorer/draw/svg/vector_picture.h"

namespace loom {

VectorFrame vector_frame(Ui& ui, float width, float height, Color background, const std::function<void()>& draw) {
  VectorFrame out;
  VectorPicture picture;
  ui.textures.forget_all();  // so that all that the frame draws are uploaded again, and seen here
  const UploadTexture upload = ui.textures.upload;
  ui.textures.upload = [&](ImTextureID texture, std::span<const Color> pixels, int columns, int rows) {
    texture = upload(texture, pixels, columns, rows);
    out.images.emplace_back(text(reinterpret_cast<std::uintptr_t>(texture)),
                            Pixels{{pixels.begin(), pixels.end()}, columns, rows});
    return texture;
  };
  ui.atlas.vectors = &picture;
  draw();
  ui.atlas.vectors = nullptr;
  ui.textures.upload = upload;
  out.svg = picture.document(width, height, background);
  return out;
}

}  // namespace loom
