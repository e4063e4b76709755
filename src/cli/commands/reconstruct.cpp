#include <memory>

#include "cli/commands/commands.h"
#include "cli/common.h"
#include "cli/common_options.h"
#include "cli/figures/uses_json.h"
#include "cli/pictures/draw_uses.h"
#include "cli/table.h"
#include "uses/images.h"

namespace loom {
namespace {

std::string optional_text(const std::optional<double>& value, int decimals) {
  return value ? fixed_text(*value, decimals) : "-";
}

void print_reconstruct_text(const Reconstructions& r, const Model& model, const Dataset& data) {
  print("at z = mu; bce, floor (the image's own entropy), excess and kl in nats per image; mse per pixel");
  TextTable table({"image", "class", "bce", "floor", "excess", "kl", "mse", "ssim"});
  ReconstructedImage mean;
  const auto count = static_cast<double>(r.images.size());
  const auto add = [&](std::optional<double>& sum, const std::optional<double>& value) {
    if (value) sum = sum.value_or(0) + *value / count;
  };
  const auto row = [&](std::string first, std::string name, const ReconstructedImage& i) {
    table.row({std::move(first), std::move(name), optional_text(i.bce, 2), fixed_text(i.entropy, 2),
               optional_text(i.excess(), 2), optional_text(i.kl, 2), fixed_text(i.mse, 5), fixed_text(i.ssim, 4)});
  };
  for (const ReconstructedImage& image : r.images) {
    row(text(image.index), class_name(model, data, image.label), image);
    add(mean.bce, image.bce);
    add(mean.kl, image.kl);
    mean.entropy += image.entropy / count;
    mean.mse += image.mse / count;
    mean.ssim += image.ssim / count;
  }
  row("mean", "", mean);
  table.print();
}

struct ReconstructOptions : CommonOptions {
  std::string index;
  DataSource data;
  Index images = 8;
};

void run_reconstruct(const ReconstructOptions& o) {
  const PictureStyle style = o.picture.style();
  const ModelFile file = read_model(o.file);
  const Dataset data = read_test_set(o.data, file.model);
  const std::vector<Index> indices =
      o.index.empty() ? some_of_each_class(data, o.images) : parse_indices(o.index, data.size(), "--index");
  const Reconstructions result = reconstruct(file.model, data, indices);
  if (o.json)
    print(reconstructions_json(result, file.model, data).dump());
  else
    print_reconstruct_text(result, file.model, data);
  if (o.picture.wanted()) o.picture.save(draw_reconstructions(result, file.model, data, style));
}

}  // namespace

void add_reconstruct(CLI::App& app) {
  auto options = std::make_shared<ReconstructOptions>();
  ReconstructOptions& o = *options;
  auto* command = app.add_subcommand("reconstruct", "Show test images beside their reconstructions");
  add_file_option(*command, o.file);
  add_data_options(*command, o.data);
  auto* images = command->add_option("--images", o.images, "number of images, taken from each class in turn")
                     ->check(CLI::Range(1, 512))
                     ->capture_default_str();
  command->add_option("--index", o.index, "numbers of test images separated by commas, as 3,17")->excludes(images);
  add_common_options(*command, o, Threads::no, "images, codes, reconstructions and differences");
  command->callback([options] { run_reconstruct(*options); });
}

}  // namespace loom
