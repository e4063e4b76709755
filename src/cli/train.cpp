#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>

#include "cli/commands.h"
#include "cli/common.h"
#include "cli/progress.h"
#include "core/error.h"
#include "core/file.h"
#include "core/sha256.h"
#include "train/config_json.h"
#include "train/run_record.h"
#include "train/train_state.h"
#include "weights/tensor.h"

namespace loom {
namespace {

struct Options {
  std::string recipe, out;
  DataSource data;
  std::optional<int> epochs;
  std::optional<Index> batch_size, validation_images;
  std::optional<std::uint64_t> seed;
  std::optional<double> learning_rate, beta;
  int threads = 0;
  bool resume = false, f32 = false;
};

// Between saves a crash or a power cut loses at most this much work.
constexpr double kSaveEverySeconds = 60;

std::atomic<bool> interrupted{false};

void on_signal(int signal) {
  interrupted = true;
  std::signal(signal, SIG_DFL);  // a second one ends the program at once
}

TrainConfig effective_config(const Recipe& recipe, const Options& options, Index images) {
  TrainConfig config = recipe.training;
  config.validation_images = std::min(config.validation_images, images / 10);  // own data may be small
  if (options.epochs) config.epochs = *options.epochs;
  if (options.batch_size) config.batch_size = *options.batch_size;
  if (options.seed) config.seed = *options.seed;
  if (options.learning_rate) config.learning_rate = *options.learning_rate;
  if (options.beta) config.beta = *options.beta;
  if (options.validation_images) config.validation_images = *options.validation_images;
  check_config(config);
  return config;
}

// The command that gives the same weights again: what was asked for, without this machine's folders.
std::string command_text(const Options& o, const std::string& file_name) {
  std::string command = text("loom train ", o.recipe, " --data DIR", data_options_text(o.data), " --out ", file_name);
  if (o.epochs) command += text(" --epochs ", *o.epochs);
  if (o.batch_size) command += text(" --batch-size ", *o.batch_size);
  if (o.seed) command += text(" --seed ", *o.seed);
  if (o.learning_rate) command += text(" --learning-rate ", *o.learning_rate);
  if (o.beta) command += text(" --beta ", *o.beta);
  if (o.validation_images) command += text(" --validation ", *o.validation_images);
  return o.f32 ? command + " --f32" : command;
}

Dataset read_training_set(const DataSource& source, const Recipe& recipe) {
  Dataset data = read_data(source, Split::train);
  if (data.name == kCustomDataset)
    std::fprintf(stderr, "loom: note: %s is none of the published data sets; training on it as own data\n",
                 data.images_path.c_str());
  else
    require_identity(data, recipe.dataset);
  return data;
}

// The test set beside the training set, if it is there and belongs to it.
std::optional<Dataset> find_test_set(const DataSource& source, const Dataset& training) {
  std::optional<Dataset> test;
  try {
    test = read_data(source, Split::test);
  } catch (const Error& error) {
    std::fprintf(stderr, "loom: note: no test figures and no encoded test images: %s\n", error.what());
    return std::nullopt;
  }
  if (test->name != training.name || test->shape != training.shape)
    fail(test->images_path, ": is ", test->name, " of ", image_shape_text(test->shape), ", the training set is ",
         training.name, " of ", image_shape_text(training.shape));
  return test;
}

class Run {
 public:
  Run(const Options& options, const Recipe& recipe)
      : options_(options),
        recipe_(recipe),
        data_(read_training_set(options.data, recipe)),
        config_(effective_config(recipe, options, data_.size())),
        test_(find_test_set(options.data, data_)),
        pool_(thread_count(options.threads)),
        trainer_(data_, config_, start(), pool_) {}

  // Trains to the end or until interrupted.
  void operator()() {
    print(text(recipe_.name, ": ", parameter_count(trainer_.state().model), " weights, ", data_.size(), " images of ",
               data_.name, " (", config_.validation_images, " for validation), ", config_.epochs, " epochs, ",
               pool_.threads(), " threads, seed ", config_.seed));
    save();  // shows now, not after the first epoch, that the place can be written to
    Progress progress(trainer_);
    while (!trainer_.finished()) {
      const bool epoch_done = trainer_.step();
      if (epoch_done)
        print(progress.epoch_line());
      else
        progress.tick();
      if (epoch_done || progress.seconds_since_save() > kSaveEverySeconds) {
        save();
        progress.saved();
      }
      if (interrupted && !trainer_.finished()) {
        save();
        progress.clear();
        fail("interrupted; nothing is lost: the same command with --resume goes on from step ", trainer_.state().step,
             " of ", trainer_.total_steps());
      }
    }
    finish();
  }

