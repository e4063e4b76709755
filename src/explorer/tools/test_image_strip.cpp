#include "explorer/tools/test_image_strip.h"

#include "core/text.h"
#include "explorer/draw/picture.h"
#include "explorer/state/number_text.h"
#include "explorer/texts/texts.h"

namespace loom {

void TestImageStrip::show(const LoadedModel& model, std::vector<std::int64_t> images) {
  images_ = std::move(images);
  source_ = nullptr;
  originals_.assign(images_.size(), {});
  missing_ = images_.size();
  Matrix codes(static_cast<Index>(images_.size()), model.latent_dim());
  for (Index i = 0; i < codes.rows(); ++i)
    codes.row(i) = model.file.test.mu.row(static_cast<Index>(images_[static_cast<std::size_t>(i)]));
  decoded_.show(codes);
}

bool TestImageStrip::work(const ToolContext& context) {
  const Session& session = context.session;
  const TestImages* source = originals_of(session, *session.model);
  if (source != source_) {
    source_ = source;
    originals_.assign(images_.size(), {});
    missing_ = images_.size();
  }
  std::vector<std::int64_t> wanted;
  for (std::size_t i = 0; missing_ > 0 && i < images_.size(); ++i) {
    if (originals_[i].pixels.size() > 0) continue;
    const auto n = static_cast<Index>(images_[i]);
    if (!source_ || !source_->has(n)) {
      wanted.push_back(images_[i]);
      continue;
    }
    originals_[i].pixels = source_->picture(n);
    originals_[i].serial = ++serial_;
    --missing_;
  }
  if (!wanted.empty() && loom::has_originals(session, *session.model))
    context.actions.push_back(LoadOriginals{std::move(wanted)});
  return decoded_.work(*session.model, context.deadline);
}

const Picture& TestImageStrip::picture(std::size_t i) const {
  static const Picture none;
  if (has_originals()) return originals_[i];
  return i < decoded_.pictures().size() ? decoded_.pictures()[i] : none;
}

void TestImageStrip::draw(const ToolView& view, Rect& rest, std::string_view name, std::size_t columns, float side,
                          std::size_t begin, std::size_t end) const {
  const LoadedModel& model = *view.session.model;
  constexpr float kGap = kUnit / 2;
  for (std::size_t i = begin; i < end; ++i) {
    const std::size_t place = i - begin;
    const Rect cell{rest.x + static_cast<float>(place % columns) * (side + kGap),
                    rest.y + static_cast<float>(place / columns) * (side + kGap), side, side};
    const std::string id = text(name, ' ', i);
    if (picture(i).pixels.size() > 0)
      draw_picture(view.painter, cell, model.file.model.spec.image, picture(i), id, view.textures);
    const auto n = static_cast<std::size_t>(images_[i]);
    const Point mu = model.mu[n];
    name_button(view.painter, id,
                texts::go_to(test_image_name(model, static_cast<std::size_t>(n)), pair_text(mu.x, mu.y, 2)));
    if (view.painter.press(id.c_str(), cell).clicked) {
      view.actions.push_back(SelectImage{static_cast<std::int32_t>(n)});
      view.actions.push_back(FlyTo{mu});
    }
  }
  rest.cut_top(static_cast<float>((end - begin + columns - 1) / columns) * (side + kGap));
}

}  // namespace loom
