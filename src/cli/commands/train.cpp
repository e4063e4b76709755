#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>

#include "cli/commands/commands.h"
#include "cli/common.h"
#include "cli/training/output.h"
#include "cli/training/progress.h"
#include "cli/training/train_options.h"
#include "cli/training/trained.h"
#include "core/arithmetic.h"
#include "core/error.h"
#include "core/files/file.h"
#include "core/files/file_lock.h"
#include "core/files/sha256.h"
#include "data/identity.h"
#include "train/fit_pca.h"
#include "train/recipe_json.h"
#include "train/run_record.h"
#include "train/session/dataset.h"
#include "train/session/settings.h"
#include "train/train_state.h"
#include "weights/tensor.h"

namespace loom {
namespace {

// A crash or a power cut loses at most this much work.
constexpr double kSaveEverySeconds = 60;

std::atomic<bool> interrupted{false};

void on_signal(int signal) {
  interrupted = true;
  std::signal(signal, SIG_DFL);  // a second one ends the program at once
}

Dataset read_training_set(const DataSource& source, const Recipe& recipe) {
  Dataset data = read_data(source, Split::train);
  const std::string part = part_text(data);
  const DatasetIdentity* origin = find_dataset(origin_name(data));
  if (!part.empty() && origin != nullptr && origin->name != recipe.dataset)
    fail(data.images_path, ": holds ", part, "; the recipe is for ", recipe.dataset);
  if (!part.empty())
    print_note(text(data.images_path, " holds ", part));
  else if (data.name == kCustomDataset)
    print_note(
        text(data.images_path, " is not a published data set that this program knows; it is used as your own data"));
  else
    require_identity(data, recipe.dataset);
  return data;
}

// The test set beside the training set, if there is one that belongs to it.
std::optional<Dataset> find_test_set(const DataSource& source, const Dataset& training) {
  std::optional<Dataset> test;
  try {
    test = read_data(source, Split::test);
  } catch (const Error& error) {
    if (!source.test_path.empty()) throw;  // it was asked for
    print_note(text("the test set cannot be read, so no test figures and no encoded test images: ", error.what()));
    return std::nullopt;
  }
  if (origin_name(*test) != origin_name(training) || test->shape != training.shape)
    fail(test->images_path, ": is ", origin_name(*test), " of ", image_shape_text(test->shape),
         ", the training set is ", origin_name(training), " of ", image_shape_text(training.shape));
  return test;
}

// One seed: from initial weights, or an interrupted run, to a weight file with its card.
class Run {
 public:
  Run(const Task& task, Recipe recipe, std::string out)
      : task_(task),
        recipe_(std::move(recipe)),
        config_(recipe_.training),
        out_(std::move(out)),
        state_path_(state_path(out_)),
        lock_(out_),
        trainer_(task.data, config_, start(), task.pool, task.test ? &*task.test : &task.data) {}

  // Trains to the end or until interrupted. `repeats` are figures of other seeds to be reported beside this one's.
  Json operator()(const Json& repeats) {
    print(text(recipe_.name, ": ", parameter_count(trainer_.state().model), " weights, ", task_.data.size(),
               " images of ", origin_name(task_.data), " (", config_.validation_images, " for validation), ",
               config_.epochs, " epochs, ", task_.pool.threads(), " threads, seed ", config_.seed));
    save();  // fails now, not after the first epoch, if the file cannot be written
    Progress progress(trainer_);
    while (!trainer_.finished()) {
      const bool epoch_done = step();
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
        fail("interrupted; nothing is lost: the same command with --resume continues from step ", trainer_.state().step,
             " of ", trainer_.total_steps());
      }
    }
    return finish(repeats);
  }

 private:
  TrainState start() {
    const TrainOptions& options = task_.options;
    remove_left_temporary_files(out_);
    if (options.force && !options.resume) std::filesystem::remove(state_path_);
    if (!std::filesystem::exists(state_path_)) {
      if (options.resume && options.repeats == 1) fail(state_path_, ": there is no interrupted run to resume");
      Model model = task_.start ? model_to_go_on(*task_.start, recipe_, task_.data, options.start)
                                : build_recipe(recipe_, task_.data);
      check_saveable(model, options.f32 ? Precision::f32 : Precision::f16, task_.test ? task_.test->size() : 0, out_);
      return make_train_state(std::move(model), config_);
    }
    if (!options.resume)
      fail(state_path_, ": holds an interrupted run; add --resume to continue it, or --force to begin again");
    SavedRun saved = load_run(read_file(state_path_, kTrainingStateFile.bytes), state_path_);
    require_same_arithmetic(saved, state_path_);
    if (saved.recipe.name != recipe_.name)
      fail(state_path_, ": holds a run of ", saved.recipe.name, ", not of ", recipe_.name);
    if (saved.images_sha256 != task_.data.images_sha256)
      fail(state_path_, ": that run was training on other images than ", task_.data.images_path);
    const std::vector<std::string> differences = recipe_differences(saved.recipe, recipe_);
    if (!differences.empty())
      fail(state_path_, ": that run was started with other settings: ", differences.front(),
           "; --force without --resume begins again");
    return std::move(saved.state);
  }

