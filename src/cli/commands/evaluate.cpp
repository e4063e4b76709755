#include <memory>

#include "analysis/bound/latent_units.h"
#include "cli/commands/commands.h"
#include "cli/common.h"
#include "cli/common_options.h"
#include "train/evaluate.h"
#include "train/run_record.h"

namespace loom {
namespace {

void print_evaluate_text(const Evaluation& e, const Model& model, const Dataset& data) {
  const Likelihood& likelihood = *find_likelihood(model.spec.likelihood);
  const std::string unit = text(likelihood.unit, " per image");
  const auto row = [](std::string_view name, double value, int decimals, std::string_view what) {
    print(text(name, std::string(20 - name.size(), ' '), fixed_text(value, decimals), " ", what));
  };
  print(text(data.size(), " test images of ", data.name, model.spec.variational ? ", one sample of z each" : ""));
  // No more digits than the sample of z allows.
  const int digits = model.spec.variational ? 2 : 3;
  row("reconstruction", e.elbo.mean_reconstruction(), digits, text(unit, " (", likelihood.what, ")"));
  if (model.spec.variational) {
    row("kl", e.elbo.mean_kl(), 3, "nats per image");
    row("negative_elbo", e.elbo.mean_negative_elbo(), digits, unit);
    row("sampling_error", e.sampling_error, 3, "standard error of both losses due to the sample of z");
  }
  if (likelihood.name == "bernoulli") {
    row("entropy_floor", e.entropy_floor, 3, "nats per image (no Bernoulli model can reach less)");
    row("excess_over_floor", e.elbo.mean_negative_elbo() - e.entropy_floor, digits, "nats per image");
  }
  row("mse", e.mse, 5, "per pixel, at z = mu");
  row("ssim", e.ssim, 4, "at z = mu");
}

}  // namespace

void add_evaluate(CLI::App& app) {
  struct EvaluateOptions {
    std::string file;
    DataSource data;
    bool json = false;
    int threads = 0;
    std::uint64_t seed = 0;
  };
  auto options = std::make_shared<EvaluateOptions>();
  auto* command = app.add_subcommand("evaluate", "Compute a model's loss and errors on the test set");
  add_file_option(*command, options->file);
  add_data_options(*command, options->data);
  add_seed_option(*command, options->seed, "the samples of z");
  add_threads_option(*command, options->threads);
  add_json_option(*command, options->json);
  command->callback([options] {
    const ModelFile file = read_model(options->file);
    const Dataset data = read_test_set(options->data, file.model);
    ThreadPool pool(thread_count(options->threads));
    const Evaluation evaluation = evaluate_model(file.model, data, options->seed, pool);
    if (options->json)
      print(evaluation_json(evaluation, file.model, data, options->seed).dump());
    else
      print_evaluate_text(evaluation, file.model, data);
    const std::string warning = collapse_warning(unit_figures(encode_dataset(file.model, data, pool)));
    if (!warning.empty()) print_warning(warning);
  });
}

}  // namespace loom
