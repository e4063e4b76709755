#include "explorer/tools/subject_buttons.h"

#include "core/rng.h"
#include "explorer/app/explorer.h"
#include "explorer/draw/widgets.h"

namespace loom {
namespace {

constexpr std::uint64_t kSeed = 11;

// Another test picture, in an order that looks random but is always the same.
void next_picture(Explorer& explorer) {
  const auto count = static_cast<std::uint64_t>(explorer.model->file.test.size());
  if (count == 0) return;
  ExplorerState& state = explorer.state;
  explorer.own.pixels.resize(0, 0);
  ++explorer.own.serial;
  state.image =
      static_cast<std::int32_t>(Rng(kSeed, Stream::sample, static_cast<std::uint64_t>(state.image + 1)).below(count));
  state.z = explorer.model->mu[static_cast<std::size_t>(state.image)];
}

}  // namespace

void draw_subject_buttons(const ToolView& view, Rect& rest) {
  const bool is_ring = view.explorer.subject.subject().origin == Origin::garment;
  std::vector<std::string> labels{"Test picture"};
  if (!is_ring) labels.push_back("The ring's garment");
  if (view.explorer.takes_files()) labels.push_back("Open\u2026");
  const int clicked = button_row(view.painter, "subject", rest, labels, button_height(view.narrow));
  if (clicked < 0) return;
  if (clicked == 0)
    view.actions.push_back(Do{next_picture});
  else if (labels[static_cast<std::size_t>(clicked)].starts_with("Open"))
    view.actions.push_back(ChooseFile{});
  else
    view.actions.push_back(Do{[](Explorer& e) {
      e.own.pixels.resize(0, 0);
      ++e.own.serial;
      e.state.image = -1;
    }});
}

}  // namespace loom
