#include "api/core_api.h"
#include "core/color.h"

extern "C" {

__attribute__((used, visibility("default"))) unsigned loom_class_color(unsigned class_id) {
  const loom::Color color = loom::class_color(class_id);
  return (color & 0xff) << 16 | (color & 0xff00) | (color >> 16 & 0xff);
}
}
