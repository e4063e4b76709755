#include "cli/model_name.h"

#include <algorithm>
#include <filesystem>

#include "core/error.h"

namespace loom {

std::string model_name(const ModelFile& file, const std::string& path) {
  const auto recipe = file.model.spec.provenance.find("recipe");
  return recipe != file.model.spec.provenance.end() && !recipe->second.empty()
             ? recipe->second
             : std::filesystem::path(path).stem().string();
}

std::vector<std::string> model_names(const std::vector<ModelFile>& files, const std::vector<std::string>& paths) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < files.size(); ++i) names.push_back(model_name(files[i], paths[i]));
  std::vector<std::string> out = names;
  for (std::size_t i = 0; i < names.size(); ++i)
    if (std::ranges::count(names, names[i]) > 1) out[i] = std::filesystem::path(paths[i]).stem().string();
  return out;
}

void require_images_for(const Model& model, const Dataset& data, const std::string& path) {
  if (data.shape != model.spec.image)
    fail(path, ": the model takes images of ", image_shape_text(model.spec.image), ", those of ", data.images_path,
         " are ", image_shape_text(data.shape));
}

}  // namespace loom
