#include <memory>

#include "cli/commands.h"
#include "cli/common.h"
#include "train/evaluate.h"

namespace loom {
namespace {

// index,label,mu_1..mu_D[,logvar_1..logvar_D]; one line per image, numbers in the shortest exact form.
std::string codes_csv(const EncodedSet& set) {
  std::string csv = "index,label";
  for (Index d = 0; d < set.mu.cols(); ++d) csv += text(",mu_", d + 1);
  for (Index d = 0; d < set.logvar.cols(); ++d) csv += text(",logvar_", d + 1);
  csv += '\n';
  for (Index n = 0; n < set.size(); ++n) {
    csv += text(n, ',', int{set.labels[static_cast<std::size_t>(n)]});
    for (Index d = 0; d < set.mu.cols(); ++d) csv += text(',', set.mu(n, d));
    for (Index d = 0; d < set.logvar.cols(); ++d) csv += text(',', set.logvar(n, d));
    csv += '\n';
  }
  return csv;
}

}  // namespace

void add_encode(CLI::App& app) {
  struct Options {
    std::string file, out;
    DataSource data;
    int threads = 0;
  };
  auto options = std::make_shared<Options>();
  auto* command = app.add_subcommand("encode", "Latent codes of the test images, as CSV");
  command->add_option("file", options->file, "weight file")->required();
  add_data_options(*command, options->data);
  command->add_option("--out", options->out, "CSV to write")->required();
  command->add_option("--threads", options->threads, "0: all")->check(CLI::Range(0, 256))->capture_default_str();
  command->callback([options] {
    const ModelFile file = read_model(options->file);
    const Dataset data = read_test_set(options->data, file.model);
    ThreadPool pool(thread_count(options->threads));
    write_text(options->out, codes_csv(encode_dataset(file.model, data, pool)));
    print(text("wrote ", options->out, ": ", data.size(), " images"));
  });
}

}  // namespace loom
