#include "explorer/model/provenance.h"

#include <algorithm>

#include "core/error.h"
#include "core/json/json.h"
#include "core/text.h"
#include "explorer/state/number_text.h"

namespace loom {
namespace {

constexpr std::size_t kLongest = 120, kHashLength = 64, kHashShown = 12, kMostNumbers = 8;
constexpr int kDepth = 2;  // objects in objects

// Truncates without splitting a UTF-8 character.
std::string cut(const std::string& words, std::size_t most) {
  if (words.size() <= most) return words;
  while (most > 0 && (static_cast<unsigned char>(words[most]) & 0xc0) == 0x80) --most;
  return words.substr(0, most) + "\u2026";
}

std::string shown(const std::string& words) {
  const bool hash = words.size() == kHashLength &&
                    std::ranges::all_of(words, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
  return cut(words, hash ? kHashShown : kLongest);
}

std::string spaced(std::string name) {
  std::ranges::replace(name, '_', ' ');
  return name;
}

std::string value_text(const Json& value) {
  if (const std::int64_t* integer = value.as_integer()) return text(*integer);
  if (const std::optional<double> number = value.as_number()) {
    const double size = std::max(*number, -*number);
    return size > 0 && size < 1e-3 ? value.dump() : number_text(*number, size < 1 ? 4 : 2);
  }
  if (const std::string* words = value.as_string()) return words->empty() ? "none" : shown(*words);
  if (const bool* yes = value.as_boolean()) return *yes ? "yes" : "no";
  if (const Json::Array* items = value.as_array()) {
    std::string out;
    for (std::size_t i = 0; i < items->size() && i < kMostNumbers; ++i)
      out += text(out.empty() ? "" : ", ", value_text((*items)[i]));
    return items->empty() ? "none" : items->size() > kMostNumbers ? out + ", \u2026" : out;
  }
  return shown(value.dump());
}

void add_object(const Json::Object& object, const std::string& title, int depth, std::vector<ProvenanceRow>& out) {
  out.push_back({spaced(title), "", true});
  for (const auto& [name, value] : object)
    if (!value.as_object() || depth == kDepth) out.push_back({spaced(name), value_text(value)});
  if (depth < kDepth)
    for (const auto& [name, value] : object)
      if (const Json::Object* inner = value.as_object()) add_object(*inner, name, depth + 1, out);
}

// The setting of this name, if it is a word; empty if it is not, or if there are no settings.
std::string setting_of(const std::map<std::string, std::string>& provenance, std::string_view wanted) {
  const auto found = provenance.find("settings");
  if (found == provenance.end()) return {};
  try {
    const Json settings = parse_json(found->second, found->first);
    const Json::Object* object = settings.as_object();
    if (!object) return {};
    for (const auto& [name, value] : *object)
      if (const std::string* word = value.as_string(); word && name == wanted) return *word;
  } catch (const Error&) {
    // Not JSON: the settings of another program.
  }
  return {};
}

}  // namespace

bool was_trained_to_denoise(const std::map<std::string, std::string>& provenance) {
  const std::string kind = setting_of(provenance, "corruption");
  return !kind.empty() && kind != "none";
}

bool was_trained_in_steps(const std::map<std::string, std::string>& provenance) {
  return provenance.contains("recipe") && setting_of(provenance, "method") == "gradient";
}

std::vector<ProvenanceRow> provenance_rows(const std::map<std::string, std::string>& provenance) {
  std::vector<ProvenanceRow> words, objects;
  for (const auto& [name, value] : provenance) {
    Json json;
    try {
      if (value.starts_with('{')) json = parse_json(value, name);
    } catch (const Error&) {
      json = {};  // shown as plain text
    }
    if (const Json::Object* object = json.as_object())
      add_object(*object, name, 1, objects);
    else
      words.push_back({spaced(name), shown(value)});
  }
  words.insert(words.end(), objects.begin(), objects.end());
  return words;
}

}  // namespace loom
