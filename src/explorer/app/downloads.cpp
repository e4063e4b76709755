#include "explorer/app/downloads.h"

#include <utility>

#include "core/json/json.h"
#include "explorer/app/guarded.h"
#include "explorer/app/update.h"
#include "explorer/model/first_code.h"
#include "explorer/texts/texts.h"

namespace loom {
namespace {

// Whether to request a file whose download is in this state.
bool may_request(Download download, bool again) {
  return download == Download::none || (again && download == Download::failed);
}

// The message depends on whether the model was to be shown or to be compared.
void refuse_model(Explorer& explorer, std::size_t entry, std::string words) {
  explorer.downloads[entry].model = Download::failed;
  const bool switching = explorer.waiting == entry;
  if (switching) explorer.waiting.reset();
  if (switching || !explorer.model) {
    if (explorer.model) words += texts::kStillTheOldModel;
    explorer.message = Message{std::move(words), ChooseModel{explorer.catalogue[entry].id}};
  } else {
    explorer.message = Message{text(words, texts::kSecondModelMissing), LoadModel{explorer.catalogue[entry].id}};
  }
}

void refuse_replay(Explorer& explorer, std::size_t entry, std::string words) {
  explorer.downloads[entry].replay = Download::failed;
  explorer.message = Message{text(words, texts::kReplayMissing), LoadReplay{}};
}

}  // namespace

void set_catalogue(Explorer& explorer, std::vector<CatalogueEntry> catalogue) {
  explorer.catalogue = std::move(catalogue);
  explorer.models.clear();
  explorer.models.resize(explorer.catalogue.size());
  explorer.downloads.assign(explorer.catalogue.size(), {});
  const std::string linked = explorer.state.model;
  if (linked.empty() && !explorer.state.file.empty()) await_linked_file(explorer);
  const std::optional<std::size_t> entry = find_entry(explorer, linked);
  if (!explorer.catalogue.empty()) choose_model(explorer, entry.value_or(0));
  if (explorer.awaited) explorer.message = Message{texts::file_of_link(explorer.awaited->state.file), ChooseFile{}};
  if (!linked.empty() && !entry) explorer.message = Message{texts::unknown_model(quoted_name(linked)), std::nullopt};
}

void choose_model(Explorer& explorer, std::size_t entry) {
  if (explorer.models[entry]) return show_model(explorer, entry);
  if (explorer.waiting == entry) return;
  explorer.waiting = entry;
  explorer.progress = 0;
  explorer.message.reset();
  request_model(explorer, entry, true);
}

bool is_wanted(const Explorer& explorer, std::size_t entry) {
  if (explorer.pending) return explorer.pending->entry == entry;
  return !explorer.model && entry == find_entry(explorer, explorer.state.model).value_or(0);
}

void request_model(Explorer& explorer, std::size_t entry, bool again) {
  Download& download = explorer.downloads[entry].model;
  if (!may_request(download, again)) return;
  download = Download::requested;
  explorer.requests.push_back({Request::Kind::model, entry});
}

void request_replay(Explorer& explorer, std::size_t entry, bool again) {
  Download& download = explorer.downloads[entry].replay;
  if (explorer.catalogue[entry].replay.empty() || !may_request(download, again)) return;
  download = Download::requested;
  explorer.requests.push_back({Request::Kind::replay, entry});
}

void receive(Explorer& explorer, std::size_t index, std::span<const std::byte> bytes) {
  const CatalogueEntry& entry = explorer.catalogue.at(index);
  const auto load = [&] {
    check_download(entry, bytes);
    explorer.models[index] = std::make_unique<LoadedModel>(load_for_explorer(bytes, entry.file, entry.id));
  };
  if (!guarded(entry.file, load, [&](std::string words) { refuse_model(explorer, index, std::move(words)); })) return;
  explorer.downloads[index].model = Download::loaded;
  if (explorer.waiting != index) return;
  const std::optional<Message> note = explorer.model ? std::nullopt : explorer.message;  // about the link
  show_model(explorer, index);
  if (note && (!note->retry || asks_for_file(*note))) explorer.message = note;
}

void receive_start(Explorer& explorer, std::size_t index, std::span<const std::byte> bytes) {
  if (explorer.model || explorer.waiting != index) return;
  const std::optional<DecoderStart> start = load_decoder(bytes, explorer.catalogue.at(index).file);
  if (!start) return;
  const std::optional<RowVector> code = first_code(*start, explorer.state);
  if (!code) return;
  Workspace workspace;
  Preview preview{start->model.spec.image, {}};
  decode(start->model, *code, workspace, preview.picture.pixels);
  preview.picture.serial = 1;
  explorer.preview = std::move(preview);
}

void receive_failure(Explorer& explorer, std::size_t index, std::string_view reason) {
  refuse_model(explorer, index, text(explorer.catalogue.at(index).file, ": ", reason));
}

void receive_replay(Explorer& explorer, std::size_t index, std::span<const std::byte> bytes) {
  const CatalogueEntry& entry = explorer.catalogue.at(index);
  const auto load = [&] {
    check_replay_download(entry, bytes);
    if (!explorer.models[index]) fail(entry.replay, texts::kReplayTooEarly);
    explorer.replayed = {};
    explorer.replays[entry.id] = read_replay(bytes, entry.replay, explorer.models[index]->latent_dim());
  };
  if (guarded(entry.replay, load, [&](std::string words) { refuse_replay(explorer, index, std::move(words)); }))
    explorer.downloads[index].replay = Download::loaded;
}

void receive_replay_failure(Explorer& explorer, std::size_t index, std::string_view reason) {
  refuse_replay(explorer, index, text(explorer.catalogue.at(index).replay, ": ", reason));
}

}  // namespace loom
