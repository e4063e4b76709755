#include <doctest/doctest.h>

#include <string>

#include "core/text.h"
#include "safetensors_files.h"
#include "weights/safetensors.h"

namespace loom {
namespace {

std::string entry(std::string_view name, std::string_view dtype, std::string_view shape, std::string_view offsets) {
  return text('"', name, R"(":{"dtype":")", dtype, R"(","shape":)", shape, R"(,"data_offsets":)", offsets, '}');
}

// The header with one tensor "test", as in the tests of the reference implementation.
std::string one(std::string_view shape, std::string_view offsets, std::string_view dtype = "I32") {
  return text('{', entry("test", dtype, shape, offsets), '}');
}

}  // namespace

// Names as in safetensors/src/tensor.rs.
TEST_CASE("safetensors: deserialization") {
  const Bytes bytes = file_with(one("[2,2]", "[0,16]"), 16);
  const TensorFile file = read_safetensors(bytes, "f");
  REQUIRE(file.tensors.size() == 1);
  const TensorView& test = *file.find("test");
  CHECK(test.shape == Shape{2, 2});
  CHECK(test.dtype == DType::i32);
  CHECK(test.bytes.data() == bytes.data() + bytes.size() - 16);  // a view, not a copy
  CHECK(test.bytes.size() == 16);
  CHECK(file.find("Test") == nullptr);
  CHECK(file.metadata.empty());
}

TEST_CASE("safetensors: empty shapes allowed") {
  const Bytes bytes = file_with(one("[]", "[0,4]"), 4);
  CHECK(read_safetensors(bytes, "f").find("test")->shape.empty());
  CHECK(read_safetensors(bytes, "f").find("test")->bytes.size() == 4);
}

TEST_CASE("safetensors: zero sized tensor") {
  const Bytes bytes = file_with(one("[2,0]", "[0,0]"));
  CHECK(read_safetensors(bytes, "f").find("test")->shape == Shape{2, 0});
  CHECK(read_safetensors(bytes, "f").find("test")->bytes.empty());
}

TEST_CASE("safetensors: json attack (many tensors on the same bytes)") {
  std::string header = "{";
  for (int i = 0; i < 10; ++i) header += text(i ? "," : "", entry(text("weight_", i), "F32", "[2,2]", "[0,16]"));
  CHECK(read_error(header + "}", 16) == "f: tensor weight_1: data_offsets begin at 0, expected 16 (overlap)");
}

TEST_CASE("safetensors: metadata incomplete buffer") {
  CHECK(read_error(one("[2,2]", "[0,16]"), 16 + 34) ==
        "f: found 50 bytes of tensors, expected 16 (something follows the last tensor)");
  CHECK(read_error(one("[2,2]", "[0,16]"), 14) == "f: found 14 bytes of tensors, expected 16 (the file is cut short)");
  CHECK(read_error("{}", 1).starts_with("f: found 1 bytes of tensors, expected 0"));
}

TEST_CASE("safetensors: header too large") {
  CHECK(read_error(bytes_of(std::string("<\0\0\0\0\xff\xff\xff{}", 10))) ==
        "f: found a header of 18446742974197923900 bytes, expected at most 1048576");
  CHECK(read_error(text("{}", std::string(kMaxHeaderBytes - 2, ' ')), 0) == "no error");
  CHECK(read_error(text("{}", std::string(kMaxHeaderBytes - 1, ' ')), 0) ==
        "f: found a header of 1048577 bytes, expected at most 1048576");
}

TEST_CASE("safetensors: header too small") {
  CHECK(read_error(Bytes()) == "f: found 0 bytes, expected at least 8, the length of the header");
  CHECK(read_error(Bytes(7)) == "f: found 7 bytes, expected at least 8, the length of the header");
}

TEST_CASE("safetensors: invalid header length") {
  CHECK(read_error(bytes_of(std::string("<\0\0\0\0\0\0\0", 8))) ==
        "f: found 8 bytes, expected at least 68 for its header");
}

TEST_CASE("safetensors: invalid header non utf8") {
  CHECK(read_error("\xff", 0) == "f: found \"?\" at byte 8, expected '{', the header");
  CHECK(read_error("{\"\xff\":1}", 0) == "f: header: byte 2: found byte 0xff, expected well-formed UTF-8");
}

TEST_CASE("safetensors: invalid header not json") {
  CHECK(read_error("{", 0) == "f: header: byte 1: found the end of the text, expected a key in quotes");
  CHECK(read_error("{}{}", 0) == "f: header: byte 2: found '{', expected the end of the text");
  CHECK(read_error(std::string_view("{}\0\0", 4), 0).starts_with("f: header: byte 2: found byte 0x00"));
}

TEST_CASE("safetensors: whitespace padded header") {
  CHECK(read_error("{}    ", 0) == "no error");
  CHECK(read_error("{}\x0D\x20\x09\x0A", 0) == "no error");
}

TEST_CASE("safetensors: whitespace start padded header is not allowed") {
  CHECK(read_error(" {}", 0) == "f: found \" \" at byte 8, expected '{', the header");
  CHECK(read_error("\x09\x0A{}\x0D\x20", 0) == "f: found \"\\t\" at byte 8, expected '{', the header");
  CHECK(read_error("", 0) == "f: found \"\" at byte 8, expected '{', the header");
  CHECK(read_error("[]", 0) == "f: found \"[\" at byte 8, expected '{', the header");
}

TEST_CASE("safetensors: invalid info") {
  CHECK(read_error(one("[2,2]", "[0, 4]"), 0) ==
        "f: tensor test: data_offsets: found [0,4], which is 4 bytes, expected 16 bytes for I32 (2, 2)");
}

TEST_CASE("safetensors: validation overflow") {
  for (const char* dimension : {"18446744073709551614", "9223372036854775807", "9223372036854775808", "4294967296"}) {
    const std::string error = read_error(one(text("[2,", dimension, ']'), "[0,16]"), 16);
    CHECK(error.starts_with("f: tensor test: shape[1]: found "));
    CHECK(error.ends_with(", expected integer from 0 up to 16777216"));
  }
  for (const char* shape : {"[65536,65536]", "[16777216,256,4,1]", "[16777216,16777216,16777216,16777216]",
                            "[16777216,16777216,16777216,0]"}) {
    CHECK(read_error(one(shape, "[0,0]"), 0).ends_with("expected at most 67108864 bytes of I32"));
  }
}

// Rules of our own profile and of the attack list.
TEST_CASE("safetensors: offsets") {
  const auto two = [](std::string_view first, std::string_view second) {
    return text('{', entry("a", "U8", "[4]", first), ',', entry("b", "U8", "[4]", second), '}');
  };
  CHECK(read_error(two("[0,4]", "[4,8]"), 8) == "no error");
  CHECK(read_error(two("[4,8]", "[0,4]"), 8) == "no error");  // any order in the header
  CHECK(read_error(two("[0,4]", "[3,7]"), 7) == "f: tensor b: data_offsets begin at 3, expected 4 (overlap)");
  CHECK(read_error(two("[0,4]", "[5,9]"), 9) == "f: tensor b: data_offsets begin at 5, expected 4 (hole)");
  CHECK(read_error(two("[1,5]", "[5,9]"), 9) == "f: tensor a: data_offsets begin at 1, expected 0 (hole)");
  CHECK(read_error(two("[4,0]", "[4,8]"), 8) == "f: tensor a: data_offsets: found [4,0], expected begin <= end");
  CHECK(read_error(two("[0,4,8]", "[4,8]"), 8) == "f: tensor a: data_offsets: found 3 elements, expected [begin, end]");
  CHECK(read_error(two("[-4,0]", "[0,4]"), 4) ==
        "f: tensor a: data_offsets[0]: found -4, expected integer from 0 up to 67108864");
  CHECK(read_error(two("[0,4294967300]", "[4,8]"), 8).starts_with("f: tensor a: data_offsets[1]: found 4294967300"));
  CHECK(read_error(two("[0,4.5]", "[4,8]"), 8).starts_with("f: tensor a: data_offsets[1]: found 4.5, expected int"));
  CHECK(read_error(two("[0,\"4\"]", "[4,8]"), 8).starts_with("f: tensor a: data_offsets[1]: found string"));
  CHECK(read_error(two("4", "[4,8]"), 8) == "f: tensor a: data_offsets: found integer, expected array");
}

TEST_CASE("safetensors: entries") {
  CHECK(read_error(one("[1]", "[0,8]", "F64"), 8) ==
        "f: tensor test: dtype: found \"F64\", expected one of F32 F16 BF16 U8 I8 I16 I32 I64");
  CHECK(read_error(one("[1]", "[0,4]", "f32"), 4).starts_with("f: tensor test: dtype: found \"f32\""));
  CHECK(read_error(one("[1,1,1,1,1]", "[0,4]"), 4) == "f: tensor test: shape: found 5 dimensions, expected at most 4");
  CHECK(read_error(one("[16777217]", "[0,4]"), 4) ==
        "f: tensor test: shape[0]: found 16777217, expected integer from 0 up to 16777216");
  CHECK(read_error(one("{}", "[0,4]"), 4) == "f: tensor test: shape: found object, expected array");
  CHECK(read_error(R"({"t":[]})", 0) == "f: tensor t: found array, expected object");
  CHECK(read_error(R"({"t":{"shape":[],"data_offsets":[0,4]}})", 4) ==
        "f: tensor t: found no \"dtype\", which is required");
  CHECK(read_error(R"({"t":{"dtype":"F32","shape":[],"data_offsets":[0,4],"strides":[]}})", 4) ==
        "f: tensor t: found key \"strides\", expected only \"dtype\" \"shape\" \"data_offsets\"");
}

TEST_CASE("safetensors: duplicate keys, nesting and many entries") {
  const std::string t = entry("t", "U8", "[4]", "[0,4]");
  CHECK(read_error(text('{', t, ',', t, '}'), 4).ends_with("found key \"t\" again, expected unique keys"));
  CHECK(read_error(R"({"__metadata__":{},"__metadata__":{}})", 0).ends_with("again, expected unique keys"));
  CHECK(read_error(R"({"__metadata__":{"a":"1","a":"2"}})", 0).ends_with("again, expected unique keys"));
  CHECK(read_error(R"({"t":{"dtype":"U8","dtype":"I8","shape":[4],"data_offsets":[0,4]}})", 4)
            .ends_with("found key \"dtype\" again, expected unique keys"));
  CHECK(read_error("{\"a\":" + std::string(500000, '['), 0).ends_with("nested deeper than 32 levels"));
  CHECK(read_error(
            "{\"a\":[0" +
                [] {
                  std::string zeros;
                  for (int i = 0; i < 500000; ++i) zeros += ",0";
                  return zeros;
                }(),
            0)
            .ends_with("more than 65536 values"));

  const auto tensors = [](std::size_t count) {
    std::string header = "{";
    for (std::size_t i = 0; i < count; ++i) header += text(i ? "," : "", entry(text("t", i), "U8", "[0]", "[0,0]"));
    return header + "}";
  };
  CHECK(read_error(tensors(kMaxTensors), 0) == "no error");
  CHECK(read_error(tensors(kMaxTensors + 1), 0) == "f: found more than 256 tensors");
}

TEST_CASE("safetensors: names") {
  for (const std::string name : {"__proto__", "constructor", "toString", "__metadata"}) {
    const Bytes bytes = file_with(text('{', entry(name, "U8", "[]", "[0,1]"), '}'), 1);
    CHECK(read_safetensors(bytes, "f").find(name)->name == name);
  }
  CHECK(read_error(text('{', entry("a/../b", "U8", "[]", "[0,1]"), '}'), 1) ==
        "f: found tensor name \"a/../b\", expected 1 to 96 letters, digits, '_' and '.'");
  CHECK(read_error(text('{', entry("", "U8", "[]", "[0,1]"), '}'), 1).starts_with("f: found tensor name \"\""));
  CHECK(
      read_error(text('{', entry("a\\nb", "U8", "[]", "[0,1]"), '}'), 1).starts_with("f: found tensor name \"a\\nb\""));
}

TEST_CASE("safetensors: metadata is text") {
  const Bytes bytes = file_with(R"({"__metadata__":{"format":"pt","__proto__":"\u00e9","":""}})");
  CHECK(read_safetensors(bytes, "f").metadata == Metadata{{"", ""}, {"__proto__", "\u00e9"}, {"format", "pt"}});
  CHECK(read_error(R"({"__metadata__":{"a":1}})", 0) == "f: __metadata__: a: found integer, expected string");
  CHECK(read_error(R"({"__metadata__":[]})", 0) == "f: __metadata__: found array, expected object");
  CHECK(read_error(R"({"__metadata__":null})", 0) == "f: __metadata__: found null, expected object");
}

TEST_CASE("safetensors: a file of more than 64 MiB is refused before it is parsed") {
  const Bytes bytes(static_cast<std::size_t>(kMaxWeightFileBytes) + 1);
  CHECK(read_error(bytes) == "f: found 67108865 bytes, expected at most 67108864");
}

}  // namespace loom
