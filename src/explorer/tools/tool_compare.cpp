#include "core/text.h"
#include "explorer/draw/widgets.h"
#include "explorer/session/session.h"
#include "explorer/state/number_text.h"
#include "explorer/texts/texts.h"
#include "explorer/tools/test_image_strip.h"

namespace loom {
namespace {

constexpr float kRow = 30;

class CompareTool : public ToolLayer {
 public:
  bool work(const ToolContext& context) override {
    const Session& session = context.session;
    const std::int64_t image = session.compared.by_image ? session.compared.image : -1;
    if (image < 0 || !session.compared.model) return false;
    if (original_.images() != std::vector{image} || model_ != session.model) {
      model_ = session.model;
      original_.show(*session.model, {image});
    }
    return original_.work(context);
  }

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
      if (entry.id == session.model->id) continue;
      const Rect row = rest.cut_top(view.narrow ? 36 : kRow);
      if (button(view.painter, text("other ", entry.id).c_str(), row.inset(1), entry.title,
                 entry.id == session.state.other))
        view.actions.push_back(Compare{entry.id});
    }
    return rest.y - r.y;
  }

 private:
  void draw_facts(const ToolView& view, Rect& rest) const {
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
      if (original_.has_originals() && original_.images().front() == other.image) {
        const float side = view.narrow ? 64 : 96;
        picture_cell(view.painter, {rest.x, rest.y, side, side + kCaption}, session.model->file.model.spec.image,
                     original_.picture(0), "compared original", texts::kOriginal, view.textures);
        rest.cut_top(side + kCaption + kUnit / 2);
      }
    }
    const auto line = [&](std::string_view name, const LoadedModel& model, Point z, const Neighbourhood& near) {
      fact(view.painter, rest.cut_top(20), name, text("z ", pair_text(z.x, z.y, 2)));
      words(view.painter, rest, looks_like_text(model, near));
    };
    line(texts::kFirst, *session.model, session.state.z, session.decoder.neighbourhood());
    line(texts::kSecond, *other.model, other.z, other.decoder.neighbourhood());
    rest.cut_top(kUnit / 2);
  }

  const LoadedModel* model_ = nullptr;
  TestImageStrip original_;  // of the image that both models show
};

}  // namespace

std::unique_ptr<ToolLayer> make_compare_tool() { return std::make_unique<CompareTool>(); }

}  // namespace loom