  // A step that fails leaves the state as it was before; it is saved, so that nothing is lost.
  bool step() {
    try {
      return trainer_.step();
    } catch (const Error& error) {
      save();
      fail(error.what(), "; the ", trainer_.state().step, " steps before are kept in ", state_path_,
           "; the same command with --force and another setting, such as --learning-rate ",
           short_text(config_.learning_rate / 10, 6), ", begins again");
    }
  }

  void save() {
    write_file_atomic(state_path_, save_run({recipe_, task_.data.images_sha256, trainer_.state(), is_portable()}));
    write_text(with_ending(out_, ".jsonl"), run_record(recipe_, task_.data, trainer_.state()));
  }

  Json finish(const Json& repeats) {
    const Trained trained{trainer_.shipped_model(), trainer_.state().history};
    const Json figures = write_trained(task_, recipe_, out_, trained, repeats);
    const std::vector<ReplayFrame>& replay = trainer_.state().replay;
    const std::string name = std::filesystem::path(out_).stem().string();
    write_file_atomic(with_ending(out_, ".replay.safetensors"),
                      save_replay(name, replay, trained.history, task_.test ? *task_.test : task_.data));
    std::filesystem::remove(state_path_);
    return figures;
  }

  const Task& task_;
  const Recipe recipe_;
  const TrainConfig& config_;
  const std::string out_, state_path_;
  const FileLock lock_;  // from before the state is read
  Trainer trainer_;
};

// Principal components need no epochs: the moments of the training images, then one decomposition.
Json fit_pca(const Task& task, const Recipe& recipe) {
  const auto begin = std::chrono::steady_clock::now();
  Model model = build_recipe(recipe, task.data);
  const PrincipalComponents pca = fit_principal_components(task.data, recipe.training, recipe.latent_dim, task.pool);
  set_principal_components(pca, model);
  Trained trained{std::move(model), {}};
  trained.pca = &pca;
  trained.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return write_trained(task, recipe, task.options.out, trained, {});
}

// The figures of another seed that an earlier, interrupted command finished; nothing if there is no such file.
std::optional<Json> finished_repeat(const std::string& path, const Recipe& recipe, const Dataset& data) {
  if (!std::filesystem::exists(path)) return std::nullopt;
  const ModelFile file = read_model(path);
  const auto& entries = file.model.spec.provenance;
  const auto is = [&](const char* key, const std::string& wanted) {
    const auto entry = entries.find(key);
    return entry != entries.end() && entry->second == wanted;
  };
  const auto metrics = entries.find("metrics");
  if (!is("recipe", recipe.name) || !is("settings", recipe_json(recipe).dump()) ||
      !is("dataset_images_sha256", data.images_sha256) || metrics == entries.end())
    fail(path, ": exists already, but is not a repeat of this command; remove it or choose another --out");
  return parse_json(metrics->second, path);
}

void train(const TrainOptions& options) {
  const Recipe& named = find_recipe(options.recipe);
  check_output(options.out, named.name, options.force, options.resume);
  if (options.portable) set_portable_arithmetic(true);
  Dataset data = read_training_set(options.data, named);
  keep_first(data, options.first);
  const Recipe recipe = effective_recipe(options, data.size());
  const std::optional<Dataset> test = find_test_set(options.data, data);
  ThreadPool pool(thread_count(options.threads));
  Task task{options, data, test, pool};
  if (!options.start.empty()) {
    const std::vector<std::byte> bytes = read_file(options.start, kMaxWeightFileBytes);
    task.start = load_model(bytes, options.start).model;
    task.started_from = sha256_hex(bytes);
  }
  if (recipe.method == "pca") {
    if (task.start) fail("principal components do not depend on initial weights, so --start has no effect");
    if (options.repeats > 1) fail("principal components do not depend on the seed, so --repeats has no effect");
    const FileLock lock(options.out);
    fit_pca(task, recipe);
    return;
  }
  if (options.repeats > 1 && !test) fail("--repeats compares test figures, but there is no test set");
  Json repeats;
  for (int k = 1; k < options.repeats; ++k) {
    Recipe other = recipe;
    other.training.seed += static_cast<std::uint64_t>(k);
    check_recipe(other);  // the sum may be beyond the largest seed
    const std::string out = with_ending(options.out, text(".seed", other.training.seed, ".safetensors"));
    std::optional<Json> figures = finished_repeat(out, other, data);
    if (!figures) figures = Run(task, other, out)({});
    repeats.push(std::move(*figures));
  }
  Run(task, recipe, options.out)(repeats);
}

}  // namespace

void add_train(CLI::App& app) {
  auto options = std::make_shared<TrainOptions>();
  auto* command = app.add_subcommand("train", "Train a model by a recipe and write its weights");
  add_train_options(*command, *options);
  command->callback([options] {
    std::signal(SIGINT, on_signal);
    std::signal(SIGTERM, on_signal);
    train(*options);
  });
}

}  // namespace loom
