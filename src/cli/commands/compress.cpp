#include <cstdio>
#include <memory>

#include "cli/commands/commands.h"
#include "cli/common.h"
#include "cli/common_options.h"
#include "cli/figures/compression_figures.h"
#include "cli/figures/uses_json.h"
#include "cli/model_name.h"
#include "cli/pictures/draw_uses.h"
#include "cli/table.h"
#include "core/error.h"

namespace loom {
namespace {

struct CompressOptions : CommonOptions {
  DataSource data;
  std::uint64_t seed = 0;
};

void print_compress_text(const Compression& c, const Dataset& test) {
  print(
      text(test.size(), " test images of ", test.name, ", ", c.raw_bits, " bits each as raw pixels; means per image"));
  TextTable table({"method", "bits", "bytes", "mse"});
  for (const RateDistortion& way : c.ways)
    table.row({way.kind.starts_with("model") ? text(c.model, ": ", way.name) : way.name, fixed_text(way.bits, 1),
               fixed_text(way.bits / 8, 1), fixed_text(way.mse, 5)});
  table.print();
}

void run_compress(const CompressOptions& o) {
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
    print_compress_text(result, test);
  if (o.picture.wanted()) o.picture.save(draw_compression(result, style));
}

}  // namespace

void add_compress(CLI::App& app) {
  auto options = std::make_shared<CompressOptions>();
  CompressOptions& o = *options;
  auto* command = app.add_subcommand("compress", "Compare the size and error of codes with PCA, JPEG and PNG");
  add_file_option(*command, o.file);
  add_data_options(*command, o.data);
  add_test_data_option(*command, o.data);
  add_seed_option(*command, o.seed, "the samples of z");
  add_common_options(*command, o, Threads::yes, "a plot of error against size");
  command->callback([options] { run_compress(*options); });
}

}  // namespace loom