 private:
  TrainState start() {
    state_path_ = options_.out + ".resume";
    if (!std::filesystem::exists(state_path_)) {
      if (options_.resume) fail(state_path_, ": there is no interrupted run to resume");
      return make_train_state(build_recipe(recipe_, data_, config_.seed), config_);
    }
    if (!options_.resume)
      fail(state_path_, ": an interrupted run is kept there; add --resume to go on with it, or remove the file");
    SavedRun saved = load_run(read_file(state_path_, kMaxWeightFileBytes), state_path_);
    if (saved.recipe != recipe_.name) fail(state_path_, ": is a run of ", saved.recipe, ", not of ", recipe_.name);
    if (saved.images_sha256 != data_.images_sha256)
      fail(state_path_, ": was training on other images than ", data_.images_path);
    const std::vector<std::string> differences = config_differences(saved.config, config_);
    if (!differences.empty()) fail(state_path_, ": was started with other settings: ", differences.front());
    return std::move(saved.state);
  }

  void save() {
    write_file_atomic(state_path_, save_run({recipe_.name, data_.images_sha256, config_, trainer_.state()}));
    write_text(beside(".jsonl"), run_record(recipe_, config_, data_, trainer_.state()));
  }

  void finish() {
    const Precision precision = options_.f32 ? Precision::f32 : Precision::f16;
    ModelFile file{trainer_.shipped_model(), {}};
    // The figures are those of the rounded weights, the ones in the file.
    file = load_model(save_model(file, precision), options_.out);
    std::optional<Json> figures;
    if (test_) {
      figures = evaluation_json(evaluate_model(file.model, *test_, 0, pool_), *test_, 0);
      file.test = encode_dataset(file.model, *test_, pool_);
    }
    file.model.spec.provenance = provenance(recipe_, config_, data_, figures ? &*figures : nullptr);
    const std::vector<std::byte> bytes = save_model(file, precision);
    write_file_atomic(options_.out, bytes);
    write_card(file.model, bytes, figures);
    std::filesystem::remove(state_path_);
    print(text("wrote ", options_.out, ", ", bytes.size(), " bytes"));
    if (figures) print(text("test set: ", figures->dump()));
  }

  void write_card(const Model& model, std::span<const std::byte> bytes, const std::optional<Json>& figures) {
    CardFacts facts;
    facts.file_name = std::filesystem::path(options_.out).filename().string();
    facts.command = command_text(options_, facts.file_name);
    facts.file_bytes = bytes.size();
    facts.file_sha256 = sha256_hex(bytes);
    facts.threads = pool_.threads();
    for (const EpochReport& report : trainer_.state().history) facts.seconds += report.seconds;
    write_text(beside(".md"),
               model_card(recipe_, config_, data_, trainer_.state(), model, figures ? &*figures : nullptr, facts));
  }

  // The path of the weight file with another ending.
  std::string beside(const char* ending) const {
    return std::filesystem::path(options_.out).replace_extension(ending).string();
  }

  const Options& options_;
  const Recipe& recipe_;
  const Dataset data_;
  const TrainConfig config_;
  const std::optional<Dataset> test_;
  ThreadPool pool_;
  std::string state_path_;
  Trainer trainer_;
};

}  // namespace

void add_train(CLI::App& app) {
  auto options = std::make_shared<Options>();
  Options& o = *options;
  auto* command = app.add_subcommand("train", "Train a recipe and write its weights");
  command->add_option("recipe", o.recipe, "name of a recipe; `loom recipes` lists them")->required();
  add_data_options(*command, o.data);
  command->add_option("--out", o.out, "weight file to write (.safetensors)")->required();
  command->add_option("--epochs", o.epochs, "passes over the training images");
  command->add_option("--batch-size", o.batch_size, "images per optimiser step");
  command->add_option("--seed", o.seed, "of initial weights, order and noise")->check(CLI::NonNegativeNumber);
  command->add_option("--learning-rate", o.learning_rate, "peak of the schedule");
  command->add_option("--beta", o.beta, "weight of the KL term");
  command->add_option("--validation", o.validation_images, "training images kept apart to validate on");
  command->add_option("--threads", o.threads, "0: all; the weights do not depend on it")
      ->check(CLI::Range(0, 256))
      ->capture_default_str();
  command->add_flag("--resume", o.resume, "go on with the interrupted run of the same --out");
  command->add_flag("--f32", o.f32, "write 32-bit weights instead of 16-bit ones");
  command->callback([options] {
    std::signal(SIGINT, on_signal);
    std::signal(SIGTERM, on_signal);
    Run(*options, find_recipe(options->recipe))();
  });
}

}  // namespace loom
