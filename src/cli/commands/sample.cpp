#include <memory>

#include "cli/commands/commands.h"
#include "cli/common.h"
#include "cli/figures/uses_json.h"
#include "cli/picture_options.h"
#include "cli/pictures/draw_uses.h"
#include "cli/table.h"

namespace loom {
namespace {

struct Options {
  std::string file;
  SampleRequest request;
  bool json = false;
  PictureOptions picture;
};

void print_text(const Samples& samples) {
  print(text(samples.words, samples.bernoulli ? "; pixels drawn black or white" : "; means"));
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

void run(const Options& o) {
  const PictureStyle style = o.picture.style();
  const ModelFile file = read_model(o.file);
  const Samples samples = draw_samples(file, o.request);
  if (o.json)
    print(samples_json(samples, o.request).dump());
  else
    print_text(samples);
  if (o.picture.wanted()) o.picture.save(draw_sample_sheet(samples, file.model.spec.image, style));
}

}  // namespace

void add_sample(CLI::App& app) {
  auto options = std::make_shared<Options>();
  Options& o = *options;
  auto* command = app.add_subcommand("sample", "New pictures, drawn from the prior or from where images live");
  command->add_option("file", o.file, "weight file")->required();
  command->add_option("--from", o.request.from, "prior, aggregate (posteriors of all test images) or class:NAME")
      ->capture_default_str();
  command->add_option("--count", o.request.count, "how many")->check(CLI::Range(1, 1000))->capture_default_str();
  command->add_option("--seed", o.request.seed, "of the draws")->check(CLI::NonNegativeNumber)->capture_default_str();
  command->add_flag("--bernoulli", o.request.bernoulli, "draw every pixel black or white instead of showing the mean");
  command->add_flag("--json", o.json, "print JSON");
  add_picture_options(*command, o.picture, "sheet of the pictures");
  command->callback([options] { run(*options); });
}

}  // namespace loom
