#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "contains.h"
#include "explorer/app/access/speech.h"
#include "explorer/link/link.h"
#include "explorer_entries.h"
#include "explorer_screen.h"
#include "message_of.h"

namespace loom {
namespace {

TEST_CASE("read_catalogue: the page's manifest, and errors in it") {
  const auto models = read_catalogue(
      R"({"files": {}, "models": [{"name": "a", "file": "a.st", "path": "assets/a.1.st", "bytes": 5, "sha256": "00", "title": "A"}, {"name": "b", "file": "b.st"}]})",
      "build.json");
  REQUIRE(models.size() == 2);
  CHECK(models[0].file == "assets/a.1.st");
  CHECK(models[0].bytes == 5);
  CHECK(models[0].title == "A");
  CHECK(models[1].title == "b");
  CHECK(models[1].file == "b.st");
  const auto error = [](std::string_view json) { return message_of([&] { read_catalogue(json, "build.json"); }); };
  for (const char* nameless :
       {R"({"models": [{"name": "", "file": "a"}]})", R"({"models": [{"name": "a", "file": ""}]})",
        R"({"models": [{"name": "a", "path": "", "file": "a"}]})",
        R"({"models": [{"name": "a", "file": "a", "images": {"path": ""}}]})",
        R"({"models": [{"name": "a", "file": "a", "replay": {"path": "", "bytes": 1, "sha256": ""}}]})"})
    CHECK(contains(error(nameless), "an empty text"));
  CHECK(contains(error(R"({"models": []})"), "build.json"));
  CHECK(contains(error(R"({"models": [{"name": 3, "file": "x"}]})"), "models[0].name"));
  CHECK(contains(error(R"({"models": [{"name": "x", "file": "x", "bytes": -1}]})"), "bytes"));
  CHECK(contains(error("<html>"), "build.json"));
}

TEST_CASE("check_download: length and content") {
  const std::vector<std::byte> bytes(10, std::byte{7});
  const CatalogueEntry entry = entry_for("a", bytes);
  CHECK(message_of([&] { check_download(entry, bytes); }) == "no error");
  CHECK(
      contains(message_of([&] { check_download(entry, std::span(bytes).first(9)); }), "9 bytes arrived, expected 10"));
  std::vector<std::byte> other = bytes;
  other[3] = std::byte{8};
  CHECK(contains(message_of([&] { check_download(entry, other); }), "damaged"));
  CHECK(message_of([&] {
          check_download({.id = "x",
                          .title = "",
                          .what = "",
                          .file = "x",
                          .sha256 = "",
                          .group = {},
                          .replay = {},
                          .replay_sha256 = {},
                          .images = {}},
                         other);
        }) == "no error");
}

TEST_CASE("visitor_file_entry: ids fit into links and differ") {
  std::vector<CatalogueEntry> others;
  others.push_back(visitor_file_entry("/tmp/my model (1).safetensors", others));
  CHECK(others[0].id == "my-model--1-");
  CHECK(others[0].title == "my model (1)");
  CHECK(visitor_file_entry("my model (1).safetensors", others).id == "my-model--1--2");
  CHECK(visitor_file_entry(".safetensors", {}).id == "own");
}

TEST_CASE("Explorer: requests and shows the first model or the one of the link") {
  const std::vector<std::byte> bytes = small_bytes();
  Explorer explorer;
  SUBCASE("first") {}
  SUBCASE("linked") {
    edit(explorer, [&](ExplorerState& s) { s.model = "b"; });
  }
  SUBCASE("unknown") {
    edit(explorer, [&](ExplorerState& s) { s.model = "gone"; });
  }
  const bool linked = explorer.state.model == "b", unknown = explorer.state.model == "gone";
  set_catalogue(explorer, {entry_for("a", bytes), entry_for("b", bytes)});
  const std::vector<Request> requests = take_requests(explorer);
  REQUIRE(requests.size() == 1);
  CHECK(requests[0] == Request{Request::Kind::model, linked ? 1u : 0u});
  CHECK(take_requests(explorer).empty());
  CHECK(explorer.model == nullptr);
  receive(explorer, requests[0].entry, bytes);
  REQUIRE(explorer.model);
  CHECK(explorer.model->id == (linked ? "b" : "a"));
  CHECK(explorer.state.model == explorer.model->id);
  CHECK(explorer.message.has_value() == unknown);
}

TEST_CASE(
    "Explorer: the decoded image is there before the rest of the file, and the ring begins at the code of a test "
    "image") {
  const ModelFile file = explorer_file();
  const std::vector<std::byte> bytes = save_model(file, Precision::f32);
  for (const std::string link : {"", "z=0.5,-0.25"}) {
    Explorer explorer;
    set_state(explorer, read_link(link));
    set_catalogue(explorer, {entry_for("a", bytes)});
    receive_start(explorer, 0, std::span(bytes).first(bytes.size() - 1));
    REQUIRE(explorer.preview);
    Matrix z = file.test.mu.topRows(1), picture;
    if (!link.empty()) z << 0.5f, -0.25f;
    Workspace workspace;
    decode(file.model, z, workspace, picture);
    CHECK(explorer.preview->picture.pixels == picture);
    CHECK_FALSE(explorer.model);
    receive(explorer, 0, bytes);
    REQUIRE(explorer.model);
    CHECK_FALSE(explorer.preview);
    CHECK(explorer.state.z == Point{z(0, 0), z(0, 1)});
    receive_start(explorer, 0, bytes);
    CHECK_FALSE(explorer.preview);
  }
  Explorer deep;
  const std::vector<std::byte> five = save_model(explorer_file(true, 5), Precision::f32);
  set_catalogue(deep, {entry_for("a", five)});
  receive_start(deep, 0, five);
  CHECK_FALSE(deep.preview);
}

TEST_CASE("Explorer: a damaged file leaves the old model and says why") {
  const std::vector<std::byte> bytes = small_bytes();
  Explorer explorer;
  set_catalogue(explorer, {entry_for("a", bytes), entry_for("b", bytes)});
  receive(explorer, 0, bytes);
  const LoadedModel* old = explorer.model;
  Input choice;
  choice.plane = {0, 0, 100, 100};
  choice.actions = {ChooseModel{"b"}};
  take_requests(explorer);
  advance(explorer, choice);
  CHECK(take_requests(explorer) == std::vector{Request{Request::Kind::model, 1}});
  std::vector<std::byte> bad = bytes;
  SUBCASE("cut short") { bad.resize(bad.size() / 2); }
  SUBCASE("one bit") { bad[bad.size() / 2] ^= std::byte{4}; }
  SUBCASE("a web page") { bad.assign(100, std::byte{'<'}); }
  SUBCASE("nothing") { bad.clear(); }
  receive(explorer, 1, bad);
  CHECK(explorer.model == old);
  CHECK(explorer.state.model == "a");
  CHECK_FALSE(explorer.waiting);
  REQUIRE(explorer.message);
  CHECK(contains(explorer.message->text, "b.safetensors"));
  CHECK(contains(explorer.message->text, "The previous model is still shown"));
  CHECK(explorer.message->retry);
  choice.actions = {Retry{}};
  advance(explorer, choice);
  CHECK_FALSE(explorer.message);
  CHECK(take_requests(explorer) == std::vector{Request{Request::Kind::model, 1}});
  receive(explorer, 1, bytes);
  CHECK(explorer.model->id == "b");
  CHECK_FALSE(explorer.message);
}

TEST_CASE("Explorer: a failed download is reported with its reason") {
  Explorer explorer;
  set_catalogue(explorer, {entry_for("a", {})});
  receive_failure(explorer, 0, "the server answers 404");
  REQUIRE(explorer.message);
  CHECK(contains(explorer.message->text, "404"));
  CHECK(spoken_text(explorer) == explorer.message->text);
}

TEST_CASE("Explorer: the visitor's files are checked like all others") {
  auto explorer = small_explorer();
  const LoadedModel* old = explorer->model;
  REQUIRE(old);
  ModelFile nan_file = explorer_file();
  std::vector<std::byte> bytes = save_model(nan_file, Precision::f32);
  SUBCASE("not a weight file") { bytes.assign(64, std::byte{'x'}); }
  SUBCASE("NaN in the last number") {
    const float nan = std::numeric_limits<float>::quiet_NaN();
    std::memcpy(bytes.data() + bytes.size() - 8 * sizeof nan, &nan, sizeof nan);
  }
  SUBCASE("empty") { bytes.clear(); }
  const std::size_t count = explorer->catalogue.size();
  open_visitor_file(*explorer, "mine.safetensors", bytes);
  if (explorer->model == old) {
    REQUIRE(explorer->message);
    CHECK(contains(explorer->message->text, "mine.safetensors"));
    CHECK(explorer->catalogue.size() == count);
  } else {
    FAIL("a bad file was shown");
  }
}

TEST_CASE("Explorer: a change of model keeps z if possible and resets the view") {
  auto explorer = small_explorer();
  edit(*explorer, [&](ExplorerState& s) { s.view = View{{0, 0}, 0.1f}; });
  edit(*explorer, [&](ExplorerState& s) { s.z = {0.5f, 0.5f}; });
  open_visitor_file(*explorer, "plain.safetensors", small_bytes(false));
  CHECK(explorer->model->id == "plain");
  CHECK_FALSE(explorer->state.view);
  CHECK(explorer->state.z == Point{0.5f, 0.5f});
  edit(*explorer, [&](ExplorerState& s) { s.z = {25, 0}; });
  edit(*explorer, [&](ExplorerState& s) { s.model = ""; });
  open_visitor_file(*explorer, "again.safetensors", small_bytes());
  CHECK(explorer->state.z == explorer->model->home.center);
}

TEST_CASE("follow_link: takes state and model from the address and leaves the help as it is") {
  const std::vector<std::byte> bytes = small_bytes();
  Explorer explorer;
  set_catalogue(explorer, {entry_for("a", bytes), entry_for("b", bytes)});
  receive(explorer, 0, bytes);
  edit(explorer, [&](ExplorerState& s) { s.help = true; });
  follow_link(explorer, "#m=b&z=1,0.5&v=0,0,1");
  CHECK(explorer.state.help);
  CHECK(explorer.waiting == 1u);
  CHECK(explorer.model->id == "a");
  receive(explorer, 1, bytes);
  CHECK(explorer.state.help);
  CHECK(explorer.state.z == Point{1, 0.5f});
}

TEST_CASE("Explorer: NaN and infinite links give finite pictures") {
  auto explorer = small_explorer();
  for (const char* link : {"z=nan,inf", "z=1e38,-1e38", "v=1e30,0,1e30"}) {
    follow_link(*explorer, link);
    Input input;
    input.plane = {0, 0, 100, 100};
    advance(*explorer, input);
    CHECK(explorer->decoder.picture().pixels.allFinite());
  }
}

TEST_CASE("open_visitor_file: a name that comes again takes the place of the file before") {
  Screen screen(1280, 800);
  auto explorer = small_explorer();
  screen.settle(*explorer);
  const std::size_t entries = explorer->catalogue.size();
  const std::string id = explorer->model->id;
  const auto open = [&](const ModelFile& file) {
    open_visitor_file(*explorer, "small.safetensors", save_model(file, Precision::f32));
    screen.settle(*explorer);
    CHECK(explorer->catalogue.size() == entries);
    CHECK(explorer->models.size() == entries);
    CHECK(explorer->downloads.size() == entries);
    REQUIRE(explorer->model);
    CHECK(explorer->model->id == id);
    CHECK(explorer->model->latent_dim() == file.model.spec.latent_dim);
    CHECK_FALSE(explorer->message);
  };
  for (int i = 0; i < 8; ++i) open(explorer_file());
  screen.frame(*explorer, {ChooseOverlay{"holes"}, MoveZ{{3, 0}}, SelectImage{250}});
  screen.settle(*explorer);
  open(explorer_file(false, 5, 40));  // another network: no prior, more dimensions, fewer images
  CHECK(explorer->state.overlay == 0);
  CHECK(explorer->state.image < 40);
  CHECK(explorer->decoder.picture().pixels.allFinite());
  open(explorer_file());
  // Opened while another model is shown, and while it is the second one of a comparison.
  open_visitor_file(*explorer, "other.safetensors", save_model(explorer_file(), Precision::f32));
  screen.settle(*explorer);
  screen.frame(*explorer, {ChooseTool{"compare"}, Compare{id}});
  screen.settle(*explorer);
  REQUIRE(explorer->compared.model);
  open_visitor_file(*explorer, "small.safetensors", save_model(explorer_file(true, 2, 50), Precision::f32));
  screen.settle(*explorer);
  CHECK(explorer->catalogue.size() == entries + 1);
  CHECK(explorer->model->id == id);
  CHECK(explorer->model->mu.size() == 50);
  for (int i = 0; i < 6; ++i) screen.frame(*explorer, {Undo{}}), screen.settle(*explorer);
  for (int i = 0; i < 6; ++i) screen.frame(*explorer, {Redo{}}), screen.settle(*explorer);
  // A file that cannot be read leaves the one before.
  open_visitor_file(*explorer, "small.safetensors", {});
  CHECK(explorer->message);
  CHECK(explorer->models.size() == entries + 1);
  CHECK(explorer->model->mu.size() == 50);
}

}  // namespace
}  // namespace loom
