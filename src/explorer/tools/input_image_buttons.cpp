#include "explorer/tools/input_image_buttons.h"

#include "explorer/draw/widgets.h"
#include "explorer/session/session.h"
#include "explorer/texts/texts.h"
#include "explorer/tools/tool.h"

namespace loom {
void draw_input_image_buttons(const ToolView& view, Rect& rest) {
  const bool is_ring = view.session.input.current().origin == Origin::ring;
  std::vector<std::string_view> labels{texts::kNextTestImage};
  if (!is_ring) labels.push_back(texts::kImageAtRing);
  if (takes_files(view.session)) labels.push_back(texts::kOpenFile);
  const int clicked = button_row(view.painter, "input", rest, labels, button_height(view.narrow));
  if (clicked < 0) return;
  if (clicked == 0)
    view.actions.push_back(NextTestImage{});
  else if (labels[static_cast<std::size_t>(clicked)] == texts::kOpenFile)
    view.actions.push_back(ChooseFile{});
  else
    view.actions.push_back(SelectImage{});
}

}  // namespace loom
