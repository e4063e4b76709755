#include "convert/foreign.h"

#include <algorithm>
#include <set>

#include "convert/convention.h"
#include "core/error.h"
#include "core/json/json_item.h"
#include "model/spec_json.h"
#include "weights/safetensors.h"

namespace loom {
namespace {

constexpr Index kMaxWeights = Index{1} << 24;

// Tensors of the file by name, each of which may be taken once.
class Tensors {
 public:
  Tensors(const TensorFile& file, std::string_view file_name) : file_(file), name_(file_name) {}

  // The elements of a tensor, or of several joined along `axis`. Throws Error unless the shape is `wanted`.
  std::vector<float> take(const JsonItem& item, const Shape& wanted, std::size_t axis) {
    std::vector<JsonItem> items = item.json().as_array() ? item.elements() : std::vector{item};
    if (items.empty()) item.refuse("no names", "at least one");
    std::vector<Part> parts;
    Index joined = 0;
    for (const JsonItem& entry : items) {
      parts.push_back(take_one(entry));
      const Shape& shape = parts.back().shape;
      Shape expected = wanted;
      if (shape.size() == wanted.size()) expected[axis] = shape[axis];
      if (shape != expected || (items.size() == 1 && shape != wanted))
        entry.refuse(text(entry.string(), ' ', shape_text(shape)),
                     text(shape_text(wanted), items.size() > 1 ? " when all are joined" : ""));
      joined += shape[axis];
    }
    if (joined != wanted[axis]) item.refuse(text(joined, " outputs in all"), text(wanted[axis]));
    return join(parts, wanted, axis);
  }

  void ignore(const JsonItem& item) { take_one(item); }

  // Throws Error for tensors that no layer took: a forgotten layer must not go unnoticed.
  void check_all_taken(std::string_view layers_name) const {
    std::string left;
    for (const TensorView& tensor : file_.tensors)
      if (!taken_.contains(tensor.name))
        left += text(left.empty() ? "" : ", ", tensor.name, ' ', shape_text(tensor.shape));
    if (!left.empty())
      fail(name_, ": ", left, ": no layer of ", layers_name, " takes this; \"ignore\" there names what is not needed");
  }

 private:
  struct Part {
    Shape shape;
    std::vector<float> values;
  };

  Part take_one(const JsonItem& item) {
    const std::string& name = item.string();
    const TensorView* tensor = file_.find(name);
    if (!tensor) item.refuse(quoted_name(name), text("a tensor of ", name_, "; there are ", names()));
    if (!taken_.insert(name).second) item.refuse(text(quoted_name(name), " a second time"), "each tensor once");
    if (tensor->dtype != DType::f32 && tensor->dtype != DType::f16 && tensor->dtype != DType::bf16)
      fail(name_, ": ", name, " is ", dtype_info(tensor->dtype).name, ", expected F32, F16 or BF16");
    if (!all_finite(*tensor)) fail(name_, ": ", name, " holds infinite numbers or NaN");
    return {tensor->shape, to_floats(*tensor)};
  }

  static std::vector<float> join(const std::vector<Part>& parts, const Shape& wanted, std::size_t axis) {
    Index outer = 1;
    for (std::size_t i = 0; i < axis; ++i) outer *= wanted[i];
    std::vector<float> values;
    for (Index o = 0; o < outer; ++o)
      for (const Part& part : parts) {
        const std::size_t size = part.values.size() / static_cast<std::size_t>(outer);
        const auto begin = part.values.begin() + static_cast<std::ptrdiff_t>(size) * o;
        values.insert(values.end(), begin, begin + static_cast<std::ptrdiff_t>(size));
      }
    return values;
  }

  std::string names() const {
    std::string all;
    for (const TensorView& tensor : file_.tensors) all += text(all.empty() ? "" : ", ", tensor.name);
    return all.empty() ? "none" : all;
  }

  const TensorFile& file_;
  std::string_view name_;
  std::set<std::string, std::less<>> taken_;
};

// The description of the network as in a weight file: without the additional members, and with explicit pads.
Json plain_network(const JsonItem& layers, const Convention& convention) {
  Json net{Json::Array{}};
  for (const JsonItem& layer : layers.elements()) {
    Json plain{Json::Object{}};
    for (const auto& [key, value] : layer.members())
      if (key == "pad" && value.json().as_string())
        plain.set(key, convention.pads(layer, value));
      else if (key != "weight" && key != "bias")
        plain.set(key, value.json());
    net.push(std::move(plain));
  }
  return net;
}

void fill(std::span<const float> from, Scalar* to) { std::copy(from.begin(), from.end(), to); }

// Sets the weights of the layers of a network.
void read_network(const JsonItem& layers, const Convention& convention, Sequential& net, Tensors& tensors) {
  for (std::size_t i = 0; i < net.size(); ++i) {
    const JsonItem item = layers.at(i);
    const FlattenOrder order = convention.order_around(net, i, item);
    std::visit(
        [&]<class L>(L& layer) {
          if constexpr (requires { convention.shape_of(layer); }) {
            const ForeignShape foreign = convention.shape_of(layer);
            fill(convention.ours(layer, tensors.take(item.at("weight"), foreign.shape, foreign.outputs), order),
                 layer.weight.data());
            if constexpr (requires { layer.bias; }) {
              layer.bias.setZero();
              if (const auto bias = item.find("bias"))
                fill(convention.ours_bias(tensors.take(*bias, {layer.bias.size()}, 0), order), layer.bias.data());
            } else if (item.find("bias")) {
              item.refuse("a bias", text("none: a layer of kind ", item.at("kind").string(), " has only a weight"));
            }
          } else if (!parameters({net[i]}, "").empty()) {
            item.at("kind").refuse(layer.kind(), "a layer that can be imported");
          } else if (item.find("weight") || item.find("bias")) {
            item.refuse("weights", text("none: a layer of kind ", layer.kind(), " has no numbers"));
          }
        },
        net[i]);
  }
}

}  // namespace

Model import_model(std::span<const std::byte> bytes, std::string_view tensors_name, std::string_view layers,
                   std::string_view layers_name) {
  const TensorFile file = read_safetensors(bytes, tensors_name);
  const Json json = parse_json(layers, layers_name);
  const JsonItem item(json, layers_name);
  const Convention& convention = find_convention(item.at("convention"));

  Json plain{Json::Object{}};
  for (const auto& [key, value] : item.members())
    if (key == "encoder" || key == "decoder")
      plain.set(key, plain_network(value, convention));
    else if (key != "convention" && key != "ignore")
      plain.set(key, value.json());
  Model model = model_from_json(plain.dump(), layers_name, kMaxWeights);
  const auto* last = std::get_if<Activation>(&model.decoder.back());
  if (last && last->function->name == "sigmoid" && model.spec.likelihood != "linear_mse")
    item.at("decoder")
        .at(model.decoder.size() - 1)
        .refuse("sigmoid", text("the logits before it: the likelihood \"", model.spec.likelihood, "\" applies it"));

  Tensors tensors(file, tensors_name);
  read_network(item.at("encoder"), convention, model.encoder, tensors);
  read_network(item.at("decoder"), convention, model.decoder, tensors);
  if (const auto ignored = item.find("ignore"))
    for (const JsonItem& name : ignored->elements()) tensors.ignore(name);
  tensors.check_all_taken(layers_name);
  return model;
}

}  // namespace loom
