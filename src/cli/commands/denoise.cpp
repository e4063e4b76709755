#include <memory>

#include "cli/commands/commands.h"
#include "cli/common.h"
#include "cli/common_options.h"
#include "cli/figures/uses_json.h"
#include "cli/model_name.h"
#include "cli/pictures/draw_uses.h"
#include "cli/table.h"
#include "cli/waiting.h"
#include "uses/images.h"

namespace loom {
namespace {

struct DenoiseOptions : CommonOptions {
  std::vector<std::string> files;
  std::string noise = "gaussian";
  DataSource data;
  double level = 0.3;
  std::uint64_t seed = 0;
  Index images = 8;
};

void print_denoise_text(const Denoising& d, const Dataset& data) {
  print(text(data.size(), " test images of ", data.name, "; noise ", d.noise->name, ", ", d.noise->level, " ", d.level,
             "; errors against the clean images"));
  TextTable table({"method", "mse", "psnr dB", "ssim"});
  for (const DenoisingMethod& method : d.methods) {
    const auto decibels = psnr(method.error.mse);
    table.row({method.name, fixed_text(method.error.mse, 5), decibels ? fixed_text(*decibels, 2) : "-",
               fixed_text(method.error.ssim, 4)});
  }
  table.print();
}

void run_denoise(const DenoiseOptions& o) {
  const PictureStyle style = o.picture.style();
  const Corruption& noise = find_corruption(o.noise);
  check_level(noise, o.level, "--level");
  std::vector<ModelFile> files;
  for (const std::string& path : o.files) files.push_back(read_model(path));
  const std::vector<std::string> names = model_names(files, o.files);
  std::vector<NamedModel> models;
  for (std::size_t i = 0; i < files.size(); ++i) models.push_back({names[i], &files[i].model});
  const Dataset data = read_test_set(o.data, files.front().model);
  for (std::size_t i = 1; i < files.size(); ++i) require_images_for(files[i].model, data, o.files[i]);
  ThreadPool pool(thread_count(o.threads));
  const std::vector<Index> shown = some_of_each_class(data, std::min(o.images, data.size()));
  Waiting waiting("denoising images");
  const Denoising result = denoise(models, data, noise, o.level, o.seed, shown, pool, waiting.on_progress());
  if (o.json)
    print(denoising_json(result, data).dump());
  else
    print_denoise_text(result, data);
  if (o.picture.wanted()) o.picture.save(draw_denoising(result, data, style));
}

}  // namespace

void add_denoise(CLI::App& app) {
  auto options = std::make_shared<DenoiseOptions>();
  DenoiseOptions& o = *options;
  auto* command =
      app.add_subcommand("denoise", "Add noise to test images and compare how models and a median filter remove it");
  command->add_option("files", o.files, "weight files")->required();
  add_data_options(*command, o.data);
  std::string kinds;
  for (const Corruption& kind : corruptions()) kinds += text(kinds.empty() ? "" : ", ", kind.name);
  command->add_option("--noise", o.noise, "kind of noise: " + kinds)->capture_default_str();
  command
      ->add_option("--level", o.level, "standard deviation of gaussian noise, or the share of pixels that are changed")
      ->capture_default_str();
  add_seed_option(*command, o.seed, "the noise");
  command->add_option("--images", o.images, "number of images in the figure")
      ->check(CLI::Range(1, 16))
      ->capture_default_str();
  add_common_options(*command, o, Threads::yes, "noisy, denoised and clean images");
  command->callback([options] { run_denoise(*options); });
}

}  // namespace loom
