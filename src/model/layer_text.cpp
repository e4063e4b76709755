#include "model/layer_text.h"

namespace loom {

LayerText layer_text(const Layer& layer) { return {std::string(title_of(layer)), sizes_of(layer, " to ")}; }

}  // namespace loom
