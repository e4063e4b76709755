#include <memory>

#include "cli/commands/commands.h"
#include "cli/common.h"
#include "cli/common_options.h"
#include "cli/figures/uses_json.h"
#include "cli/pictures/draw_uses.h"
#include "cli/sample_source.h"
#include "cli/table.h"

namespace loom {
namespace {

struct SampleOptions : CommonOptions {
  std::string from = "prior";
  SampleRequest request;
};

void print_sample_text(const Samples& samples, const SampleRequest& request, std::string_view words) {
  print(text(words, request.bernoulli ? "; pixels sampled as black or white" : "; means"));
  std::vector<std::string> head{"sample"};
  for (Index d = 0; d < samples.z.cols(); ++d) head.push_back(text("z", d + 1));
  TextTable table(std::move(head));
  for (Index i = 0; i < samples.z.rows(); ++i) {
    std::vector<std::string> row{text(i)};
    for (Index d = 0; d < samples.z.cols(); ++d) row.push_back(fixed_text(static_cast<double>(samples.z(i, d)), 4));
    table.row(std::move(row));
  }
  table.print();
}

void run_sample(const SampleOptions& o) {
  const PictureStyle style = o.picture.style();
  const ModelFile file = read_model(o.file);
  SampleRequest request = o.request;
  set_source(request, o.from, file);
  const Samples samples = draw_samples(file, request);
  const std::string words = source_text(request, file);
  if (o.json)
    print(samples_json(samples, request, o.from).dump());
  else
    print_sample_text(samples, request, words);
  if (o.picture.wanted()) o.picture.save(draw_sample_sheet(samples, request, words, file.model.spec.image, style));
}

}  // namespace

void add_sample(CLI::App& app) {
  auto options = std::make_shared<SampleOptions>();
  SampleOptions& o = *options;
  auto* command = app.add_subcommand("sample", "Generate new images from the prior or near encoded images");
  add_file_option(*command, o.file);
  command->add_option("--from", o.from, "prior, aggregate (the posteriors of all test images) or class:NAME")
      ->capture_default_str();
  command->add_option("--count", o.request.count, "number of images")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  add_seed_option(*command, o.request.seed, "the draws");
  command->add_flag("--bernoulli", o.request.bernoulli,
                    "sample every pixel as black or white instead of showing the mean");
  add_common_options(*command, o, Threads::no, "the images");
  command->callback([options] { run_sample(*options); });
}

}  // namespace loom
