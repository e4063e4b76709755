#include "explorer/app/access/accessibility_tree.h"

#include <array>

#include "core/json/json.h"
#include "explorer/app/access/speech.h"
#include "explorer/link/link_place.h"
#include "explorer/state/number_text.h"
#include "explorer/state/parts.h"
#include "explorer/state/tour.h"
#include "explorer/texts/explanations.h"
#include "explorer/texts/texts.h"
#include "explorer/texts/tips.h"

namespace loom {
namespace {

// Range of the sliders for directions outside the plane, in standard deviations of the encoded means; as in
// tool_plane.cpp.
constexpr float kReach = 3;
constexpr std::array<std::string_view, 3> kThemes{"automatic", "light", "dark"};
constexpr std::array<std::string_view, 7> kKinds{"words", "heading", "fact", "picture", "button", "choice", "slider"};

double number(float value) { return std::isfinite(value) ? static_cast<double>(value) : 0.0; }

template <class Row>
Json row_json(const Row& row, std::string_view refusal) {
  Json json;
  json.set("id", row.key).set("name", row.name).set("what", row.what).set("why", row.why).set("source", row.source);
  return json.set("refusal", refusal);
}

Json slider_json(std::string id, std::string name, float value, float low, float high) {
  Json json;
  json.set("id", std::move(id)).set("name", std::move(name)).set("value", number(value));
  return json.set("low", number(std::min(low, value))).set("high", number(std::max(high, value)));
}

// The two coordinates of z on the plane, then those along the other directions.
Json sliders_json(const Explorer& explorer) {
  Json sliders{Json::Array{}};
  if (!explorer.model) return sliders;
  const LoadedModel& model = *explorer.model;
  const ExplorerState& state = explorer.state;
  const PlaneChoice& choice = model.plane.choice();
  const Point low = model.home.center - Point{model.home.half, model.home.half};
  const Point high = model.home.center + Point{model.home.half, model.home.half};
  sliders.push(slider_json("x", direction_name(choice, choice.axes[0]), state.z.x, low.x, high.x));
  sliders.push(slider_json("y", direction_name(choice, choice.axes[1]), state.z.y, low.y, high.y));
  if (!model.plane.has_rest()) return sliders;
  for (Index k = 0; k < model.plane.dimensions(); ++k) {
    const auto at = static_cast<std::size_t>(k);
    if (at == choice.axes[0] || at == choice.axes[1]) continue;
    const float value = at < choice.others.size() ? choice.others[at] : 0;
    const float reach = kReach * std::max(model.plane.spread(k), 0.05f);
    sliders.push(slider_json(text("w", k), direction_name(choice, at), value, -reach, reach));
  }
  return sliders;
}

Json node_json(const AccessibleNode& node) {
  Json json;
  json.set("kind", kKinds[static_cast<std::size_t>(node.kind)]).set("id", node.id).set("words", node.words);
  if (node.kind == AccessibleNode::Kind::fact) json.set("value", node.value);
  if (node.kind == AccessibleNode::Kind::choice) json.set("on", node.on);
  if (node.kind == AccessibleNode::Kind::slider)
    json.set("value", number(node.at)).set("low", number(node.low)).set("high", number(node.high));
  if (node.whole) json.set("whole", true);
  return json;
}

Json legend_json(const Legend& legend) {
  Json lines{Json::Array{}}, buttons{Json::Array{}};
  for (const std::string& line : legend.lines) lines.push(line);
  if (!legend.hatched.empty()) lines.push(texts::hatched_spoken(legend.hatched));
  for (const Legend::Button& button : legend.buttons) buttons.push(button.label);
  Json json;
  return json.set("lines", std::move(lines)).set("buttons", std::move(buttons));
}

Json tour_json(std::size_t step) {
  Json json;
  json.set("step", step);
  if (step > 0) json.set("title", tour()[step - 1].title).set("words", tour()[step - 1].words);
  return json;
}

}  // namespace

std::string accessibility_lists_key(const Explorer& explorer) {
  std::string key = text(explorer.model ? explorer.model->id : "", '/', explorer.catalogue.size());
  // The model that is trained may be another one under the same id.
  if (explorer.model && explorer.model->id == kTrainedHere)
    key += text('/', explorer.model->latent_dim(), '/', explorer.model->variational(), '/',
                explorer.model->class_names.empty() ? std::string() : explorer.model->class_names.front(), '/',
                explorer.replays.contains(explorer.model->id));
  return key;
}

std::string accessibility_lists(const Explorer& explorer) {
  Json models{Json::Array{}}, layers{Json::Array{}}, instruments{Json::Array{}}, themes{Json::Array{}},
      sizes{Json::Array{}}, classes{Json::Array{}}, help{Json::Array{}}, keys{Json::Array{}}, signs{Json::Array{}},
      json;
  for (const CatalogueEntry& entry : explorer.catalogue) {
    Json model;
    models.push(model.set("id", entry.id).set("name", entry.title).set("what", entry.what).set("group", entry.group));
  }
  for (const Overlay& row : overlays())
    layers.push(row_json(row, explorer.model ? row.refusal(*explorer.model) : std::string_view()));
  for (const Tool& row : tools()) instruments.push(row_json(row, row.refusal(explorer)));
  for (std::size_t i = 0; i < kThemes.size(); ++i) {
    Json theme;
    themes.push(theme.set("id", kThemes[i]).set("name", texts::kThemes[i]));
  }
  for (std::size_t i = 0; i < kDisplayNames.size(); ++i) {
    Json size;
    sizes.push(size.set("id", kDisplayNames[i]).set("name", texts::kDisplaySizes[i]));
  }
  if (explorer.model && explorer.model->labelled)
    for (std::size_t c = 0; c < explorer.model->class_names.size() && c < kMaxIsolated; ++c)
      classes.push(explorer.model->class_names[c]);
  for (const texts::Paragraph& paragraph : texts::kHelp) {
    Json part;
    help.push(part.set("title", paragraph.title).set("words", paragraph.words));
  }
  for (const texts::KeyRow& row : texts::kKeyRows) {
    Json key;
    keys.push(key.set("name", row.keys).set("words", row.what));
  }
  for (const texts::Tip& tip : texts::kTips) {
    Json sign;
    signs.push(sign.set("name", tip.name).set("words", tip.words));
  }
  json.set("models", std::move(models)).set("overlays", std::move(layers)).set("tools", std::move(instruments));
  json.set("themes", std::move(themes))
      .set("sizes", std::move(sizes))
      .set("classes", std::move(classes))
      .set("help", std::move(help));
  json.set("keys", std::move(keys)).set("signs", std::move(signs)).set("lesson", explorer.has_lesson);
  return json.set("tour", tour().size()).set("files", explorer.can_choose_files).dump();
}

std::string accessibility_state(const Explorer& explorer, const AccessibleNodes& nodes, const Rect& plane) {
  const ExplorerState& state = explorer.state;
  Json isolated{Json::Array{}}, panel{Json::Array{}}, json;
  for (std::size_t c = 0; c < kMaxIsolated; ++c)
    if (state.isolated >> c & 1) isolated.push(c);
  for (const AccessibleNode& node : nodes.list) panel.push(node_json(node));
  std::string loading;
  if (explorer.waiting) loading = explorer.catalogue[*explorer.waiting].title;
  json.set("lists", accessibility_lists_key(explorer))
      .set("model", explorer.model ? explorer.model->id : "")
      .set("loading", loading);
  json.set("reading", spoken_place(explorer));
  json.set("overlay", overlays()[state.overlay].key).set("tool", tools()[state.tool].key);
  json.set("size", kDisplayNames[static_cast<std::size_t>(state.display)]);
  json.set("theme", kThemes[static_cast<std::size_t>(state.theme)]).set("isolated", std::move(isolated));
  json.set("names", state.class_names).set("marks", state.marks).set("sliders", sliders_json(explorer));
  Json locked{Json::Array{}};
  for (const LockRow& row : lock_rows())
    if ((state.locked & row.lock) != 0) locked.push(row.key);
  json.set("locked", std::move(locked));
  json.set("pins", tools()[state.tool].pins);
  json.set("undo", explorer.history.can_undo()).set("redo", explorer.history.can_redo());
  if (const std::optional<Legend> legend = legend_of(explorer, plane)) json.set("legend", legend_json(*legend));
  json.set("panel", std::move(panel)).set("tour", tour_json(state.tour));
  if (explorer.message) {
    Json message;
    message.set("text", explorer.message->text).set("retry", explorer.message->retry.has_value());
    json.set("message", message.set("button", button_of(explorer, *explorer.message)));
  }
  return json.dump();
}

}  // namespace loom
