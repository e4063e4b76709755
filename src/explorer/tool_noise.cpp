#include "core/text.h"
#include "data/corruption.h"
#include "explorer/explorer.h"
#include "explorer/number_text.h"
#include "explorer/subject_buttons.h"
#include "explorer/widgets.h"

namespace loom {
namespace {

constexpr float kNumbered = 100;  // a picture with room for its number below
constexpr std::uint64_t kSeed = 3;  // the same noise at every level, so that the slider shows one thing growing

// The denoising model of the catalogue, if it has one that was trained for it.
std::optional<std::size_t> denoiser_entry(const Explorer& explorer) {
  for (std::size_t i = 0; i < explorer.catalogue.size(); ++i)
    if (explorer.catalogue[i].id.find("denois") != std::string::npos) return i;
  return std::nullopt;
}

double error_of(const Matrix& a, const Matrix& b) { return static_cast<double>((a - b).array().square().mean()); }

class NoiseTool : public ToolLayer {
 public:
  bool work(Explorer& explorer, const Deadline&) override {
    const Subject& subject = explorer.subject.subject();
    const std::optional<std::size_t> entry = denoiser_entry(explorer);
    if (entry && !explorer.models[*entry]) want_model(explorer, *entry);
    const LoadedModel* denoiser = entry ? explorer.models[*entry].get() : nullptr;
    if (denoiser && denoiser->file.model.spec.image != explorer.model->file.model.spec.image) denoiser = nullptr;
    const Key key{explorer.model, denoiser, subject.serial, explorer.state.noise_kind, explorer.state.noise};
    if (key == key_) return false;
    key_ = key;
    // Without the original, its reconstruction is what noise is added to.
    clean_.pixels = subject.x;
    if (clean_.pixels.size() == 0) decode(explorer.model->file.model, subject.posterior.mu, workspace_, clean_.pixels);
    noisy_.pixels = clean_.pixels;
    corrupt(corruptions()[key.kind], key.level, kSeed, 0, noisy_.pixels);
    repair(*explorer.model, repaired_);
    if (denoiser) repair(*denoiser, denoised_);
    ++clean_.serial, ++noisy_.serial;
    return false;
  }

  float panel(const ToolView& view, Rect r) override {
    const ExplorerState& state = view.explorer.state;
    const ImageShape& shape = view.explorer.model->file.model.spec.image;
    Rect rest = r;
    std::vector<std::string> kinds;
    for (const Corruption& c : corruptions()) kinds.emplace_back(c.name);
    const int kind = choice(view.painter, "noise", rest.cut_top(button_height(view.narrow)), kinds,
                            static_cast<int>(state.noise_kind));
    if (kind >= 0)
      view.actions.push_back(Edit{[kind](ExplorerState& s) { s.noise_kind = static_cast<std::size_t>(kind); }});
    const Corruption& corruption = corruptions()[state.noise_kind];
    float level = state.noise;
    if (slider(view.painter, "level", corruption.level, rest.cut_top(button_height(view.narrow)), level, 0,
               kLargestNoise))
      view.actions.push_back(Edit{[level](ExplorerState& s) { s.noise = level; }});
    fact(view.painter, rest.cut_top(20), corruption.level, number_text(level, 2));
    rest.cut_top(kUnit / 2);
    const std::size_t count = key_.denoiser ? 4 : 3;
    // Two rows where both are seen at once with what is below them, else one.
    constexpr float kSide = 160, kBelow = 96;
    const float two_rows = rest.y - r.y + 2 * (cell_side(rest.width, 2, kUnit, kSide) + kCaption + kUnit / 2) + kBelow;
    const std::size_t columns = view.narrow || two_rows > view.room ? count : 2;
    const float side = cell_side(rest.width, columns, kUnit, kSide);
    const Picture* pictures[]{&clean_, &noisy_, &repaired_, &denoised_};
    const double errors[]{0, error_of(noisy_.pixels, clean_.pixels), error_of(repaired_.pixels, clean_.pixels),
                          key_.denoiser ? error_of(denoised_.pixels, clean_.pixels) : 0};
    const char* names[]{"clean", "noisy", "this model", "denoiser"};
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
    words(view.painter, rest,
          key_.denoiser
              ? "The numbers are mean squared differences from the clean picture."
              : "The numbers are mean squared differences from the clean picture. No denoising model is in this list.");
    draw_subject_buttons(view, rest);
    return rest.y - r.y;
  }

 private:
  struct Key {
    const LoadedModel *model = nullptr, *denoiser = nullptr;
    std::uint64_t subject = 0;
    std::size_t kind = 0;
    float level = 0;
    bool operator==(const Key&) const = default;
  };

  void repair(const LoadedModel& model, Picture& out) {
    encode(model.file.model, noisy_.pixels, workspace_, posterior_);
    decode(model.file.model, posterior_.mu, workspace_, out.pixels);
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
