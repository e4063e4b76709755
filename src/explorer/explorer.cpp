#include "explorer/explorer.h"

#include <algorithm>
#include <new>
#include <utility>

#include "core/error.h"
#include "core/json.h"
#include "explorer/first_view.h"
#include "explorer/link.h"
#include "explorer/tour.h"

namespace loom {

std::optional<std::size_t> find_entry(const Explorer& explorer, std::string_view id) {
  for (std::size_t i = 0; i < explorer.catalogue.size(); ++i)
    if (explorer.catalogue[i].id == id) return i;
  return std::nullopt;
}

void want_model(Explorer& explorer, std::size_t index) {
  if (explorer.asked[index] || explorer.request) return;
  explorer.asked[index] = true;
  explorer.request = index;
}

namespace {

void show(Explorer& explorer, std::size_t index) {
  const LoadedModel& model = *explorer.models[index];
  // Another model has other coordinates: a view made for the last one would show nothing, and z may lie far outside.
  if (explorer.model && explorer.model != &model) {
    explorer.state.view.reset();
    const Point from_home = explorer.state.z - model.home.center;
    if (length(from_home) > model.home.half) explorer.state.z = model.home.center;
  }
  if (explorer.model && explorer.model != &model) {
    // Pins, pictures and frames belong to the model they were set in.
    explorer.state.pins = {};
    explorer.state.plane = {};
    explorer.state.frame = -1;
    if (explorer.state.image >= model.file.test.size()) explorer.state.image = -1;
  }
  if (explorer.state.overlay != 0 && !overlays()[explorer.state.overlay].refusal(model).empty())
    explorer.state.overlay = 0;
  if (!explorer.state.placed) explorer.state.z = model.mu.empty() ? model.home.center : model.mu.front();
  explorer.state.placed = true;
  explorer.model = &model;
  explorer.preview.reset();
  explorer.state.model = explorer.catalogue[index].id;
  explorer.interaction = {};
  explorer.waiting.reset();
  explorer.message.reset();
}

void choose(Explorer& explorer, std::size_t index) {
  if (explorer.models[index]) return show(explorer, index);
  if (explorer.waiting == index) return;
  explorer.waiting = explorer.request = index;
  explorer.asked[index] = true;
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

void refuse_file(Explorer& explorer, std::string_view name) {
  explorer.message = Message{text(name, ": this page shows only what its author chose"), ""};
}

OverlayLayer* layer_at(const Study& study, std::size_t row) {
  return row < study.layers.size() ? study.layers[row].get() : nullptr;
}

// A step of the tour sets the whole view; model and theme stay, and at the end what was seen last.
void step_tour(Explorer& explorer, int by) {
  const int step = static_cast<int>(explorer.state.tour) + by;
  ExplorerState& state = explorer.state;
  if (step < 1 || step > static_cast<int>(tour().size())) {
    state.tour = 0;
    return;
  }
  ExplorerState next = read_link(tour()[static_cast<std::size_t>(step) - 1].link);
  next.model = state.model;
  next.theme = state.theme;
  next.z = state.z;
  next.tour = static_cast<std::size_t>(step);
  next.hidden = state.hidden;
  next.locked = state.locked;
  if (explorer.model && next.overlay != 0 && !overlays()[next.overlay].refusal(*explorer.model).empty())
    next.overlay = 0;
  state = std::move(next);
}

// A locked model can be asked for again after its download failed, but no other.
bool may_choose(const Explorer& explorer, std::size_t index) {
  if (!is_locked(explorer.state, Lock::model)) return true;
  return !explorer.model && index == find_entry(explorer, explorer.state.model).value_or(0);
}

void apply_to_models(Explorer& explorer, const Action& action) {
  if (const ChooseModel* chosen = std::get_if<ChooseModel>(&action)) {
    const std::optional<std::size_t> index = find_entry(explorer, chosen->id);
    if (index && may_choose(explorer, *index)) choose(explorer, *index);
  }
  if (std::holds_alternative<DismissMessage>(action)) explorer.message.reset();
  if (std::holds_alternative<ChooseFile>(action)) explorer.wants_file = explorer.takes_files();
  if (std::holds_alternative<Share>(action)) explorer.wants_share = explorer.can_share;
  if (const Do* task = std::get_if<Do>(&action)) task->work(explorer);
  if (std::holds_alternative<PressOverlay>(action))
    if (OverlayLayer* layer = layer_at(explorer.study, explorer.state.overlay)) layer->press();
  const StepTour* step = std::get_if<StepTour>(&action);
  if (step && !is_locked(explorer.state, Lock::tour)) step_tour(explorer, step->by);  // it changes all the rest, too
}

// The plane is the model's own; the state says which.
void follow_plane(Explorer& explorer) {
  if (!explorer.model) return;
  LoadedModel& model = *explorer.models[*find_entry(explorer, explorer.model->id)];
  const std::uint64_t before = model.projection_serial;
  set_plane(model, explorer.state.plane);
  explorer.state.plane = model.plane.choice();
  if (model.projection_serial != before) explorer.state.view.reset();
}

void follow_tool(Explorer& explorer) {
  if (explorer.tool_row == explorer.state.tool) return;
  explorer.tool_row = explorer.state.tool;
  explorer.tool = explorer.tool_row == 0 ? nullptr : tools()[explorer.tool_row].make();
}

// Encoding the garment under the ring in every frame is work that only some need. A picture of somebody's own stays on
// the plane, and is asked for once more when it has gone.
bool looks_at_subject(const Explorer& explorer) {
  const ExplorerState& state = explorer.state;
  return tools()[state.tool].subject || overlays()[state.overlay].subject || state.image >= 0 ||
         explorer.own.pixels.size() > 0 || explorer.subject.subject().origin != Origin::garment;
}

bool work_on_overlay(const Sight& sight, Study& study, const Deadline& deadline) {
  const std::size_t row = sight.state.overlay;
  if (row == 0 || !overlays()[row].refusal(sight.model).empty()) return false;
  if (study.layers.empty()) study.layers.resize(overlays().size());
  if (!study.layers[row]) study.layers[row] = overlays()[row].make();
  return study.layers[row]->work(sight, study.fields, deadline);
}

}  // namespace

void offer(Explorer& explorer, std::vector<CatalogueEntry> catalogue) {
  explorer.catalogue = std::move(catalogue);
  explorer.models.clear();
  explorer.models.resize(explorer.catalogue.size());
  explorer.asked.assign(explorer.catalogue.size(), false);
  explorer.replay_asked.assign(explorer.catalogue.size(), false);
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
    explorer.models[index] = std::make_unique<LoadedModel>(load_for_explorer(bytes, entry.file, entry.id));
    const std::optional<Message> note = explorer.model ? std::nullopt : explorer.message;  // about the link
    if (wanted) show(explorer, index);
    if (note) explorer.message = note;
  });
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
  const CatalogueEntry& entry = explorer.catalogue.at(index);
  if (explorer.waiting == index) explorer.waiting.reset();
  refuse(explorer, text(entry.file, ": ", reason), entry.id);
}

