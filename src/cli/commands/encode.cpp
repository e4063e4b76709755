#include <filesystem>
#include <memory>

#include "cli/commands/commands.h"
#include "cli/common.h"
#include "cli/common_options.h"
#include "cli/npy.h"
#include "core/files/file.h"
#include "train/evaluate.h"
#include "uses/images.h"

namespace loom {
namespace {

// index[,label],mu_1..mu_D[,logvar_1..logvar_D]; one line per image, numbers in the shortest exact form.
std::string codes_csv(const EncodedSet& set, bool labelled) {
  std::string csv = labelled ? "index,label" : "index";
  for (Index d = 0; d < set.mu.cols(); ++d) csv += text(",mu_", d + 1);
  for (Index d = 0; d < set.logvar.cols(); ++d) csv += text(",logvar_", d + 1);
  csv += '\n';
  for (Index n = 0; n < set.size(); ++n) {
    csv += text(n);
    if (labelled) csv += text(',', int{set.labels[static_cast<std::size_t>(n)]});
    for (Index d = 0; d < set.mu.cols(); ++d) csv += text(',', set.mu(n, d));
    for (Index d = 0; d < set.logvar.cols(); ++d) csv += text(',', set.logvar(n, d));
    csv += '\n';
  }
  return csv;
}

// "codes.npy" -> "codes.labels.npy"
std::string labels_path(const std::string& path) {
  return std::filesystem::path(path).replace_extension(".labels.npy").string();
}

// mu and logvar side by side, (N, 2D), or (N, D) for a plain autoencoder.
Matrix codes_matrix(const EncodedSet& set) {
  Matrix codes(set.size(), set.mu.cols() + set.logvar.cols());
  codes.leftCols(set.mu.cols()) = set.mu;
  if (set.logvar.size() > 0) codes.rightCols(set.logvar.cols()) = set.logvar;
  return codes;
}

struct EncodeOptions {
  std::string file, out, format;
  DataSource data;
  int threads = 0;
};

void run_encode(const EncodeOptions& o) {
  const bool npy = o.format == "npy" || (o.format.empty() && o.out.ends_with(".npy"));
  const ModelFile file = read_model(o.file);
  const Dataset data = read_test_set(o.data, file.model);
  ThreadPool pool(thread_count(o.threads));
  const EncodedSet set = encode_dataset(file.model, data, pool);
  const bool labelled = has_classes(file.model, data);
  if (!npy) {
    write_text(o.out, codes_csv(set, labelled));
    print(text("wrote ", o.out, ": ", data.size(), " images"));
    return;
  }
  write_file_atomic(o.out, npy_of(codes_matrix(set)));
  if (labelled) write_file_atomic(labels_path(o.out), npy_of(set.labels));
  print(text("wrote ", o.out, ": ", data.size(), " images, ", set.logvar.size() > 0 ? "mu and logvar" : "codes",
             " side by side", labelled ? text("; labels in ", labels_path(o.out)) : std::string()));
}

}  // namespace

void add_encode(CLI::App& app) {
  auto options = std::make_shared<EncodeOptions>();
  EncodeOptions& o = *options;
  auto* command = app.add_subcommand("encode", "Write the codes of all test images as CSV or NPY");
  add_file_option(*command, o.file);
  add_data_options(*command, o.data);
  command->add_option("--out", o.out, "file to write; with NPY the labels go to a second file")->required();
  command->add_option("--format", o.format, "csv or npy; if not given, the ending of --out decides")
      ->check(CLI::IsMember({"csv", "npy"}));
  add_threads_option(*command, o.threads);
  command->callback([options] { run_encode(*options); });
}

}  // namespace loom
