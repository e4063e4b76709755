#include "explorer/explorer.h"

#include <algorithm>
#include <new>
#include <utility>

#include "core/error.h"
#include "core/json.h"
#include "explorer/link.h"
#include "explorer/number_text.h"

namespace loom {
namespace {

std::optional<std::size_t> find_entry(const Explorer& explorer, std::string_view id) {
  for (std::size_t i = 0; i < explorer.catalogue.size(); ++i)
    if (explorer.catalogue[i].id == id) return i;
  return std::nullopt;
}

void show(Explorer& explorer, std::size_t index) {
  const LoadedModel& model = *explorer.models[index];
  // Another model has other coordinates: a view made for the last one would show nothing, and z may lie far outside.
  if (explorer.model && explorer.model != &model) {
    explorer.state.view.reset();
    const Point from_home = explorer.state.z - model.home.center;
    if (length(from_home) > model.home.half) explorer.state.z = model.home.center;
  }
  explorer.model = &model;
  explorer.state.model = explorer.catalogue[index].id;
  explorer.interaction = {};
  explorer.waiting.reset();
  explorer.message.reset();
}

void choose(Explorer& explorer, std::size_t index) {
  if (explorer.models[index]) return show(explorer, index);
  if (explorer.waiting == index) return;
  explorer.waiting = explorer.request = index;
  explorer.progress = 0;
  explorer.message.reset();
}

void refuse(Explorer& explorer, std::string text, std::string retry) {
  if (explorer.model) text += ". The model you see is the one before.";
  explorer.message = Message{std::move(text), std::move(retry)};
}

// Calls work() and turns everything that a strange file can cause into a message.
template <class Work>
void guarded(Explorer& explorer, std::string_view name, std::string retry, Work&& work) {
  try {
    work();
  } catch (const Error& error) {
    refuse(explorer, error.what(), std::move(retry));
  } catch (const std::bad_alloc&) {
    refuse(explorer, text(name, ": too large for the memory of this page"), std::move(retry));
  }
}

void apply_to_models(Explorer& explorer, const Action& action) {
  if (const ChooseModel* chosen = std::get_if<ChooseModel>(&action))
    if (const std::optional<std::size_t> index = find_entry(explorer, chosen->id)) choose(explorer, *index);
  if (std::holds_alternative<DismissMessage>(action)) explorer.message.reset();
  if (std::holds_alternative<ChooseFile>(action)) explorer.wants_file = true;
}

}  // namespace

void offer(Explorer& explorer, std::vector<CatalogueEntry> catalogue) {
  explorer.catalogue = std::move(catalogue);
  explorer.models.clear();
  explorer.models.resize(explorer.catalogue.size());
  const std::string linked = explorer.state.model;
  const std::optional<std::size_t> index = find_entry(explorer, linked);
  if (!explorer.catalogue.empty()) choose(explorer, index.value_or(0));
  if (!linked.empty() && !index)
    explorer.message =
        Message{text("The link asks for the model ", quoted(linked), ", which is not here: this is another one."), ""};
}

void receive(Explorer& explorer, std::size_t index, std::span<const std::byte> bytes) {
  const CatalogueEntry& entry = explorer.catalogue.at(index);
  const bool wanted = explorer.waiting == index;
  if (wanted) explorer.waiting.reset();
  guarded(explorer, entry.file, entry.id, [&] {
    check_download(entry, bytes);
    explorer.models[index] = std::make_unique<LoadedModel>(make_loaded_model(load_model(bytes, entry.file), entry.id));
    const std::optional<Message> note = explorer.model ? std::nullopt : explorer.message;  // about the link
    if (wanted) show(explorer, index);
    if (note) explorer.message = note;
  });
}

void receive_failure(Explorer& explorer, std::size_t index, std::string_view reason) {
  const CatalogueEntry& entry = explorer.catalogue.at(index);
  if (explorer.waiting == index) explorer.waiting.reset();
  refuse(explorer, text(entry.file, ": ", reason), entry.id);
}

void open_own_file(Explorer& explorer, std::string_view name, std::span<const std::byte> bytes) {
  guarded(explorer, name, "", [&] {
    CatalogueEntry entry = own_file_entry(name, explorer.catalogue);
    auto model = std::make_unique<LoadedModel>(make_loaded_model(load_model(bytes, name), entry.id));
    explorer.catalogue.push_back(std::move(entry));
    explorer.models.push_back(std::move(model));
    show(explorer, explorer.catalogue.size() - 1);
  });
}

void follow_link(Explorer& explorer, std::string_view link) {
  const ExplorerState old = std::exchange(explorer.state, read_link(link));
  explorer.state.help = old.help;
  const std::string wanted = std::exchange(explorer.state.model, old.model);
  const std::optional<std::size_t> index = find_entry(explorer, wanted);
  if (!index || (explorer.model && explorer.model->id == wanted)) return;
  // The view and z of the link are the new model's, so nothing is reset when it comes.
  if (explorer.models[*index]) explorer.model = nullptr;
  choose(explorer, *index);
}

void advance(Explorer& explorer, const Input& input) {
  for (const Action& action : input.actions) apply_to_models(explorer, action);
  update(explorer.state, explorer.interaction, input, explorer.model);
  if (!explorer.model) return;
  explorer.reader.look_at(*explorer.model, explorer.state.z);
  explorer.reader.look_at_encoded(*explorer.model, explorer.interaction.hovered);
}

std::string spoken_text(const Explorer& explorer) {
  if (explorer.message) return explorer.message->text;
  if (!explorer.model) return {};
  const Point z = explorer.state.z;
  return text("z ", pair_text(z.x, z.y, 2), ": ", looks_like_text(*explorer.model, explorer.reader.neighbourhood()));
}

}  // namespace loom
