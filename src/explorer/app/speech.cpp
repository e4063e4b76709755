#include "explorer/app/speech.h"

#include "core/text.h"
#include "explorer/state/number_text.h"

namespace loom {
namespace {

// Inside of a sentence: "ankle boot", but "T-shirt/top" and "8".
std::string lower_name(const std::string& name) {
  std::string out = name;
  const bool word = out.size() > 1 && out[0] >= 'A' && out[0] <= 'Z' && out[1] >= 'a' && out[1] <= 'z';
  if (word) out[0] = static_cast<char>(out[0] - 'A' + 'a');
  return out;
}

// With the keyboard's minus, which speech programs read as one.
std::string spoken_number(float value) {
  const std::string digits = fixed_text(static_cast<double>(value), 2);
  return digits == "-0.00" ? "0.00" : digits;
}

std::string shown_classes(const LoadedModel& model, const ExplorerState& state) {
  if (state.isolated == 0) return "All classes are shown. ";
  std::string names;
  for (std::size_t c = 0; c < model.class_names.size() && c < kMaxIsolated; ++c)
    if (is_class_shown(state, c)) names += text(names.empty() ? "" : ", ", lower_name(model.class_names[c]));
  return text("Only ", names, ". ");
}

}  // namespace

std::string spoken_crowd(const LoadedModel& model, const Neighbourhood& near) {
  if (model.mu.empty()) return "this file has no encoded images";
  if (near.hole) return "a hole";
  switch (near.crowd) {
    case Crowd::dense: return "dense region";
    case Crowd::sparse: return "thin region";
    case Crowd::empty: break;
  }
  return "empty, far out";
}

std::string spoken_text(const Explorer& explorer) {
  return explorer.message ? explorer.message->text : spoken_place(explorer);
}

std::string spoken_place(const Explorer& explorer) {
  if (!explorer.model) return {};
  const LoadedModel& model = *explorer.model;
  const Neighbourhood& near = explorer.reader.neighbourhood();
  std::string out = text("z ", spoken_number(explorer.state.z.x), ", ", spoken_number(explorer.state.z.y), ": ");
  for (std::size_t i = 0; i < near.shown; ++i)
    out += text(i == 0 ? "about " : ", ", percent_text(near.top[i].share), ' ',
                lower_name(model.class_names[near.top[i].class_id]));
  return out + (near.shown > 0 ? "; " : "") + spoken_crowd(model, near);
}

std::string Speaker::say(const Explorer& explorer) {
  const std::string place = spoken_text(explorer);
  if (!explorer.model) return place;
  const ExplorerState& state = explorer.state;
  std::string news;
  if (began_) {
    if (model_ != explorer.model->id)
      for (const CatalogueEntry& entry : explorer.catalogue)
        if (entry.id == explorer.model->id) news += text("Model: ", entry.title, ". ");
    if (overlay_ != state.overlay)
      news += state.overlay == 0 ? "No overlay. " : text("Overlay: ", overlays()[state.overlay].name, ". ");
    if (tool_ != state.tool) news += state.tool == 0 ? "No tool. " : text("Tool: ", tools()[state.tool].name, ". ");
    if (isolated_ != state.isolated) news += shown_classes(*explorer.model, state);
  }
  if (!news.empty())
    news_ = std::move(news);
  else if (z_ != state.z)
    news_.clear();
  began_ = true;
  model_ = explorer.model->id;
  overlay_ = state.overlay, tool_ = state.tool, isolated_ = state.isolated, z_ = state.z;
  return explorer.message ? place : news_ + place;
}

}  // namespace loom
