#include "plot/save.h"

#include <span>

#include "core/error.h"
#include "core/files/file.h"
#include "plot/png.h"
#include "plot/svg.h"

namespace loom {

void check_picture_path(const std::string& path) {
  if (!path.ends_with(".png") && !path.ends_with(".svg")) fail(path, ": the name of a figure must end in .png or .svg");
}

void save_picture(const std::string& path, const Canvas& canvas) {
  check_picture_path(path);
  if (path.ends_with(".svg"))
    write_file_atomic(path, std::as_bytes(std::span<const char>(svg_of(canvas))));
  else
    write_file_atomic(path, png_of(canvas));
}

}  // namespace loom