void open_own_file(Explorer& explorer, std::string_view name, std::span<const std::byte> bytes) {
  guarded(explorer, name, "", [&] {
    CatalogueEntry entry = own_file_entry(name, explorer.catalogue);
    auto model = std::make_unique<LoadedModel>(load_for_explorer(bytes, name, entry.id));
    explorer.catalogue.push_back(std::move(entry));
    explorer.models.push_back(std::move(model));
    explorer.asked.push_back(true);
    explorer.replay_asked.push_back(false);
    const bool first = explorer.model == nullptr;
    show(explorer, explorer.catalogue.size() - 1);
    if (!first) explorer.state.tool = find_tool("model");  // what was found in it
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

void receive_replay(Explorer& explorer, std::size_t index, std::span<const std::byte> bytes) {
  const CatalogueEntry& entry = explorer.catalogue.at(index);
  guarded(explorer, entry.replay, "", [&] {
    check_replay_download(entry, bytes);
    if (!explorer.models[index]) fail(entry.replay, ": came before its model");
    explorer.replays[entry.id] = read_replay(bytes, entry.replay, explorer.models[index]->latent_dim());
  });
}

void receive_replay_failure(Explorer& explorer, std::size_t index, std::string_view reason) {
  explorer.message = Message{text(explorer.catalogue.at(index).replay, ": ", reason), ""};
}

void want_replay(Explorer& explorer, std::size_t index) {
  if (explorer.catalogue[index].replay.empty() || explorer.replay_asked[index]) return;
  explorer.replay_asked[index] = true;
  explorer.replay_request = index;
}

void open_any_file(Explorer& explorer, std::string_view name, std::span<const std::byte> bytes) {
  if (is_locked(explorer.state, is_own_set(bytes) ? Lock::image : Lock::model)) return refuse_file(explorer, name);
  if (!is_own_set(bytes)) return open_own_file(explorer, name, bytes);
  guarded(explorer, name, "", [&] {
    OwnSet set = read_own_set(bytes, name);
    if (explorer.model && set.shape != explorer.model->file.model.spec.image)
      fail(name, ": pictures of ", image_shape_text(set.shape), ", this model has ",
           image_shape_text(explorer.model->file.model.spec.image));
    if (explorer.model && set.size() != explorer.model->file.test.size())
      fail(name, ": ", set.size(), " pictures, but this model's file has ", explorer.model->file.test.size(),
           " encoded ones: they must be the same test set");
    set.serial = explorer.set.serial + 1;
    explorer.set = std::move(set);
    explorer.own.pixels.resize(0, 0);
    explorer.state.tool = find_tool("image");
    if (explorer.state.image < 0) explorer.state.image = 0;
  });
}

void open_own_picture(Explorer& explorer, std::string_view name, std::span<const std::uint8_t> grey, Index width,
                      Index height) {
  if (!explorer.model) return;
  if (is_locked(explorer.state, Lock::image)) return refuse_file(explorer, name);
  guarded(explorer, name, "", [&] {
    explorer.own.pixels = fitted_picture(grey, width, height, explorer.model->file.model.spec.image, name);
    explorer.own.name = name;
    ++explorer.own.serial;
    if (!tools()[explorer.state.tool].subject) explorer.state.tool = find_tool("image");
  });
}

Sight sight_of(const Explorer& explorer, const Rect& plane) {
  return {
      *explorer.model, explorer.state,        explorer.state.z,           current_view(explorer.state, explorer.model),
      plane,           explorer.study.fields, &explorer.subject.subject()};
}

Sight other_sight_of(const Explorer& explorer, const Rect& plane) {
  const Companion& other = explorer.other;
  // Where coordinates are shared both planes show the same part.
  const View view = other.by_image ? other.model->home : current_view(explorer.state, explorer.model);
  return {*other.model, explorer.state, other.z, view, plane, other.study.fields, nullptr};
}

const OverlayLayer* layer_of(const Explorer& explorer, const Study& study) {
  return layer_at(study, explorer.state.overlay);
}

bool work(Explorer& explorer, const Input& input, const Deadline& deadline) {
  if (!explorer.model) return false;
  bool more = work_on_overlay(sight_of(explorer, input.plane), explorer.study, deadline);
  if (explorer.other.model && input.other_plane.width > 0)
    more |= work_on_overlay(other_sight_of(explorer, input.other_plane), explorer.other.study, deadline);
  if (explorer.tool && tools()[explorer.tool_row].refusal(explorer).empty())
    more |= explorer.tool->work(explorer, deadline);
  return more;
}

void advance(Explorer& explorer, const Input& input) {
  const ExplorerState before = explorer.state;
  for (const Action& action : input.actions) apply_to_models(explorer, action);
  update(explorer.state, explorer.interaction, input, explorer.model);
  if (before.locked != 0) {
    // Whatever was done, and by whichever key, button or tool.
    keep_locked(before, explorer.state);
    clamp_state(explorer.state, explorer.model);
  }
  follow_plane(explorer);
  follow_tool(explorer);
  if (!explorer.model) return;
  if (explorer.state.overlay != 0 && !overlays()[explorer.state.overlay].refusal(*explorer.model).empty())
    explorer.state.overlay = 0;  // a link may ask for what this model cannot have
  follow_study(explorer.study, *explorer.model);
  meet_other_plane(explorer, input);
  follow_companion(explorer);
  explorer.reader.look_at(*explorer.model, explorer.state.z);
  explorer.reader.look_at_encoded(*explorer.model, explorer.interaction.hovered);
  if (looks_at_subject(explorer))
    explorer.subject.look(*explorer.model, explorer.state, explorer.reader.picture(), explorer.own, explorer.set);
}

}  // namespace loom
