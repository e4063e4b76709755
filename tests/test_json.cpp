#include "core/json/json.h"

#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <limits>
#include <string>

#include "core/json/json_item.h"
#include "core/rng.h"
#include "core/text.h"
#include "core/utf8.h"
#include "message_of.h"

namespace loom {
namespace {

std::string parse_error(std::string_view json) {
  return message_of([&] { parse_json(json, "doc"); });
}

std::string redumped(std::string_view json) { return parse_json(json, "doc").dump(); }

std::string nested(int depth) {
  return std::string(static_cast<std::size_t>(depth), '[') + std::string(static_cast<std::size_t>(depth), ']');
}

Json random_json(Rng& rng, int depth) {
  switch (rng.below(depth > 4 ? 5 : 7)) {
    case 0: return Json();
    case 1: return rng.below(2) == 0;
    case 2: return static_cast<std::int64_t>(rng.bits());
    case 3: {
      const double number = std::bit_cast<double>(rng.bits());
      return std::isfinite(number) ? number : 0.5;
    }
    case 4: {
      std::string string;
      for (std::uint64_t i = rng.below(8); i > 0; --i) {
        const auto code = static_cast<char32_t>(rng.below(0x110000) >> rng.below(17));
        if (code < 0xD800 || code > 0xDFFF) append_utf8(string, code);
      }
      return string;
    }
    case 5: {
      Json::Array items;
      for (std::uint64_t i = rng.below(5); i > 0; --i) items.push_back(random_json(rng, depth + 1));
      return items;
    }
    default: {
      Json object{Json::Object()};
      for (std::uint64_t i = rng.below(5); i > 0; --i) object.set(text("k", i), random_json(rng, depth + 1));
      return object;
    }
  }
}

}  // namespace

TEST_CASE("json: values and their text") {
  CHECK(redumped(" { \"a\" : [ 1 , -2.5 , true , false , null ] , \"\" : { } }\r\n\t") ==
        R"({"a":[1,-2.5,true,false,null],"":{}})");
  CHECK(redumped("[]") == "[]");
  CHECK(redumped(R"("\"\\\/\b\f\n\r\t\u0001\u00e9")") == "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\u00e9\"");
  CHECK(redumped(R"("\uD83D\ude00")") == "\"\U0001F600\"");
  CHECK(*parse_json(R"("a\u0000b")", "doc").as_string() == std::string("a\0b", 3));
  CHECK(Json("text").kind() == "string");
  CHECK(Json(nullptr).is_null());
  CHECK(parse_json(R"({"b":1,"a":2})", "doc") != parse_json(R"({"a":2,"b":1})", "doc"));
}

TEST_CASE("json: numbers") {
  CHECK(redumped("0.1") == "0.1");
  CHECK(redumped("1e2") == "100");
  CHECK(redumped("-0") == "-0");
  CHECK(redumped("0.0") == "0");
  CHECK(redumped("5e-324") == "5e-324");
  CHECK(redumped("1.7976931348623157e308") == "1.7976931348623157e+308");
  CHECK(redumped("9223372036854775807") == "9223372036854775807");
  CHECK(redumped("-9223372036854775808") == "-9223372036854775808");
  CHECK(parse_json("9007199254740993", "doc").as_integer() != nullptr);  // 2^53 + 1 is exact
  CHECK(*parse_json("9007199254740993", "doc").as_integer() == 9007199254740993);
  CHECK(parse_json("9223372036854775808", "doc").as_integer() == nullptr);
  CHECK(*parse_json("9223372036854775808", "doc").as_number() == 0x1p63);
  CHECK(parse_json("1.5", "doc").as_integer() == nullptr);
  CHECK(*parse_json("2.0", "doc").as_integer() == 2);
  CHECK(*parse_json("0e999", "doc").as_integer() == 0);
  for (const char* bad : {"1e400", "-1e400", "1e-400"}) {
    CHECK(parse_error(bad) == text("doc: byte 0: found \"", bad, "\", expected a number in the range of double"));
  }
  for (const char* bad : {"01", "1.", ".5", "+1", "-", "1e", "1e+", "0x1", "1.e5", "NaN", "Infinity", "--1", "1 2"}) {
    CAPTURE(bad);
    CHECK(parse_error(bad).starts_with("doc: byte "));
  }
  const double infinity = std::numeric_limits<double>::infinity();
  CHECK(message_of([&] { Json json(infinity); }) == "Json: found inf, expected a finite number");
  CHECK_THROWS_AS(Json{std::nan("")}, Error);
  CHECK(message_of([] { Json json(std::uint64_t{1} << 63); }) ==
        "Json: found 9223372036854775808, expected at most 9223372036854775807");
}

TEST_CASE("json: invalid text is refused with the offset, what was found and what was expected") {
  CHECK(parse_error("") == "doc: byte 0: found the end of the text, expected a value");
  CHECK(parse_error("{\"a\":1,}") == "doc: byte 7: found '}', expected a key in quotes");
  CHECK(parse_error("[1,]") == "doc: byte 3: found ']', expected a value");
  CHECK(parse_error("[1 2]") == "doc: byte 3: found '2', expected ',' or ']'");
  CHECK(parse_error("{\"a\" 1}") == "doc: byte 5: found '1', expected ':'");
  CHECK(parse_error("{a:1}") == "doc: byte 1: found 'a', expected a key in quotes");
  CHECK(parse_error("{} x") == "doc: byte 3: found 'x', expected the end of the text");
  CHECK(parse_error("tru ") == "doc: byte 3: found ' ', expected true");
  CHECK(parse_error("\"a") == "doc: byte 2: found the end of the text, expected a character or the closing '\"'");
  CHECK(parse_error("\"a\nb\"") == "doc: byte 2: found byte 0x0a, expected a character or the closing '\"'");
  CHECK(parse_error(std::string_view("[\0]", 3)) == "doc: byte 1: found byte 0x00, expected a value");
  CHECK(parse_error("\xEF\xBB\xBF{}") == "doc: byte 0: found byte 0xef, expected a value");
  CHECK(parse_error("'a'") == "doc: byte 0: found ''', expected a value");
  CHECK(parse_error("[1]// comment") == "doc: byte 3: found '/', expected the end of the text");
}

TEST_CASE("json: escapes are well-formed") {
  CHECK(parse_error(R"("\x")").starts_with("doc: byte 2: found 'x', expected one of \" "));
  CHECK(parse_error("\"\\").starts_with("doc: byte 2: found the end of the text, expected one of \" "));
  CHECK(parse_error(R"("\u12g4")") == "doc: byte 5: found 'g', expected a hexadecimal digit");
  CHECK(parse_error(R"("\uDC00")") == "doc: byte 3: found 'D', expected a high surrogate before a low one");
  CHECK(parse_error(R"("\uD800")") == "doc: byte 7: found '\"', expected the escape of a low surrogate");
  CHECK(parse_error(R"("\uD800\n")") == "doc: byte 7: found '\\', expected the escape of a low surrogate");
  CHECK(parse_error(R"("\uD800\uD800")") == "doc: byte 7: found '\\', expected the escape of a low surrogate");
}

TEST_CASE("json: text is UTF-8") {
  for (const char* good :
       {"\x7F", "\u0080", "\u07FF", "\u0800", "\uD7FF", "\uE000", "\uFFFF", "\U00010000", "\U0010FFFF"}) {
    CHECK(redumped(text('"', good, '"')) == text('"', good, '"'));
  }
  for (const char* bad :
       {"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xC3", "\xE0\x80\x80", "\xE0\x9F\xBF", "\xE2\x82", "\xED\xA0\x80",
        "\xED\xBF\xBF", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xF0\x9F\x98", "\xFF", "\xFE"}) {
    CAPTURE(quoted_name(bad));
    CHECK(parse_error(text("[\"", bad, "\"]")).ends_with("expected well-formed UTF-8"));
    CHECK(parse_error(text("[\"", bad, "\"]")).starts_with("doc: byte 2: found byte 0x"));
    CHECK(message_of([&] { Json(bad).dump(); }).ends_with("is not UTF-8"));
  }
}

TEST_CASE("json: duplicate keys, depth and size are limited") {
  CHECK(parse_error(R"({"a":1,"b":{"a":1},"a":2})") == "doc: byte 19: found key \"a\" again, expected unique keys");
  CHECK(parse_error(R"({"a":1,"\u0061":2})") == "doc: byte 7: found key \"a\" again, expected unique keys");
  CHECK(redumped(R"({"__proto__":1,"constructor":2})") == R"({"__proto__":1,"constructor":2})");

  CHECK(redumped(nested(kMaxJsonDepth)) == nested(kMaxJsonDepth));
  CHECK(parse_error(nested(kMaxJsonDepth + 1)) == "doc: byte 32: nested deeper than 32 levels");
  CHECK(parse_error(std::string(1000000, '[')) == "doc: byte 32: nested deeper than 32 levels");

  std::string many = "[0";
  for (std::size_t i = 2; i < kMaxJsonValues; ++i) many += ",0";  // with the array itself: the limit
  CHECK_NOTHROW(parse_json(many + "]", "doc"));
  CHECK(parse_error(many + ",0]") == text("doc: byte ", many.size() + 1, ": more than 65536 values"));
}

TEST_CASE("json: building keeps the order of insertion and keys unique") {
  Json json;
  json.set("b", 1).set("a", Json().push("x").push(2.5)).set("b", true);
  CHECK(json.dump() == R"({"b":true,"a":["x",2.5]})");
  CHECK(message_of([] { Json(1).push(2); }) == "Json::push: found integer, expected array");
  CHECK(message_of([] { Json("s").set("k", 2); }) == "Json::set: found string, expected object");
}

TEST_CASE("json: parsing a dump gives the same value and the same bytes") {
  Rng rng(1, Stream::test);
  for (int round = 0; round < 2000; ++round) {
    const Json json = random_json(rng, 0);
    const std::string dumped = json.dump();
    CAPTURE(dumped);
    const Json again = parse_json(dumped, "doc");
    CHECK(again == json);
    CHECK(again.dump() == dumped);
  }
}

TEST_CASE("json: items know their path") {
  const Json json = parse_json(R"({"encoder":[{},{"x":1},{"stride":"2","pads":[1,2]}],"odd key":1.5,"on":true})", "a");
  const JsonItem root(json, "a.safetensors: arch");
  CHECK(root.at("encoder").at(2).at("pads").at(1).integer() == 2);
  CHECK(root.at("odd key").number() == 1.5);
  CHECK(root.at("on").boolean());
  CHECK(root.at("encoder").at(2).at("stride").string() == "2");
  CHECK(root.at("encoder").elements().size() == 3);
  CHECK(root.at("encoder").size() == 3);
  CHECK(root.members().at(1).first == "odd key");
  CHECK_FALSE(root.find("decoder").has_value());

  CHECK(message_of([&] { root.at("encoder").at(2).at("stride").integer(); }) ==
        "a.safetensors: arch: encoder[2].stride: found string, expected integer");
  CHECK(message_of([&] { root.at("encoder").at(2).at("pads").at(1).integer(3, 9); }) ==
        "a.safetensors: arch: encoder[2].pads[1]: found 2, expected integer from 3 up to 9");
  CHECK(message_of([&] { root.at("odd key").integer(); }) ==
        "a.safetensors: arch: [\"odd key\"]: found 1.5, expected integer");
  CHECK(message_of([&] { root.at("encoder").at(3); }) ==
        "a.safetensors: arch: encoder: found 3 elements, expected more than 3");
  CHECK(message_of([&] { root.at("decoder"); }) == "a.safetensors: arch: found no \"decoder\", which is required");
  CHECK(message_of([&] { root.at("encoder").at("x"); }) ==
        "a.safetensors: arch: encoder: found array, expected object");
  CHECK(message_of([&] { root.at(0); }) == "a.safetensors: arch: found object, expected array");
  CHECK(message_of([&] { root.at("encoder").at(2).allow_only({"stride", "kind"}); }) ==
        "a.safetensors: arch: encoder[2]: found key \"pads\", expected only \"stride\" \"kind\"");
  CHECK(message_of([&] { root.at("on").number(); }) == "a.safetensors: arch: on: found boolean, expected number");
  CHECK(message_of([&] { JsonItem(json, "").at("on").string(); }) == "on: found boolean, expected string");
}

TEST_CASE("json: untrusted text is quoted for messages") {
  CHECK(quoted_name("a\n\"b\"") == R"("a\n\"b\"")");
  CHECK(quoted_name("a\xFFz") == "\"a?z\"");
  CHECK(quoted_name(std::string(96, 'x')) == text('"', std::string(96, 'x'), '"'));
  CHECK(quoted_name(std::string(97, 'x')) == text('"', std::string(96, 'x'), "\"..."));
  CHECK(quoted_name(std::string(95, 'x') + "\u00e9") == text('"', std::string(95, 'x'), "\"..."));
  CHECK(quoted_name(std::string(1000, '\xFF')).size() < 110);
}

}  // namespace loom
