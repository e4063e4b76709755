// What of the visitor's own things travels in a link, what is said to be missing, and what the receiver sees.
#include <doctest/doctest.h>

#include <algorithm>

#include "contains.h"
#include "core/text.h"
#include "explorer/app/navigation/linked.h"
#include "explorer/link/link.h"
#include "explorer/link/link_file.h"
#include "explorer/model/images/drawing.h"
#include "explorer/state/drawing_text.h"
#include "explorer/texts/texts.h"
#include "explorer_entries.h"

namespace loom {
namespace {

DrawingPixels noise(int width, int height) {
  DrawingPixels out{width, height, {}};
  for (int i = 0; i < width * height; ++i) out.levels.push_back(static_cast<std::uint8_t>(1 + i * 7919 % 13));
  return out;
}

std::string link_of(const Explorer& explorer) { return write_link(linked_state(explorer)); }

void frame(Explorer& explorer, Actions actions = {}) {
  Input input;
  input.plane = {0, 0, 400, 400};
  input.actions = std::move(actions);
  advance(explorer, input);
}

// A page with the entries a, b and c, at the address `link`.
std::unique_ptr<Explorer> page_at(std::string_view link) {
  const std::vector<std::byte> bytes = small_bytes();
  auto explorer = std::make_unique<Explorer>();
  explorer->can_choose_files = true;
  set_state(*explorer, read_link(link));
  set_catalogue(*explorer, {entry_for("a", bytes), entry_for("b", bytes), entry_for("c", bytes)});
  const std::size_t entry = explorer->waiting.value();
  receive(*explorer, entry, bytes);
  take_requests(*explorer);
  frame(*explorer);
  return explorer;
}

TEST_CASE("drawing as text: exact, and short for what a hand draws") {
  for (const auto& [width, height] : {std::pair{1, 1}, {28, 28}, {64, 64}, {3, 50}}) {
    DrawingPixels blank{width, height, std::vector<std::uint8_t>(static_cast<std::size_t>(width * height), 0)};
    CHECK(read_drawing(drawing_text(blank)) == blank);
    DrawingPixels white = blank;
    std::ranges::fill(white.levels, kDrawingWhite);
    CHECK(read_drawing(drawing_text(white)) == white);
    CHECK(read_drawing(drawing_text(noise(width, height))) == noise(width, height));
  }
  CHECK(drawing_text(noise(28, 28)).size() <= kMostDrawingText);  // the worst of the usual size
  CHECK(drawing_text(noise(64, 64)).size() > kMostDrawingText);
  VisitorImage own;
  const ImageShape shape{1, 28, 28};
  for (const auto& [from, to] : {std::pair<Point, Point>{{5, 5}, {22, 6}}, {{22, 6}, {24, 24}}, {{24, 24}, {4, 23}}})
    draw_stroke(own, shape, from, to);
  const std::string text = text_of_drawing(own);
  CHECK(text.size() < 300);
  VisitorImage again;
  set_drawing(again, text);
  CHECK(again.pixels == own.pixels);
  CHECK(again.name == own.name);
}

TEST_CASE("drawing as text: hostile texts are no drawing") {
  const std::string good = drawing_text(noise(6, 5));
  REQUIRE(read_drawing(good));
  for (const std::string& bad :
       {std::string(), std::string("6x5"), std::string("6x5,"), good + "A", good.substr(0, good.size() - 1), "0" + good,
        "-" + good, std::string("0x0,"), std::string("65x1,___________"), std::string("1x65,v_"),
        std::string("4096x4096,v"),
        std::string("2x1,AA"),  // two black pixels are written as one run
        std::string("1x1,="), std::string("1x1,%"), std::string("99999999999x1,A"), std::string("1x,A"),
        std::string("x1,A"), std::string(",A"), std::string("1x1,\0", 5)}) {
    CAPTURE(bad);
    CHECK_FALSE(read_drawing(bad));
    CHECK(read_link(text("drawing=", bad, "&c=1")) == read_link("c=1"));
  }
  CHECK(read_link(text("drawing=", drawing_text(noise(64, 64)))).drawing.empty());  // too long for a link
}

TEST_CASE("a drawing is in the link, and who follows it has the same drawing and the same ring") {
  auto explorer = page_at("tool=image");
  for (const Point to : {Point{1, 4}, Point{4, 4}}) {
    frame(*explorer, {DrawStroke{{1, 1}, to}});
    frame(*explorer);
  }
  frame(*explorer, {FlyTo{{0.25f, 0.5f}}});
  const std::string link = link_of(*explorer);
  CHECK(contains(link, "&drawing=5x6,"));
  CHECK(link.size() < 100);
  auto other = page_at(link);
  frame(*other);
  CHECK(other->visitor_image.pixels == explorer->visitor_image.pixels);
  CHECK(other->input.current().origin == Origin::visitor);
  CHECK(other->state.z == Point{0.25f, 0.5f});
  CHECK(link_of(*other) == link);
  CHECK(missing_in_link(*other) == "");

  // Without a place of the ring it goes to where the encoder puts the drawing.
  auto placed = page_at(text("tool=image&drawing=", explorer->state.drawing));
  frame(*placed);
  CHECK(placed->state.z == placed->input.current().mu);

  follow_link(*other, "tool=image&z=0,0");
  frame(*other);
  CHECK(other->visitor_image.pixels.size() == 0);
  CHECK(other->state.z == Point{});
  follow_link(*other, link);
  frame(*other);
  CHECK(other->visitor_image.pixels == explorer->visitor_image.pixels);
}

TEST_CASE("a drawing in the link: undo, another image, the tour") {
  auto explorer = page_at("tool=image&z=0,0");
  frame(*explorer, {DrawStroke{{1, 1}, {1, 4}}});
  frame(*explorer);
  const std::string one = link_of(*explorer);
  const Matrix pixels = explorer->visitor_image.pixels;
  frame(*explorer, {DrawStroke{{1, 4}, {4, 4}}});
  frame(*explorer);
  REQUIRE(link_of(*explorer) != one);
  frame(*explorer, {Undo{}});
  CHECK(link_of(*explorer) == one);
  CHECK(explorer->visitor_image.pixels == pixels);
  frame(*explorer, {ClearDrawing{}});
  CHECK_FALSE(contains(link_of(*explorer), "drawing"));
  frame(*explorer, {Undo{}});
  CHECK(link_of(*explorer) == one);
  frame(*explorer, {NextTestImage{}});
  CHECK_FALSE(contains(link_of(*explorer), "drawing"));
  frame(*explorer, {Undo{}});
  CHECK(link_of(*explorer) == one);
  frame(*explorer, {StepTour{1}});
  frame(*explorer);
  CHECK(explorer->visitor_image.pixels.size() == 0);
  frame(*explorer, {StepTour{-1}});
  frame(*explorer);
  CHECK(link_of(*explorer) == one);
  CHECK(explorer->visitor_image.pixels == pixels);
}

TEST_CASE("a drawing in the link: the lock of images keeps that of the link") {
  auto explorer = page_at("tool=image&z=0,0&drawing=5x6,cP_J&lock=image");
  REQUIRE(explorer->state.drawing.empty());  // not a drawing of 30 pixels
  const std::string text = drawing_text(noise(5, 6));
  explorer = page_at("tool=image&z=0,0&lock=image&drawing=" + text);
  const Matrix pixels = explorer->visitor_image.pixels;
  REQUIRE(pixels.size() == 30);
  for (const Action& action : Actions{DrawStroke{{1, 1}, {4, 4}}, ClearDrawing{}, NextTestImage{}, Undo{}}) {
    frame(*explorer, {action});
    CHECK(explorer->state.drawing == text);
    CHECK(explorer->visitor_image.pixels == pixels);
  }
}

TEST_CASE("what is not in the link is said") {
  auto explorer = page_at("z=0,0");
  CHECK(missing_in_link(*explorer) == "");
  open_visitor_image(*explorer, "photo.png", std::vector<std::uint8_t>(64, 200), 8, 8);
  frame(*explorer);
  CHECK_FALSE(contains(link_of(*explorer), "drawing"));
  CHECK(missing_in_link(*explorer) == "image\tphoto.png\n");
  frame(*explorer, {DrawStroke{{1, 1}, {4, 4}}});
  CHECK(missing_in_link(*explorer) == "");
  open_visitor_file(*explorer, "my model.safetensors", small_bytes());
  CHECK(missing_in_link(*explorer) == "file\tmy model.safetensors\n");
  edit(*explorer, [](ExplorerState& s) { s.tool = find_tool("compare"), s.other = "b"; });
  frame(*explorer, {ChooseModel{"a"}});
  frame(*explorer, {Compare{"my-model"}});
  CHECK(missing_in_link(*explorer) == "other\tmy model\n");
}

TEST_CASE("a drawing that no link can hold is said to be left out, and no link takes it away") {
  ModelFile file = explorer_file();
  ModelSpec spec = small_spec(64, 64, 2, true);
  file.model = build_model(spec, "dense", {.channels = {}, .hidden = {8}, .activation = "relu"}, 1);
  auto explorer = page_at("tool=image&z=0,0");
  open_visitor_file(*explorer, "large.safetensors", save_model(file, Precision::f32));
  for (float x = 1; x < 63; x += 4)
    for (float y = 1; y < 63; y += 7) frame(*explorer, {DrawStroke{{x + 0.3f, y + 0.2f}, {x + 1.1f, y + 2.4f}}});
  const Matrix pixels = explorer->visitor_image.pixels;
  REQUIRE(explorer->state.drawing.size() > kMostDrawingText);
  const std::string link = link_of(*explorer);
  CHECK_FALSE(contains(link, "drawing"));
  CHECK(missing_in_link(*explorer) == "file\tlarge.safetensors\ndrawing\t\n");
  follow_link(*explorer, link);
  frame(*explorer);
  CHECK(explorer->visitor_image.pixels == pixels);
}

TEST_CASE("the name of a file in a link") {
  CHECK(linked_file_name("C:\\models\\a b.safetensors") == "a b.safetensors");
  CHECK(linked_file_name("/home/x/a?<b>.safetensors") == "a__b_.safetensors");
  CHECK(linked_file_name("ab\xc3") == "ab");
  CHECK(linked_file_name(std::string(300, 'x')).size() == 100);
  for (const std::string name :
       {"a b.safetensors", "50%.st", "a&lock=all#x.st", "\u0142\u00f3d\u017a.safetensors", "a+b=c.st"}) {
    CAPTURE(name);
    ExplorerState state;
    state.file = name;
    const std::string link = write_link(state);
    CHECK(link.starts_with("file="));
    CHECK(std::ranges::all_of(link, [](char c) { return c > ' ' && c <= '~' && c != '#' && c != '&' && c != '+'; }));
    CHECK(read_link(link) == state);
  }
  for (const char* bad : {"file=", "file=../a", "file=a%0Ab", "file=<b>", "file=a%FF", "file=%3Cscript%3E"}) {
    CAPTURE(bad);
    CHECK(read_link(bad) == ExplorerState{});
  }
}

TEST_CASE("the link of an opened file asks for the file, and the view goes on from it once it is opened") {
  auto sender = page_at("z=0,0");
  open_visitor_file(*sender, "my model.safetensors", small_bytes());
  frame(*sender, {ChooseTool{"path"}, FlyTo{{0.5f, -0.25f}, 0.75f}});
  frame(*sender, {KeepPlace{}, ChooseOverlay{"density"}});
  const std::string link = link_of(*sender);
  CHECK(link.starts_with("file=my%20model.safetensors&z=0.5,-0.25"));
  CHECK_FALSE(contains(link, "m="));

  const auto check_asks = [&](const Explorer& explorer) {
    REQUIRE(explorer.message);
    CHECK(explorer.message->text == texts::file_of_link("my model.safetensors"));
    CHECK(button_of(explorer, *explorer.message) == "Open the file my model.safetensors");
    CHECK(explorer.model->id == "a");
    CHECK(explorer.state.tool == 0);
    CHECK(link_of(explorer) == link);
  };
  const auto check_goes_on = [&](const Explorer& explorer, std::string_view expected) {
    CHECK_FALSE(explorer.message);
    CHECK(link_of(explorer) == expected);
    CHECK(explorer.state.tool == find_tool("path"));
    CHECK(explorer.state.pins[0].has_value());
    CHECK(explorer.state.view == sender->state.view);
  };
  SUBCASE("at the start") {
    auto receiver = page_at(link);
    check_asks(*receiver);
    frame(*receiver, {Retry{}});
    CHECK(take_requests(*receiver).at(0).kind == Request::Kind::choose_file);
    check_asks(*receiver);  // the visitor may close the file dialog
    open_any_file(*receiver, "my model.safetensors", small_bytes());
    frame(*receiver);
    check_goes_on(*receiver, link);
    frame(*receiver, {Undo{}});
    CHECK(receiver->model->id == "a");
  }
  SUBCASE("while another model is shown; a bad file leaves the button") {
    auto receiver = page_at("m=a&z=1,1");
    follow_link(*receiver, link);
    frame(*receiver);
    check_asks(*receiver);
    open_any_file(*receiver, "my model.safetensors", std::vector<std::byte>(100, std::byte{7}));
    REQUIRE(receiver->message);
    CHECK(button_of(*receiver, *receiver->message) == "Open the file my model.safetensors");
    open_any_file(*receiver, "my model (1).safetensors", small_bytes());  // as browsers name a second download
    frame(*receiver);
    std::string renamed = link;
    renamed.replace(0, renamed.find('&'), "file=my%20model%20%281%29.safetensors");
    check_goes_on(*receiver, renamed);
  }
  SUBCASE("a link that locks the model takes only this file") {
    auto receiver = page_at(link + "&lock=all&hide=header");
    CHECK(takes_files(*receiver));
    CHECK(receiver->state.hidden != 0);
    frame(*receiver, {ChooseModel{"b"}});
    CHECK(receiver->model->id == "a");
    open_any_file(*receiver, "my model.safetensors", small_bytes());
    frame(*receiver);
    check_goes_on(*receiver, write_link(read_link(link + "&lock=all&hide=header")));
    CHECK_FALSE(takes_files(*receiver));
  }
  SUBCASE("whoever looks at something else has left the link") {
    auto receiver = page_at(link);
    frame(*receiver, {FlyTo{{0.25f, 0.25f}}});
    CHECK(contains(link_of(*receiver), "m=a&z=0.25,0.25"));
    REQUIRE(receiver->message);
    open_any_file(*receiver, "my model.safetensors", small_bytes());  // but may still open the file
    frame(*receiver);
    check_goes_on(*receiver, link);
  }
  SUBCASE("dismissed") {
    auto receiver = page_at(link);
    frame(*receiver, {DismissMessage{}});
    CHECK_FALSE(receiver->awaited);
    CHECK(contains(link_of(*receiver), "m=a"));
    open_any_file(*receiver, "my model.safetensors", small_bytes());
    frame(*receiver);
    CHECK(receiver->state.tool == find_tool("model"));
  }
  SUBCASE("a file that is still open is shown at once") {
    frame(*sender, {ChooseModel{"a"}});
    follow_link(*sender, link);
    frame(*sender);
    CHECK(sender->model->id == "my-model");
    CHECK(link_of(*sender) == link);
  }
}

}  // namespace
}  // namespace loom
