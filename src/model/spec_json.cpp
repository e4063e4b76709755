#include "model/spec_json.h"

#include "core/error.h"
#include "model/network_json.h"
#include "nn/layer_json.h"

namespace loom {
namespace {

// Decoding an image must not freeze the page, whatever the file describes: about 50 ms on a slow machine.
constexpr double kMaxMultiplyAdds = 2e8;

std::vector<std::string> class_names(const JsonItem& item) {
  if (item.size() > kMaxClasses) item.refuse(text(item.size(), " names"), text("at most ", kMaxClasses));
  std::vector<std::string> names;
  for (const JsonItem& name : item.elements()) {
    if (name.string().size() > kMaxClassName)
      name.refuse(text(name.string().size(), " bytes"), text("at most ", kMaxClassName));
    names.push_back(name.string());
  }
  return names;
}

ImageShape picture_shape(const JsonItem& item) {
  const ImageShape shape = image_shape_from_json(item);
  if (shape.height > kMaxImageSide || shape.width > kMaxImageSide || shape.channels > kMaxImageChannels)
    item.refuse(image_shape_text(shape), text("at most ", kMaxImageChannels, "x", kMaxImageSide, "x", kMaxImageSide));
  return shape;
}

void check_work(const Sequential& net, const JsonItem& item) {
  const double work = multiply_adds(net);
  if (work > kMaxMultiplyAdds) item.refuse(text(work, " multiply-adds per image"), text("at most ", kMaxMultiplyAdds));
}

}  // namespace

std::string model_json(const Model& model) {
  const ModelSpec& spec = model.spec;
  Json json, names{Json::Array{}};
  for (const std::string& name : spec.class_names) names.push(name);
  json.set("image", image_shape_json(spec.image)).set("latent_dim", spec.latent_dim);
  json.set("variational", spec.variational).set("likelihood", spec.likelihood);
  if (spec.variational) json.set("logvar_clamp", Json().push(double{spec.logvar_min}).push(double{spec.logvar_max}));
  json.set("class_names", std::move(names));
  json.set("encoder", network_json(model.encoder)).set("decoder", network_json(model.decoder));
  return json.dump();
}

Model model_from_json(std::string_view source, std::string_view where, Index budget) {
  const Json json = parse_json(source, where);
  const JsonItem item(json, where);
  item.allow_only(
      {"image", "latent_dim", "variational", "likelihood", "logvar_clamp", "class_names", "encoder", "decoder"});
  Model model;
  ModelSpec& spec = model.spec;
  spec.image = picture_shape(item.at("image"));
  spec.latent_dim = static_cast<Index>(item.at("latent_dim").integer(1, kMaxLatentDim));
  spec.variational = item.at("variational").boolean();
  spec.likelihood = item.at("likelihood").string();
  if (spec.variational) {
    const JsonItem clamp = item.at("logvar_clamp");
    if (clamp.size() != 2) clamp.refuse(text(clamp.size(), " numbers"), "2 numbers: lowest, highest");
    spec.logvar_min = clamp.at(0).float_number();
    spec.logvar_max = clamp.at(1).float_number();
    if (!(spec.logvar_min >= -80 && spec.logvar_min < spec.logvar_max && spec.logvar_max <= 80))
      clamp.refuse(text("[", spec.logvar_min, ", ", spec.logvar_max, "]"), "a range within [-80, 80]");
  }
  spec.class_names = class_names(item.at("class_names"));
  model.encoder = network_from_json(item.at("encoder"), budget);
  model.decoder = network_from_json(item.at("decoder"), budget);
  check_work(model.encoder, item.at("encoder"));
  check_work(model.decoder, item.at("decoder"));
  check_model(model, where);
  return model;
}

}  // namespace loom
