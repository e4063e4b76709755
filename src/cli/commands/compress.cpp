#include <cstdio>
#include <memory>

#include "cli/commands/commands.h"
#include "cli/common.h"
#include "cli/figures/compression_figures.h"
#include "cli/figures/uses_json.h"
#include "cli/model_name.h"
#include "cli/picture_options.h"
#include "cli/pictures/draw_uses.h"
#include "cli/table.h"
#include "core/error.h"

namespace loom {
namespace {

struct Options {
  std::string file;
  DataSource data;
  std::uint64_t seed = 0;
  int threads = 0;
  bool json = false;
  PictureOptions picture;
};

void print_text(const Compression& c, const Dataset& test) {
  print(text(test.size(), " test images of ", test.name, ", ", c.raw_bits, " bits each as raw pixels; per image"));
  TextTable table({"way", "bits", "bytes", "mse"});
  for (const RateDistortion& way : c.ways)
    table.row({way.kind.starts_with("model") ? text(c.model, ": ", way.name) : way.name, fixed_text(way.bits, 1),
               fixed_text(way.bits / 8, 1), fixed_text(way.mse, 5)});
  table.print();
}

void run(const Options& o) {
  const PictureStyle style = o.picture.style();
  const ModelFile file = read_model(o.file);
  const Dataset test = read_test_set(o.data, file.model);
  const Dataset training = read_data(o.data, Split::train);
  require_images_for(file.model, training, o.file);
  ThreadPool pool(thread_count(o.threads));
  const Compression result = compare_sizes(model_name(file, o.file), file.model, test, training, o.seed, pool);
  if (o.json)
    print(compression_json(result, test, training).dump());
  else
    print_text(result, test);
  if (o.picture.wanted()) o.picture.save(draw_compression(result, style));
}

}  // namespace

void add_compress(CLI::App& app) {
  auto options = std::make_shared<Options>();
  Options& o = *options;
  auto* command = app.add_subcommand("compress", "Size and loss of the codes, beside PCA, JPEG and PNG");
  command->add_option("file", o.file, "weight file")->required();
  add_data_options(*command, o.data);
  command->add_option("--seed", o.seed, "of the samples of z")->check(CLI::NonNegativeNumber)->capture_default_str();
  command->add_option("--threads", o.threads, "0: all; the figures do not depend on it")
      ->check(CLI::Range(0, 256))
      ->capture_default_str();
  command->add_flag("--json", o.json, "print JSON");
  add_picture_options(*command, o.picture, "the plane of size and loss");
  command->callback([options] { run(*options); });
}

}  // namespace loom
