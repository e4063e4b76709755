#include "core/text.h"
#include "explorer/draw/widgets.h"
#include "explorer/model/provenance.h"
#include "explorer/session/session.h"
#include "explorer/texts/texts.h"
#include "explorer/tools/model_strip.h"
#include "explorer/tools/tool.h"
#include "model/layer_text.h"

namespace loom {
namespace {

std::string layers_text(const Sequential& net) {
  std::string out;
  for (const Layer& layer : net) {
    if (!out.empty()) out += ", ";
    const LayerText words = layer_text(layer);
    out += text(words.name, words.shapes.empty() ? "" : " ", words.shapes);
  }
  return out;
}

class ModelTool : public ToolLayer {
 public:
  float panel(const ToolView& view, Rect r) override {
    const LoadedModel& loaded = *view.session.model;
    const Model& model = loaded.file.model;
    Rect rest = r;
    draw_model_strip(view.painter, rest.cut_top(kModelStripHeight), view.session, view.textures);
    rest.cut_top(kUnit);
    const auto row = [&](std::string_view name, std::string_view value) {
      fact(view.painter, rest.cut_top(20), name, value);
    };
    row(texts::kImages, image_shape_text(model.spec.image));
    row(texts::kLatentDimensions, text(model.spec.latent_dim));
    row(texts::kKind, model.spec.variational ? texts::kVariational : texts::kPlain);
    row(texts::kLikelihood, model.spec.likelihood);
    row(texts::kWeights, text(parameter_count(model)));
    row(texts::kEncodedImages, text(loaded.mu.size()));
    row(texts::kTheirScores,
        loaded.file.test.excess.empty() ? std::string(texts::kNone) : text(loaded.file.test.excess.size()));
    rest.cut_top(kUnit / 2);
    heading(view.painter, rest, texts::kEncoder);
    words(view.painter, rest, layers_text(model.encoder), true);
    heading(view.painter, rest, texts::kDecoder);
    words(view.painter, rest, layers_text(model.decoder), true);
    if (read_ != &loaded) read_ = &loaded, rows_ = provenance_rows(model.spec.provenance);
    if (!rows_.empty()) heading(view.painter, rest, texts::kProvenance);
    for (const ProvenanceRow& said : rows_) {
      if (said.heading) {
        rest.cut_top(kUnit / 2);
        heading(view.painter, rest, said.name);
      } else if (view.painter.text_width(TextSize::small, said.name + said.value) + 3 * kUnit < rest.width) {
        row(said.name, said.value);
      } else {
        words(view.painter, rest, text(said.name, ": ", said.value));
      }
    }
    return rest.y - r.y;
  }

 private:
  const LoadedModel* read_ = nullptr;  // the model of rows_
  std::vector<ProvenanceRow> rows_;
};

}  // namespace

std::unique_ptr<ToolLayer> make_model_tool() { return std::make_unique<ModelTool>(); }

}  // namespace loom
