#include "core/text.h"
#include "explorer/draw/widgets.h"
#include "explorer/session/session.h"
#include "explorer/state/number_text.h"
#include "explorer/texts/texts.h"
#include "explorer/tools/tool.h"

namespace loom {
namespace {

constexpr float kRow = 30;

class CompareTool : public ToolLayer {
 public:
  float panel(const ToolView& view, Rect r) override {
    const Session& session = view.session;
    Rect rest = r;
    const int cursor = choice(view.painter, "cursor", rest.cut_top(button_height(view.narrow)), texts::kCursors,
                              static_cast<int>(session.state.cursor));
    if (cursor >= 0) view.actions.push_back(SetValue{&ExplorerState::cursor, static_cast<SharedCursor>(cursor)});
    rest.cut_top(kUnit);
    draw_facts(view, rest);
    heading(view.painter, rest, texts::kSecondModel);
    for (const CatalogueEntry& entry : session.catalogue) {
      if (entry.id == session.state.model) continue;
      const Rect row = rest.cut_top(view.narrow ? 36 : kRow);
      if (button(view.painter, text("other ", entry.id).c_str(), row.inset(1), entry.title,
                 entry.id == session.state.other))
        view.actions.push_back(Compare{entry.id});
    }
    return rest.y - r.y;
  }

 private:
  static void draw_facts(const ToolView& view, Rect& rest) {
    const Session& session = view.session;
    const ComparedModel& other = session.compared;
    if (!other.model) return;
    if (session.state.cursor == SharedCursor::image && !other.by_image)
      words(view.painter, rest, texts::kOtherTestSet, true);
    if (other.by_image && other.image >= 0) {
      const auto n = static_cast<std::size_t>(other.image);
      const std::string& name = session.model->class_names[session.model->file.test.labels[n]];
      words(view.painter, rest,
            session.state.image >= 0 ? texts::chosen_image(other.image, name) : texts::nearest_image(other.image, name),
            true);
    }
    const auto line = [&](std::string_view name, const LoadedModel& model, Point z, const Neighbourhood& near) {
      fact(view.painter, rest.cut_top(20), name, text("z ", pair_text(z.x, z.y, 2)));
      words(view.painter, rest, looks_like_text(model, near));
    };
    line(texts::kFirst, *session.model, session.state.z, session.decoder.neighbourhood());
    line(texts::kSecond, *other.model, other.z, other.decoder.neighbourhood());
    rest.cut_top(kUnit / 2);
  }
};

}  // namespace

std::unique_ptr<ToolLayer> make_compare_tool() { return std::make_unique<CompareTool>(); }

}  // namespace loom
