// The original images of the test set: the explorer requests those that are to be shown, once, and shows them when they
// have arrived.
#include <doctest/doctest.h>

#include <array>

#include "contains.h"
#include "explorer/app/originals.h"
#include "explorer_entries.h"
#include "message_of.h"
#include "pack_files.h"

namespace loom {
namespace {

constexpr Index kImages = 300, kFirstBlock = 100;  // in blocks of 100 and 200

std::uint8_t grey(Index n, Index pixel) { return static_cast<std::uint8_t>(n * 7 + pixel * 3); }

std::vector<std::uint8_t> pixels(Index from, Index to) {
  std::vector<std::uint8_t> out;
  for (Index n = from; n < to; ++n)
    for (Index i = 0; i < 30; ++i) out.push_back(grey(n, i));
  return out;
}

struct Pack {
  std::string header;
  std::array<std::vector<std::uint8_t>, 2> blocks{pixels(0, kFirstBlock), pixels(kFirstBlock, kImages)};

  explicit Pack(Index height = 6) {
    PackHeader pack = test::small_pack_header();
    pack.labels.reset();
    pack.class_names.clear();
    pack.origin.labels_sha256.clear();
    pack.shape = {1, height, 5};
    pack.images = pack.origin.images = kImages;
    pack.blocks.clear();
    std::uint64_t offset = 0;
    for (const std::vector<std::uint8_t>& block : blocks) {
      pack.blocks.push_back({offset, 9, static_cast<Index>(block.size()) / 30, std::string(64, '5'),
                             sha256_hex(std::as_bytes(std::span(block)))});
      offset += 9;
    }
    header = pack_header_text(pack);
  }
  std::span<const std::byte> header_bytes() const { return std::as_bytes(std::span(header)); }
  std::span<const std::byte> block(std::size_t i) const { return std::as_bytes(std::span(blocks[i])); }
};

std::unique_ptr<Explorer> with_pack() {
  auto explorer = three_entries(small_bytes());
  for (CatalogueEntry& entry : explorer->catalogue) entry.images = "test.pack";
  return explorer;
}

void look_at(Explorer& explorer, std::int32_t image) {
  apply(explorer, SelectImage{image});
  advance(explorer, {});
}

const Request kHeader{Request::Kind::pack_header, 0};
Request block_request(std::size_t block) { return {Request::Kind::pack_block, 0, block}; }

TEST_CASE("originals: nothing is requested before an image is needed, then the header, then its block, each once") {
  auto explorer = with_pack();
  const Pack pack;
  advance(*explorer, {});
  CHECK(take_requests(*explorer).empty());
  look_at(*explorer, 150);
  look_at(*explorer, 151);
  CHECK(take_requests(*explorer) == std::vector{kHeader});
  CHECK(explorer->input.current().x.size() == 0);
  receive_pack_header(*explorer, 0, pack.header_bytes());
  advance(*explorer, {});
  advance(*explorer, {});
  CHECK(take_requests(*explorer) == std::vector{block_request(1)});
  receive_pack_block(*explorer, 0, 1, pack.block(1));
  advance(*explorer, {});
  REQUIRE(explorer->input.current().x.size() == 30);
  for (Index i = 0; i < 30; ++i) CHECK(explorer->input.current().x(0, i) == static_cast<Scalar>(grey(151, i)) / 255);
  look_at(*explorer, 299);
  CHECK(take_requests(*explorer).empty());
  look_at(*explorer, 0);
  CHECK(take_requests(*explorer) == std::vector{block_request(0)});
}

TEST_CASE("originals: the mark under the pointer shows its original beside its reconstruction") {
  auto explorer = with_pack();
  const Pack pack;
  receive_pack_header(*explorer, 0, pack.header_bytes());
  receive_pack_block(*explorer, 0, 0, pack.block(0));
  Input input;
  input.plane = {0, 0, 400, 400}, input.over_plane = true;
  input.pointer = to_screen(current_view(explorer->state, explorer->model), input.plane, explorer->model->mu[42]);
  advance(*explorer, input);
  const std::int64_t hovered = explorer->interaction.hovered;
  REQUIRE(hovered >= 0);
  if (hovered < kFirstBlock) {
    REQUIRE(explorer->hovered_original.pixels.size() == 30);
    CHECK(explorer->hovered_original.pixels(0, 3) == static_cast<Scalar>(grey(static_cast<Index>(hovered), 3)) / 255);
  }
  input.over_plane = false;
  advance(*explorer, input);
  CHECK(explorer->hovered_original.pixels.size() == 0);
}

TEST_CASE("originals: models of the same test set share one pack") {
  auto explorer = with_pack();
  const Pack pack;
  receive_pack_header(*explorer, 0, pack.header_bytes());
  receive_pack_block(*explorer, 0, 0, pack.block(0));
  receive(*explorer, 1, small_bytes());
  apply(*explorer, ChooseModel{"b"});
  take_requests(*explorer);
  look_at(*explorer, 7);
  CHECK(take_requests(*explorer).empty());
  CHECK(explorer->input.current().x.size() == 30);
}

TEST_CASE("originals: a failed download is retried only by the button of its message") {
  auto explorer = with_pack();
  const Pack pack;
  look_at(*explorer, 5);
  take_requests(*explorer);
  SUBCASE("the header does not come") {
    receive_pack_header_failure(*explorer, 0, "the server answers 503");
    CHECK(contains(explorer->message->text, "test.pack: the server answers 503"));
  }
  SUBCASE("it is damaged") {
    std::string damaged = pack.header;
    damaged[60] ^= 1;
    receive_pack_header(*explorer, 0, std::as_bytes(std::span(damaged)));
    CHECK(contains(explorer->message->text, "SHA-256"));
  }
  REQUIRE(explorer->message);
  for (int i = 0; i < 3; ++i) look_at(*explorer, 5);
  CHECK(take_requests(*explorer).empty());
  apply(*explorer, Retry{});
  CHECK(take_requests(*explorer) == std::vector{kHeader});
}

TEST_CASE("originals: a failed block is retried by that button too, and a damaged one leaves the others unchanged") {
  auto explorer = with_pack();
  const Pack pack;
  receive_pack_header(*explorer, 0, pack.header_bytes());
  receive_pack_block(*explorer, 0, 0, pack.block(0));
  look_at(*explorer, 200);
  take_requests(*explorer);
  std::vector<std::uint8_t> damaged = pack.blocks[1];
  damaged[17] ^= 1;
  receive_pack_block(*explorer, 0, 1, std::as_bytes(std::span(damaged)));
  REQUIRE(explorer->message);
  CHECK(contains(explorer->message->text, "test.pack: block 1"));
  advance(*explorer, {});
  CHECK(take_requests(*explorer).empty());
  CHECK(explorer->input.current().x.size() == 0);
  apply(*explorer, Retry{});
  CHECK(take_requests(*explorer) == std::vector{block_request(1)});
  look_at(*explorer, 5);
  CHECK(explorer->input.current().x.size() == 30);
}

TEST_CASE("originals: a pack of other images than the model's test set is not used") {
  auto explorer = with_pack();
  receive_pack_header(*explorer, 0, Pack(5).header_bytes());
  look_at(*explorer, 5);
  CHECK(take_requests(*explorer).empty());
  CHECK(originals_of(*explorer, *explorer->model) == nullptr);
}

TEST_CASE("originals: a pack that the visitor opens is used once its last block has arrived") {
  auto explorer = three_entries(small_bytes());
  const Pack pack;
  open_pack_header(*explorer, "mine.pack", pack.header_bytes());
  open_pack_block(*explorer, 0, pack.block(0));
  advance(*explorer, {});
  CHECK(originals_of(*explorer, *explorer->model) == nullptr);
  open_pack_block(*explorer, 1, pack.block(1));
  advance(*explorer, {});
  REQUIRE(originals_of(*explorer, *explorer->model));
  CHECK(originals_of(*explorer, *explorer->model)->name() == "mine.pack");
  CHECK(explorer->input.current().x.size() == 30);
  CHECK(tools()[explorer->state.tool].key == "image");
}

TEST_CASE("originals: a pack that does not fit the model is refused, and so is every pack if images are locked") {
  auto explorer = three_entries(small_bytes());
  SUBCASE("of another shape") {
    open_pack_header(*explorer, "mine.pack", Pack(5).header_bytes());
    CHECK(contains(explorer->message->text, "mine.pack: images of 1x5x5, this model has 1x6x5"));
  }
  SUBCASE("locked") {
    edit(*explorer, [](ExplorerState& s) { s.locked = read_locks("image"); });
    open_pack_header(*explorer, "mine.pack", Pack().header_bytes());
    REQUIRE(explorer->message);
  }
  const Pack pack;
  open_pack_block(*explorer, 0, pack.block(0));
  open_pack_block(*explorer, 1, pack.block(1));
  CHECK(originals_of(*explorer, *explorer->model) == nullptr);
}

TEST_CASE("originals: a pack is refused if images become locked before its last block has arrived") {
  auto explorer = three_entries(small_bytes());
  const Pack pack;
  open_pack_header(*explorer, "mine.pack", pack.header_bytes());
  open_pack_block(*explorer, 0, pack.block(0));
  CHECK_FALSE(explorer->message);
  edit(*explorer, [](ExplorerState& s) { s.locked = read_locks("image"); });
  open_pack_block(*explorer, 1, pack.block(1));
  REQUIRE(explorer->message);
  CHECK(contains(explorer->message->text, "mine.pack"));
  CHECK(originals_of(*explorer, *explorer->model) == nullptr);
}

}  // namespace
}  // namespace loom
