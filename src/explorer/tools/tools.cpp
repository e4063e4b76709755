#include <array>

#include "explorer/session/session.h"
#include "explorer/texts/texts.h"
#include "explorer/tools/tool.h"

namespace loom {

// Each is in a file of its own, tool_NAME.cpp. tools/check_structure.py finds a file that has no row here.
std::unique_ptr<ToolLayer> make_image_tool();
std::unique_ptr<ToolLayer> make_path_tool();
std::unique_ptr<ToolLayer> make_merge_tool();
std::unique_ptr<ToolLayer> make_noise_tool();
std::unique_ptr<ToolLayer> make_anomaly_tool();
std::unique_ptr<ToolLayer> make_neighbours_tool();
std::unique_ptr<ToolLayer> make_places_tool();
std::unique_ptr<ToolLayer> make_select_tool();
std::unique_ptr<ToolLayer> make_sample_tool();
std::unique_ptr<ToolLayer> make_border_tool();
std::unique_ptr<ToolLayer> make_walk_tool();
std::unique_ptr<ToolLayer> make_compare_tool();
std::unique_ptr<ToolLayer> make_replay_tool();
std::unique_ptr<ToolLayer> make_inside_tool();
std::unique_ptr<ToolLayer> make_train_tool();
std::unique_ptr<ToolLayer> make_plane_tool();
std::unique_ptr<ToolLayer> make_model_tool();

namespace {

std::string_view always(const Session&) { return {}; }
std::string_view needs_encoded(const Session& e) { return e.model ? needs_codes(*e.model) : std::string_view(); }
std::string_view needs_classes(const Session& e) {
  return e.model && (e.model->mu.empty() || e.model->class_names.size() < 2) ? texts::kNeedsTwoClasses
                                                                             : std::string_view();
}
std::string_view needs_another(const Session& e) {
  return e.catalogue.size() < 2 ? texts::kNeedsAnotherModel : std::string_view();
}
std::string_view needs_more_axes(const Session& e) {
  return e.model && e.model->latent_dim() < 3 ? texts::kIsAPlane : std::string_view();
}
std::string_view needs_replay(const Session& e) {
  if (!e.model) return {};
  if (e.replays.contains(e.model->id)) return {};
  const std::optional<std::size_t> index = find_entry(e, e.model->id);
  return !index || e.catalogue[*index].replay.empty() ? texts::kNoReplay : std::string_view();
}

// In the order of the list in the explorer.
constexpr std::array kTools{
    Tool{texts::kNoTool, {.key = "", .group = "", .refusal = always, .make = nullptr}},
    Tool{texts::kInterpolate,
         {.key = "path", .group = texts::kToolsWalk, .refusal = always, .make = make_path_tool, .pins = true}},
    Tool{texts::kMerge,
         {.key = "merge", .group = texts::kToolsWalk, .refusal = always, .make = make_merge_tool, .pins = true}},
    Tool{texts::kBorder,
         {.key = "border", .group = texts::kToolsWalk, .refusal = needs_classes, .make = make_border_tool}},
    Tool{texts::kWalkClasses,
         {.key = "walk", .group = texts::kToolsWalk, .refusal = needs_classes, .make = make_walk_tool}},
    Tool{texts::kTryImage,
         {.key = "image", .group = texts::kToolsTry, .refusal = always, .make = make_image_tool, .uses_input = true}},
    Tool{texts::kNoise,
         {.key = "noise", .group = texts::kToolsTry, .refusal = always, .make = make_noise_tool, .uses_input = true}},
    Tool{texts::kStrange,
         {.key = "strange",
          .group = texts::kToolsTry,
          .refusal = always,
          .make = make_anomaly_tool,
          .uses_input = true}},
    Tool{texts::kLookInside,
         {.key = "inside", .group = texts::kToolsTry, .refusal = always, .make = make_inside_tool, .uses_input = true}},
    Tool{texts::kNeighbours,
         {.key = "near", .group = texts::kToolsFind, .refusal = needs_encoded, .make = make_neighbours_tool}},
    Tool{texts::kMyPlaces, {.key = "places", .group = texts::kToolsFind, .refusal = always, .make = make_places_tool}},
    Tool{texts::kSelect,
         {.key = "select",
          .group = texts::kToolsFind,
          .refusal = needs_encoded,
          .make = make_select_tool,
          .pins = true,
          .shape = true}},
    Tool{texts::kSample, {.key = "sample", .group = texts::kToolsFind, .refusal = always, .make = make_sample_tool}},
    Tool{texts::kCompare,
         {.key = "compare",
          .group = texts::kToolsModels,
          .refusal = needs_another,
          .make = make_compare_tool,
          .splits = true}},
    Tool{texts::kReplay,
         {.key = "replay",
          .group = texts::kToolsModels,
          .refusal = needs_replay,
          .make = make_replay_tool,
          .hides_marks = true}},
    Tool{texts::kTrain,
         {.key = "train", .group = texts::kToolsModels, .refusal = training_refusal, .make = make_train_tool}},
    Tool{texts::kChoosePlane,
         {.key = "plane", .group = texts::kToolsModels, .refusal = needs_more_axes, .make = make_plane_tool}},
    Tool{texts::kAboutModel,
         {.key = "model", .group = texts::kToolsModels, .refusal = always, .make = make_model_tool}},
};

}  // namespace

std::span<const Tool> tools() { return kTools; }

std::size_t find_tool(std::string_view key) {
  for (std::size_t i = 1; i < kTools.size(); ++i)
    if (kTools[i].key == key) return i;
  return 0;
}

}  // namespace loom
