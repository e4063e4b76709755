#include "plot/canvas.h"

namespace loom {

void Canvas::frame(Box box, Color color, double line_width) {
  rectangle({box.left, box.top, box.width, line_width}, color);
  rectangle({box.left, box.bottom() - line_width, box.width, line_width}, color);
  rectangle({box.left, box.top + line_width, line_width, box.height - 2 * line_width}, color);
  rectangle({box.right() - line_width, box.top + line_width, line_width, box.height - 2 * line_width}, color);
}

}  // namespace loom
