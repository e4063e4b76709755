#include "explorer/app/training.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/error.h"
#include "core/json/json_item.h"
#include "explorer/app/guarded.h"
#include "explorer/app/update.h"
#include "explorer/link/link.h"
#include "explorer/model/images/input_image.h"
#include "explorer/state/number_text.h"
#include "explorer/texts/texts.h"

namespace loom {
namespace {

// Above the serials of all other models: caches compare address and serial, and the address of a model that has been
// freed may be used again.
constexpr std::uint64_t kFirstSerial = 1 << 20;

// Before training a plain autoencoder's codes lie on one another; its view must not be as small, nor z be moved there.
constexpr float kLeastHalf = 3;

// Keeps the home view of the model before unless the marks need another: it must not change with every update.
void steady_home(LoadedModel& trained, const View& before) {
  constexpr float kWasted = 0.6f, kRoom = 1.15f;
  View& home = trained.home;
  const Point away = home.center - before.center;
  const bool inside = std::max(std::fabs(away.x), std::fabs(away.y)) + home.half <= before.half;
  if (inside && home.half > kWasted * before.half)
    home = before;
  else
    home.half *= kRoom;
}

// Measures the map once after each epoch, with the first model that arrives then.
void note_map(TrainingRun& run, const LoadedModel& model) {
  if (model.mu.empty() || (!run.map.empty() && run.map.back().epoch >= run.epoch)) return;
  const ClassGroups groups = class_groups(model);
  const MapMeasures measures = measure_map(model, groups);
  MapFigures figures{run.epoch, std::nullopt, std::nullopt};
  if (model.labelled) figures.accuracy = static_cast<float>(measures.accuracy);
  if (measures.holes) figures.holes = static_cast<float>(*measures.holes);
  run.map.push_back(figures);
  run.news.clear();
  const auto apart = run.separation.take(measures);
  if (!apart) return;
  std::string a = groups.names[(*apart)[0]];
  const std::string& b = groups.names[(*apart)[1]];
  if (groups.known) a[0] = static_cast<char>(a[0] - 'a' + 'A');  // it begins the sentence
  run.news = groups.known ? texts::groups_apart(a, b) : texts::classes_apart(a, b);
}

void stop_training(Explorer& explorer, std::string_view reason) {
  explorer.training.phase = TrainPhase::failed;
  explorer.training.failure = texts::training_failed(reason);
}

std::size_t entry_of_trained(Explorer& explorer) {
  if (const auto found = find_entry(explorer, kTrainedHere)) return *found;
  explorer.catalogue.push_back(trained_entry());
  explorer.models.push_back(nullptr);
  explorer.downloads.push_back({.model = Download::loaded});
  return explorer.catalogue.size() - 1;
}

TrainImages read_training_images(const JsonItem& item) {
  TrainImages images;
  images.count = static_cast<std::uint32_t>(item.at("count").integer(0, kMostTrainImages));
  const std::int64_t least = images.count > 0 ? 1 : 0;
  images.height = static_cast<std::uint32_t>(item.at("height").integer(least, kMaxImageSide));
  images.width = static_cast<std::uint32_t>(item.at("width").integer(least, kMaxImageSide));
  for (const JsonItem& name : item.at("class_names").elements()) images.class_names.push_back(name.string());
  images.words = item.at("words").string();
  return images;
}

}  // namespace

void receive_training_status(Explorer& explorer, std::string_view json) {
  TrainingRun& run = explorer.training;
  const auto take = [&] {
    TrainingRun next = run;
    read_training_status(json, next);
    if (next.phase == TrainPhase::kept) {
      if (run.phase != TrainPhase::none) return;  // the visitor has begun another
      next.choice = read_link(next.link).train;
      if (is_locked(explorer.state, Lock::train) && !(next.choice == explorer.state.train)) return;
    }
    run = std::move(next);
  };
  guarded(texts::kTrainedHere, take, [&](std::string words) { stop_training(explorer, words); });
}

void receive_trained_model(Explorer& explorer, std::span<const std::byte> bytes) {
  const auto take = [&] {
    auto trained =
        std::make_unique<LoadedModel>(load_for_explorer(bytes, texts::kTrainedHere, std::string(kTrainedHere)));
    trained->home.half = std::max(trained->home.half, kLeastHalf);
    const std::size_t entry = entry_of_trained(explorer);
    const LoadedModel* before = explorer.models[entry].get();
    trained->projection_serial += before ? before->projection_serial : kFirstSerial;
    trained->plane_serial += before ? before->plane_serial : kFirstSerial;
    const bool first = !std::exchange(explorer.training.has_model, true);
    if (first) explorer.replays.erase(std::string(kTrainedHere));  // of the run before
    if (before && !first) steady_home(*trained, before->home);
    note_map(explorer.training, *trained);
    adopt_trained(explorer, entry, std::move(trained), first);
  };
  guarded(texts::kTrainedHere, take, [&](std::string words) { stop_training(explorer, words); });
}

bool keep_trained(Explorer& explorer) {
  const std::optional<std::size_t> trained = find_entry(explorer, kTrainedHere);
  if (!trained || !explorer.models[*trained]) return false;
  const auto copy = [&] {
    CatalogueEntry entry = kept_entry(explorer.catalogue[*trained], explorer.catalogue);
    const TrainingRun& run = explorer.training;
    entry.what = texts::kept_what(run.epoch, run.choice.variational ? number_text(double{run.choice.beta}, 2) : "");
    const LoadedModel& model = *explorer.models[*trained];
    auto kept = std::make_unique<LoadedModel>(make_loaded_model(model.file, entry.id));
    kept->home = model.home;
    if (const TestImages* originals = originals_of(explorer, model)) explorer.kept_images[entry.id] = *originals;
    explorer.catalogue.push_back(std::move(entry));
    explorer.models.push_back(std::move(kept));
    explorer.downloads.push_back({.model = Download::loaded});
  };
  return guarded(texts::kTrainedHere, copy,
                 [&](std::string words) { explorer.message = Message{std::move(words), std::nullopt}; });
}

void receive_training_images(Explorer& explorer, std::string_view json) {
  constexpr std::string_view kName = "training images";
  const auto take = [&] {
    const Json document = parse_json(json, kName);
    const JsonItem item(document, kName);
    const auto chosen = item.find("choose");
    const bool choose = chosen && chosen->boolean();
    explorer.own_images = read_training_images(item);
    if (!choose) return;
    if (is_locked(explorer.state, Lock::train)) fail(texts::kTrainData.back(), texts::kLockedByAuthor);
    TrainChoice choice = explorer.state.train;
    choice.data = TrainData::own;
    choice.leave_out = choice.only = -1;
    apply(explorer, ChooseTraining{choice});
    apply(explorer, ChooseTool{"train"});
  };
  guarded(kName, take, [&](std::string words) { explorer.message = Message{std::move(words), std::nullopt}; });
}

std::vector<std::uint8_t> fitted_training_image(std::span<const std::uint8_t> grey, Index width, Index height,
                                                std::string_view name) {
  const Matrix fitted = fitted_image(grey, width, height, find_dataset("fashion-mnist")->shape, name);
  std::vector<std::uint8_t> pixels;
  for (Index i = 0; i < fitted.size(); ++i)
    pixels.push_back(static_cast<std::uint8_t>(std::lround(255 * fitted.data()[i])));
  return pixels;
}

std::vector<std::byte> weights_to_go_on_from(const Explorer& explorer) {
  const ModelFile& file = explorer.model->file;
  std::vector<std::byte> exact = save_model(file, Precision::f32);
  try {
    const std::vector<std::byte> half = save_model(file, Precision::f16);
    if (save_model(load_model(half, texts::kWeights), Precision::f32) == exact) return half;
  } catch (const Error&) {
    // A number does not fit into f16.
  }
  return exact;
}

void receive_trained_originals(Explorer& explorer, std::span<const std::uint8_t> pixels, Index height, Index width) {
  explorer.trained_images =
      TestImages(std::string(texts::kTrainedHere), {1, height, width}, {pixels.begin(), pixels.end()});
}

void receive_training_replay(Explorer& explorer, std::span<const std::byte> bytes) {
  const auto take = [&] {
    const std::optional<std::size_t> entry = find_entry(explorer, kTrainedHere);
    if (!entry || !explorer.models[*entry]) return;
    const std::string id(kTrainedHere);
    explorer.replayed = {};
    explorer.replays[id] = read_replay(bytes, texts::kTrainedHere, explorer.models[*entry]->latent_dim());
    explorer.downloads[*entry].replay = Download::loaded;
  };
  guarded(texts::kTrainedHere, take,
          [&](std::string words) { explorer.message = Message{std::move(words), std::nullopt}; });
}

}  // namespace loom
