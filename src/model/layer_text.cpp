#include "model/layer_text.h"

#include "core/text.h"

namespace loom {
namespace {

struct Describe {
  template <class L>
  static std::string sizes(const L& l) {
    return text(l.inputs(), " to ", l.outputs());
  }
  template <class Window>
  static std::string images(const Window& l) {
    return text(image_shape_text(l.in()), " to ", image_shape_text(l.out()));
  }
  LayerText operator()(const Linear& l) const { return {"linear", sizes(l)}; }
  LayerText operator()(const Conv2d& l) const { return {"convolution", images(l)}; }
  LayerText operator()(const ConvTranspose2d& l) const { return {"transposed convolution", images(l)}; }
  LayerText operator()(const Flatten& l) const {
    return {"flatten", text(image_shape_text(l.shape), " to ", l.shape.size())};
  }
  LayerText operator()(const Unflatten& l) const {
    return {"unflatten", text(l.shape.size(), " to ", image_shape_text(l.shape))};
  }
  LayerText operator()(const Fourier& l) const { return {"Fourier features", sizes(l)}; }
  LayerText operator()(const Activation& l) const { return {std::string(l.function->name), {}}; }
};

}  // namespace

LayerText layer_text(const Layer& layer) { return std::visit(Describe{}, layer); }

}  // namespace loom
