// Images that came without classes: nothing is said about classes, in panels, speech or lists.
#include <doctest/doctest.h>

#include "core/json/json_item.h"
#include "explorer/app/access/accessibility_tree.h"
#include "explorer/app/access/find.h"
#include "explorer/app/access/speech.h"
#include "explorer/model/images/selection.h"
#include "explorer/tools/tool.h"
#include "explorer_screen.h"

namespace loom {
namespace {

std::unique_ptr<Explorer> unlabelled_explorer() {
  ModelFile file = explorer_file();
  file.model.spec.class_names.clear();
  std::ranges::fill(file.test.labels, std::uint8_t{0});
  auto explorer = std::make_unique<Explorer>();
  edit(*explorer, [&](ExplorerState& s) { s.placed = true; });
  open_visitor_file(*explorer, "plain.safetensors", save_model(file, Precision::f32));
  return explorer;
}

bool speaks_of_classes(const std::string& words) {
  return words.find("class") != std::string::npos || words.find("Class") != std::string::npos ||
         words.find("Looks like") != std::string::npos;
}

TEST_CASE("without classes: no panel, no card and no word about classes, with any tool") {
  for (const auto& [width, height] : {std::pair(1280.0f, 800.0f), std::pair(390.0f, 844.0f)})
    for (const Tool& tool : tools()) {
      Screen screen(width, height);
      auto explorer = unlabelled_explorer();
      screen.ui.drawn.keeps_texts = true;
      screen.settle(*explorer);
      CHECK_FALSE(explorer->model->labelled);
      if (!tool.refusal(*explorer).empty() || tool.key == std::string_view("train")) continue;
      screen.frame(*explorer, {ChooseTool{std::string(tool.key)}});
      screen.settle(*explorer);
      INFO(tool.key, " ", width);
      CHECK_FALSE(screen.ui.drawn.texts.empty());
      for (const DrawnText& text : screen.ui.drawn.texts) {
        INFO(text.words);
        // One of the sources of samples is a class, and the words that explain a selection are the same for all models.
        if (tool.key == std::string_view("sample") || text.words.starts_with("Drag the pins")) continue;
        CHECK_FALSE(speaks_of_classes(text.words));
      }
      CHECK_FALSE(speaks_of_classes(spoken_place(*explorer)));
    }
}

TEST_CASE("without classes: what needs two classes is refused, and lists and files have none") {
  auto explorer = unlabelled_explorer();
  advance(*explorer, {});
  CHECK_FALSE(overlays()[find_overlay("overlap")].refusal(*explorer->model).empty());
  CHECK_FALSE(tools()[find_tool("border")].refusal(*explorer).empty());
  const Json lists = parse_json(accessibility_lists(*explorer), "lists");
  CHECK(JsonItem(lists, "lists").at("classes").elements().size() == 0);
  CHECK(find_results(*explorer, "class") == "[]");
  CHECK(test_image_name(*explorer->model, 7) == "Test image 7");
  CHECK(codes_csv(*explorer->model, {1, 2}).starts_with("image,mu1,mu2,logvar1,logvar2\n1,"));
  apply(*explorer, Isolate{0});
  CHECK(explorer->state.isolated == 0);
  auto named = small_explorer();
  advance(*named, {});
  CHECK(test_image_name(*named->model, 7) == "Test image 7, shoe");
  CHECK(codes_csv(*named->model, {1}).starts_with("image,label,class,mu1"));
}

}  // namespace
}  // namespace loom
