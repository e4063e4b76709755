#include <algorithm>

#include "core/text.h"
#include "data/images/corruption.h"
#include "explorer/draw/widgets.h"
#include "explorer/session/session.h"
#include "explorer/state/number_text.h"
#include "explorer/texts/texts.h"
#include "explorer/tools/input_image_buttons.h"
#include "explorer/tools/tool.h"
#include "uses/picture_error.h"
#include "uses/reconstruction.h"

namespace loom {
namespace {

constexpr float kNumbered = 100;  // least width in points of an image whose caption has room for the error
// The noise pattern is the same at every level and only gets stronger with the slider. It is that of `loom denoise`.
constexpr std::uint64_t kSeed = 0;

// The first model of the catalogue that was trained to denoise, if there is one.
std::optional<std::size_t> denoiser_entry(const Session& session) {
  for (std::size_t i = 0; i < session.catalogue.size(); ++i)
    if (session.catalogue[i].denoises) return i;
  return std::nullopt;
}

class NoiseTool : public ToolLayer {
 public:
  bool work(const ToolContext& context) override {
    const Session& session = context.session;
    const InputImage& input = session.input.current();
    const std::optional<std::size_t> entry = denoiser_entry(session);
    if (entry && session.downloads[*entry].model == Download::none)
      context.actions.push_back(LoadModel{session.catalogue[*entry].id});
    const LoadedModel* denoiser = entry ? session.models[*entry].get() : nullptr;
    if (denoiser && denoiser->file.model.spec.image != session.model->file.model.spec.image) denoiser = nullptr;
    const Key key{session.model, denoiser, input.serial, session.state.noise_kind, session.state.noise};
    if (key == key_) return false;
    key_ = key;
    // Without the original, noise is added to its reconstruction.
    clean_.pixels = input.x;
    if (clean_.pixels.size() == 0) decode(session.model->file.model, input.posterior.mu, workspace_, clean_.pixels);
    noisy_.pixels = clean_.pixels;
    corrupt(corruptions()[key.kind], key.level, kSeed,
            static_cast<std::uint64_t>(std::max<std::int64_t>(0, input.image)), noisy_.pixels);
    repair(*session.model, repaired_);
    if (denoiser) repair(*denoiser, denoised_);
    ++clean_.serial, ++noisy_.serial;
    return false;
  }

  float panel(const ToolView& view, Rect r) override {
    const ExplorerState& state = view.session.state;
    const ImageShape& shape = view.session.model->file.model.spec.image;
    Rect rest = r;
    std::vector<std::string_view> kinds;
    for (const Corruption& c : corruptions()) kinds.emplace_back(c.name);
    const int kind = choice(view.painter, "noise", rest.cut_top(button_height(view.narrow)), kinds,
                            static_cast<int>(state.noise_kind));
    if (kind >= 0) view.actions.push_back(SetNoise{static_cast<std::size_t>(kind), state.noise});
    const Corruption& corruption = corruptions()[state.noise_kind];
    float level = state.noise;
    if (slider(view.painter, "level", corruption.level, rest.cut_top(button_height(view.narrow)), level, 0,
               kLargestNoise))
      view.actions.push_back(SetNoise{state.noise_kind, level});
    fact(view.painter, rest.cut_top(20), corruption.level, number_text(level, 2));
    rest.cut_top(kUnit / 2);
    const std::size_t count = key_.denoiser ? 4 : 3;
    // Two rows if they and what is below them fit without scrolling, else one.
    constexpr float kSide = 160, kBelow = 96;
    const float two_rows = rest.y - r.y + 2 * (cell_side(rest.width, 2, kUnit, kSide) + kCaption + kUnit / 2) + kBelow;
    const std::size_t columns = view.narrow || two_rows > view.room ? count : 2;
    const float side = cell_side(rest.width, columns, kUnit, kSide);
    const Picture* pictures[]{&clean_, &noisy_, &repaired_, &denoised_};
    const double errors[]{0, mean_squared_error(noisy_.pixels, clean_.pixels),
                          mean_squared_error(repaired_.pixels, clean_.pixels),
                          key_.denoiser ? mean_squared_error(denoised_.pixels, clean_.pixels) : 0};
    const auto& names = texts::kNoiseImages;
    for (std::size_t i = 0; i < count; ++i) {
      const Rect cell{rest.x + static_cast<float>(i % columns) * (side + kUnit),
                      rest.y + static_cast<float>(i / columns) * (side + kCaption + kUnit / 2), side, side + kCaption};
      picture_cell(view.painter, cell, shape, *pictures[i], text("noise ", i),
                   i == 0 || side < kNumbered ? std::string(names[i]) : text(names[i], ' ', number_text(errors[i], 4)),
                   view.textures);
    }
    rest.cut_top(static_cast<float>((count + columns - 1) / columns) * (side + kCaption + kUnit / 2));
    if (side < kNumbered)
      for (std::size_t i = 1; i < count; ++i) fact(view.painter, rest.cut_top(20), names[i], number_text(errors[i], 4));
    words(view.painter, rest, key_.denoiser ? texts::kNoiseNumbers : texts::kNoiseNumbersNoDenoiser);
    draw_input_image_buttons(view, rest);
    return rest.y - r.y;
  }

 private:
  struct Key {
    const LoadedModel *model = nullptr, *denoiser = nullptr;
    std::uint64_t input = 0;
    std::size_t kind = 0;
    float level = 0;
    bool operator==(const Key&) const = default;
  };

  void repair(const LoadedModel& model, Picture& out) {
    autoencode(model.file.model, noisy_.pixels, workspace_, posterior_, out.pixels);
    ++out.serial;
  }

  Key key_;
  Picture clean_, noisy_, repaired_, denoised_;
  Workspace workspace_;
  Posterior posterior_;
};

}  // namespace

std::unique_ptr<ToolLayer> make_noise_tool() { return std::make_unique<NoiseTool>(); }

}  // namespace loom
