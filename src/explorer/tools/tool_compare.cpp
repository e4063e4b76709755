#include <optional>

#include "core/text.h"
#include "explorer/draw/widgets.h"
#include "explorer/session/session.h"
#include "explorer/state/number_text.h"
#include "explorer/texts/texts.h"
#include "explorer/tools/test_image_strip.h"

namespace loom {
namespace {

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
    const ComparedModel& other = session.compared;
    const bool can_share_image = !other.model || session.state.cursor != SharedCursor::image || other.by_image;
    const int cursor = choice(view.painter, "cursor", rest.cut_top(button_height(view.narrow)), texts::kCursors,
                              static_cast<int>(can_share_image ? session.state.cursor : SharedCursor::latent),
                              can_share_image ? kAllEnabled : ~(1u << static_cast<unsigned>(SharedCursor::image)));
    if (cursor >= 0) view.actions.push_back(SetValue{&ExplorerState::cursor, static_cast<SharedCursor>(cursor)});
    rest.cut_top(kUnit);
    draw_picker(view, rest);
    draw_facts(view, rest);
    return rest.y - r.y;
  }

 private:
  // The second model: a button that opens the list of the others.
  void draw_picker(const ToolView& view, Rect& rest) {
    const Session& session = view.session;
    const std::optional<std::size_t> chosen = find_entry(session, session.state.other);
    const std::string_view title = chosen ? std::string_view(session.catalogue[*chosen].title) : texts::kNoModel;
    const float height = button_height(view.narrow);
    const Rect place = rest.cut_top(height);
    if (button(view.painter, "others", place, texts::second_model(title), false)) choosing_ = !choosing_;
    chevron(view.painter, {place.right() - 2 * kUnit, place.center().y}, choosing_);
    rest.cut_top(kUnit / 2);
    for (std::size_t i = 0; choosing_ && i < session.catalogue.size(); ++i) {
      const CatalogueEntry& entry = session.catalogue[i];
      if (entry.id == session.model->id) continue;
      if (button(view.painter, text("other ", entry.id).c_str(), rest.cut_top(height), entry.title, i == chosen)) {
        view.actions.push_back(Compare{entry.id});
        choosing_ = false;
      }
    }
    rest.cut_top(kUnit / 2);
  }

  void draw_facts(const ToolView& view, Rect& rest) const {
    const Session& session = view.session;
    const ComparedModel& other = session.compared;
    if (!other.model) return;
    if (session.state.cursor == SharedCursor::image && !other.by_image)
      words(view.painter, rest, texts::kOtherTestSet, true);
    if (other.by_image && other.image >= 0) {
      const auto n = static_cast<std::size_t>(other.image);
      const std::string name = test_image_name(*session.model, n);
      words(view.painter, rest, session.state.image >= 0 ? texts::chosen_image(name) : texts::nearest_image(name),
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

  bool choosing_ = false;  // the list of models is open
  const LoadedModel* model_ = nullptr;
  TestImageStrip original_;  // of the image that both models show
};

}  // namespace

std::unique_ptr<ToolLayer> make_compare_tool() { return std::make_unique<CompareTool>(); }

}  // namespace loom
