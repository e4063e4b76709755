// The header of a data pack: one test for each way to be wrong. Runs in wasm too.
#include <doctest/doctest.h>

#include "contains.h"
#include "core/image.h"
#include "data/identity.h"
#include "message_of.h"
#include "pack_files.h"

namespace loom {
namespace {

using test::as_bytes;
using test::small_pack_header;
using test::with_header;
using test::with_replaced;

const std::string kFile = pack_header_text(small_pack_header());
const std::string kJson = kFile.substr(kPackPrefixBytes);

PackHeader parse(const std::string& file) { return parse_pack_header(as_bytes(file), "a.pack"); }

void check_refused(const std::string& file, std::initializer_list<const char*> words) {
  const std::string message = message_of([&] { parse(file); });
  CHECK_MESSAGE(message.starts_with("a.pack: "), message);
  for (const char* word : words)
    CHECK_MESSAGE(contains(message, word), "'" << message << "' lacks '" << std::string(word) << "'");
}

// Refused after this one change of the JSON; length and SHA-256 are right.
void check_change(std::string_view from, std::string_view to, std::initializer_list<const char*> words) {
  CAPTURE(from);
  CAPTURE(to);
  check_refused(with_header(with_replaced(kJson, from, to)), words);
}

}  // namespace

TEST_CASE("pack header: reads back what was written") {
  const PackHeader pack = parse(kFile + "data");
  CHECK(pack.origin.title == "Shapes");
  CHECK(pack.origin.licence == "CC0");
  CHECK(pack.origin.source == "me");
  CHECK(pack.origin.images == 7);
  CHECK(pack.split == Split::train);
  CHECK(pack.shape == ImageShape{1, 3, 2});
  CHECK(pack.images == 5);
  CHECK(pack.levels == 256);
  CHECK(pack.class_names == std::vector<std::string>{"low", "high"});
  REQUIRE(pack.labels);
  CHECK(pack.labels->packed_bytes == 10);
  REQUIRE(pack.blocks.size() == 2);
  CHECK(pack.blocks[1].offset == 30);
  CHECK(pack.blocks[1].images == 3);
  CHECK(pack.data_begin == kFile.size());
  CHECK(pack.data_bytes == 55);
  CHECK(pack_header_text(pack) == kFile);
  CHECK(pack_header_end(as_bytes(std::string_view(kFile).substr(0, kPackPrefixBytes)), "a") == kFile.size());
  CHECK_NOTHROW(check_pack_size(pack, kFile.size() + 55, "a.pack"));
  CHECK(contains(message_of([&] { check_pack_size(pack, kFile.size() + 54, "a.pack"); }), "cut short"));
  CHECK(contains(message_of([&] { check_pack_size(pack, kFile.size() + 56, "a.pack"); }), "follows the last block"));
}

TEST_CASE("pack header: a set without classes stays without classes") {
  PackHeader pack = small_pack_header();
  pack.class_names.clear();
  pack.labels.reset();
  pack.origin.labels_sha256.clear();
  pack.blocks[0].offset = 0;
  pack.blocks[1].offset = 20;
  const std::string file = pack_header_text(pack);
  CHECK_FALSE(parse(file).labels);
  CHECK(parse(file).origin.labels_sha256.empty());
  check_refused(
      with_header(with_replaced(file.substr(kPackPrefixBytes), R"("class_names":[])", R"("class_names":["a"])")),
      {"labels", "null", "class_names"});
}

TEST_CASE("pack header: everything before the JSON") {
  check_refused("", {"not a data pack", "LOOMPACK"});
  check_refused("LOOMPACX" + kFile.substr(8), {"not a data pack"});
  for (std::size_t size = 8; size < kPackPrefixBytes; ++size)
    check_refused(kFile.substr(0, size), {"expected at least 48"});
  for (std::size_t size = kPackPrefixBytes; size < kFile.size(); ++size)
    check_refused(kFile.substr(0, size), {"for its header"});
  std::string file = kFile;
  file[8] = 2;
  check_refused(file, {"version 2", "expected 1"});
  file = kFile;
  file[15] = 1;
  check_refused(file, {"a header of 16", "at most 1048576"});
}

TEST_CASE("pack header: every flipped bit is detected") {
  for (std::size_t bit = 0; bit < kFile.size() * 8; ++bit) {
    std::string file = kFile + std::string(300, 'x');  // so that a longer header is there
    file[bit / 8] = static_cast<char>(file[bit / 8] ^ (1 << bit % 8));
    REQUIRE_MESSAGE(message_of([&] { parse(file); }) != "no error", bit);
  }
}

TEST_CASE("pack header: members") {
  check_refused(with_header("[]"), {"header", "found array", "object"});
  check_refused(with_header(kJson.substr(0, kJson.size() - 1)), {"header"});
  check_change(R"({"format":1,)", R"({"format":1,"more":2,)", {"\"more\"", "only"});
  check_change(R"("levels":256,)", "", {"no \"levels\""});
  check_change(R"("format":1)", R"("format":2)", {"format", "found 2"});
  check_change(R"("name":"custom")", R"("name":"cifar")", {"name", "cifar", "known data set"});
  check_change(R"("title":"Shapes")", R"("title":"")", {"title", "no text"});
  check_change(R"("title":"Shapes")", "\"title\":\"a\\u001bb\"", {"title", "control characters"});
  check_change(R"("licence":"CC0")", R"("licence":")" + std::string(201, 'x') + "\"", {"licence", "at most 200"});
  check_change(R"("source":"me")", R"("source":7)", {"source", "found integer"});
  check_change(R"("split":"train")", R"("split":"both")", {"split", "both", "\"train\" or \"test\""});
  check_change("[1,3,2]", "[1,3]", {"shape", "2 elements"});
  check_change("[1,3,2]", "[3,3,2]", {"shape[0]", "found 3"});
  check_change("[1,3,2]", "[1,65,2]", {"shape[1]", "found 65", "64"});
  check_change("[1,3,2]", "[1,3,0]", {"shape[2]", "found 0"});
  check_change(R"("levels":256)", R"("levels":1)", {"levels", "found 1"});
  check_change(R"("levels":256)", R"("levels":257)", {"levels", "found 257"});
  check_change(R"(["low","high"])", R"(["low",""])", {"class_names[1]", "1 to 40"});
  check_change(R"(["low","high"])", "[\"" + std::string(41, 'x') + "\"]", {"class_names[0]", "1 to 40"});
  std::string many = "[\"0\"";
  for (std::size_t i = 1; i <= kMaxClasses; ++i) many += ",\"x\"";
  check_change(R"(["low","high"])", many + "]", {"class_names", "65 classes", "at most 64"});
  check_change(std::string(64, '3'), std::string(63, '3'), {"pixels_sha256", "64 lower-case"});
  check_change(std::string(64, '3'), std::string(63, '3') + "A", {"pixels_sha256", "64 lower-case"});
  check_change(std::string(64, '1'), "", {"original.images_sha256"});
  check_change('"' + std::string(64, '2') + '"', "null", {"labels", "the original has none"});
}

