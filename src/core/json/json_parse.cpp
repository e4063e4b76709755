#include <set>

#include "core/json/json.h"
#include "core/json/json_scanner.h"
#include "core/text.h"
#include "core/utf8.h"

namespace loom {
namespace {

// A recursive-descent parser with one function for each rule of the grammar.
class Parser {
 public:
  explicit Parser(JsonScanner scanner) : scan_(scanner) {}

  Json document() {
    Json result = value(1);
    scan_.end();
    return result;
  }

 private:
  Json value(int depth) {
    if (++values_ > kMaxJsonValues) scan_.fail_at(scan_.offset(), text("more than ", kMaxJsonValues, " values"));
    if (depth > kMaxJsonDepth) scan_.fail_at(scan_.offset(), text("nested deeper than ", kMaxJsonDepth, " levels"));
    scan_.skip_space();
    switch (scan_.peek()) {
      case '{': return object(depth);
      case '[': return array(depth);
      case '"': return scan_.string("a value");
      case 't': return scan_.word("true"), true;
      case 'f': return scan_.word("false"), false;
      case 'n': return scan_.word("null"), nullptr;
      default: return scan_.number();
    }
  }

  Json array(int depth) {
    Json::Array items;
    if (opens_empty('[', ']')) return items;
    do {
      items.push_back(value(depth + 1));
    } while (continues(']', "',' or ']'"));
    return items;
  }

  Json object(int depth) {
    Json::Object members;
    std::vector<std::size_t> offsets;
    if (opens_empty('{', '}')) return members;
    do {
      scan_.skip_space();
      offsets.push_back(scan_.offset());
      std::string key = scan_.string("a key in quotes");
      scan_.skip_space();
      if (!scan_.accept(':')) scan_.refuse("':'");
      members.emplace_back(std::move(key), value(depth + 1));
    } while (continues('}', "',' or '}'"));
    refuse_duplicates(members, offsets);
    return members;
  }

  bool opens_empty(char open, char close) {
    scan_.accept(open);
    scan_.skip_space();
    return scan_.accept(close);
  }

  // After an item: returns true for a comma, false for the closing bracket.
  bool continues(char close, std::string_view wanted) {
    scan_.skip_space();
    if (scan_.accept(',')) return true;
    if (!scan_.accept(close)) scan_.refuse(wanted);
    return false;
  }

  // Uses a set, because comparing all pairs of keys would take quadratic time and untrusted text decides their number.
  void refuse_duplicates(const Json::Object& members, const std::vector<std::size_t>& offsets) const {
    std::set<std::string_view> keys;
    for (std::size_t i = 0; i < members.size(); ++i) {
      if (keys.insert(members[i].first).second) continue;
      scan_.fail_at(offsets[i], text("found key ", quoted_name(members[i].first), " again, expected unique keys"));
    }
  }

  JsonScanner scan_;
  std::size_t values_ = 0;
};

}  // namespace

Json parse_json(std::string_view text, std::string_view context) {
  const JsonScanner scanner(text, context);
  const std::size_t valid = utf8_valid_length(text);
  if (valid != text.size()) scanner.refuse_at(valid, "well-formed UTF-8");
  return Parser(scanner).document();
}

}  // namespace loom
