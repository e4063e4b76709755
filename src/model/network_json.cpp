#include "model/network_json.h"

#include <optional>
#include <utility>

#include "core/error.h"

namespace loom {
namespace {

constexpr std::size_t kMaxLayers = 100;

// If `kind` is one of L's kinds, reads the layer into `out` and returns true; otherwise adds L's kinds to `known`.
template <class L>
bool read_as(std::string_view kind, const JsonItem& item, Index& budget, std::optional<Layer>& out,
             std::string& known) {
  for (const std::string_view own : L::kinds()) {
    if (own == kind) {
      out = L::from_json(item, budget);
      return true;
    }
    known += text(known.empty() ? "" : ", ", own);
  }
  return false;
}

Layer layer_from_json(const JsonItem& item, Index& budget) {
  const std::string& kind = item.at("kind").string();
  std::optional<Layer> layer;
  std::string known;
  const bool found = [&]<std::size_t... I>(std::index_sequence<I...>) {
    return (read_as<std::variant_alternative_t<I, Layer>>(kind, item, budget, layer, known) || ...);
  }(std::make_index_sequence<std::variant_size_v<Layer>>());
  if (!found) item.at("kind").refuse(quoted_name(kind), known);
  return *std::move(layer);
}

}  // namespace

Json network_json(const Sequential& net) {
  Json layers{Json::Array{}};
  for (const Layer& layer : net) {
    Json json;
    json.set("kind", kind_of(layer));
    std::visit([&](const auto& l) { l.describe(json); }, layer);
    layers.push(std::move(json));
  }
  return layers;
}

Sequential network_from_json(const JsonItem& layers, Index& budget) {
  const std::size_t count = layers.size();
  if (count == 0 || count > kMaxLayers) layers.refuse(text(count, " layers"), text("1 to ", kMaxLayers));
  Sequential net;
  for (const JsonItem& item : layers.elements()) net.push_back(layer_from_json(item, budget));
  return net;
}

}  // namespace loom