TEST_CASE("pack header: numbers of images") {
  check_change(R"("images":5)", R"("images":8)", {"images", "found 8", "up to 7"});
  check_change(R"("images":5)", R"("images":0)", {"images", "found 0"});
  check_change(R"("images":5)", R"("images":6)", {"blocks", "found 5 images", "expected 6"});
  check_change(R"("images":5)", R"("images":4)", {"blocks", "more than 4 images"});
  check_change(R"("images":2})", R"("images":0})", {"blocks[0].images", "found 0"});
  check_change(R"("images":2})", R"("images":9223372036854775807})", {"blocks[0].images"});
  check_change(R"("original":{"images":7)", R"("original":{"images":16777217)", {"original.images", "16777216"});
  std::string large =
      with_replaced(with_replaced(kJson, R"("images":7)", R"("images":16000000)"), "[1,3,2]", "[1,64,64]");
  large = with_replaced(large, R"("images":5)", R"("images":16000000)");
  check_refused(with_header(large), {"images", "16000000 of 1x64x64", "pixels"});
}

TEST_CASE("pack header: offsets of the streams") {
  check_change(R"("offset":10)", R"("offset":11)", {"blocks[0].offset", "found 11", "10 (hole)"});
  check_change(R"("offset":10)", R"("offset":9)", {"blocks[0].offset", "found 9", "10 (overlap)"});
  check_change(R"("offset":0)", R"("offset":1)", {"labels.offset", "0 (hole)"});
  check_change(R"("offset":10)", R"("offset":-1)", {"blocks[0].offset", "found -1"});
  check_change(R"("offset":30)", R"("offset":18446744073709551615)", {"blocks[1].offset"});
  check_change(R"("packed_bytes":25)", R"("packed_bytes":0)", {"blocks[1].packed_bytes", "found 0"});
  check_change(R"("packed_bytes":25)", R"("packed_bytes":1073741825)", {"blocks[1].packed_bytes", "1073741824"});
  check_change(R"("packed_bytes":25)", R"("packed_bytes":1073741824)", {"blocks[1]", "at most 1073741824"});
  const std::string sizes =
      with_replaced(with_replaced(kJson, "[1,3,2]", "[1,64,64]"), R"("packed_bytes":20)", R"("packed_bytes":7)");
  check_refused(with_header(sizes), {"blocks[0].packed_bytes", "found 7", "8192 unpacked bytes"});
  const std::string begin = R"("blocks":[)";
  std::string none = kJson;
  none.resize(none.find(begin));
  check_refused(with_header(none + begin + "]}"), {"blocks", "0 blocks"});
  std::string many = none + begin;
  for (std::size_t i = 0; i <= kMaxPackBlocks; ++i) many += i == 0 ? "{}" : ",{}";
  check_refused(with_header(many + "]}"), {"blocks", "4097 blocks", "4096"});
}

TEST_CASE("pack header: a known name is accepted only for that data set") {
  PackHeader pack = small_pack_header();
  const DatasetIdentity& known = *find_dataset("fashion-mnist");
  pack.origin = {"fashion-mnist",
                 std::string(known.title),
                 std::string(known.licence),
                 std::string(known.source),
                 60000,
                 std::string(known.train_images_sha256),
                 std::string(known.train_labels_sha256)};
  pack.shape = known.shape;
  pack.class_names.assign(known.class_names.begin(), known.class_names.end());
  const std::string good = pack_header_text(pack).substr(kPackPrefixBytes);
  CHECK(parse(with_header(good)).origin.name == "fashion-mnist");
  const auto refused = [&](std::string_view from, std::string_view to, const char* item) {
    check_refused(with_header(with_replaced(good, from, to)), {item});
  };
  refused("\"Fashion-MNIST\"", "\"MNIST\"", "title");
  refused("\"MIT\"", "\"CC0\"", "licence");
  refused("2017 Zalando", "2017 Somebody", "source");
  refused("\"Coat\"", "\"Cloak\"", "class_names");
  refused("[1,28,28]", "[1,28,27]", "shape");
  refused("\"train\"", "\"test\"", "original.images_sha256");
  refused(known.train_labels_sha256, find_dataset("mnist")->train_labels_sha256, "original.labels_sha256");
}

}  // namespace loom
