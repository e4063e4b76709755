#include "explorer/app/access/find.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "core/json/json.h"
#include "core/parse.h"
#include "core/text.h"
#include "explorer/state/number_text.h"
#include "explorer/texts/texts.h"

namespace loom {
namespace {

constexpr std::size_t kMostDigits = 9;  // of a number of an image

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// In lower case, a minus sign as a hyphen, and without spaces at the ends.
std::string plain(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool minus = text.substr(i).starts_with("\u2212");
    out += minus ? '-' : lower(text[i]);
    if (minus) i += std::string_view("\u2212").size() - 1;
  }
  const std::size_t begin = out.find_first_not_of(' ');
  if (begin == std::string::npos) return {};
  return out.substr(begin, out.find_last_not_of(' ') - begin + 1);
}

// The words between spaces, commas and semicolons.
std::vector<std::string_view> words_of(std::string_view text) {
  constexpr std::string_view kBetween = " ,;";
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(kBetween), text.size());
    if (end > 0) words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

std::optional<float> coordinate(std::string_view word) {
  const std::optional<double> value = parse_number(word);
  if (!value || !std::isfinite(static_cast<float>(*value))) return std::nullopt;
  return static_cast<float>(*value);
}

// "0.5, -1.2" or "z 0.5 -1.2"
std::optional<Point> place_in(std::string_view text) {
  std::vector<std::string_view> words = words_of(text);
  if (!words.empty() && words.front() == "z") words.erase(words.begin());
  if (words.size() != 2) return std::nullopt;
  const std::optional<float> x = coordinate(words[0]), y = coordinate(words[1]);
  return x && y ? std::optional(Point{*x, *y}) : std::nullopt;
}

// "493", "#493" or "test image 493"
std::optional<std::size_t> image_in(std::string_view text, const LoadedModel& model) {
  for (const std::string_view before : {"test image", "image", "#"})
    if (text.starts_with(before)) {
      text.remove_prefix(before.size());
      break;
    }
  while (text.starts_with(' ')) text.remove_prefix(1);
  const auto n = text.size() <= kMostDigits ? parse_integer<std::size_t>(text) : std::nullopt;
  return n && *n < model.mu.size() ? n : std::nullopt;
}

Json result(std::string id, std::string title, std::string what) {
  Json json;
  return json.set("id", std::move(id)).set("title", std::move(title)).set("what", std::move(what));
}

bool has_class(const LoadedModel& model, std::size_t c) {
  return model.labelled && c < std::min(model.class_names.size(), kMaxIsolated);
}

}  // namespace

std::string find_results(const Explorer& explorer, std::string_view query) {
  Json results{Json::Array{}};
  if (!explorer.model) return results.dump();
  const LoadedModel& model = *explorer.model;
  const ExplorerState& state = explorer.state;
  const bool moves = !is_locked(state, Lock::z);
  const std::string wanted = plain(query);
  if (const std::optional<Point> z = place_in(wanted); z && moves) {
    results.push(
        result(text("z ", z->x, ',', z->y), text("z ", pair_text(z->x, z->y, 2)), std::string(texts::kFoundPlace)));
  }
  if (moves || !is_locked(state, Lock::classes))
    for (std::size_t c = 0; has_class(model, c); ++c)
      if (plain(model.class_names[c]).find(wanted) != std::string::npos)
        results.push(result(text("class ", c), model.class_names[c], std::string(texts::kFoundClass)));
  if (const auto n = image_in(wanted, model); n && !is_locked(state, Lock::image))
    results.push(result(text("image ", *n), texts::found_image(*n),
                        model.labelled ? model.class_names[model.file.test.labels[*n]] : std::string()));
  return results.dump();
}

bool go_to_found(const Explorer& explorer, std::string_view id, Actions& actions) {
  if (!explorer.model) return false;
  const LoadedModel& model = *explorer.model;
  const ExplorerState& state = explorer.state;
  if (id.starts_with("z ")) {
    const std::optional<Point> z = place_in(id);
    if (z) actions.push_back(FlyTo{.z = *z, .jump = true});
    return z.has_value();
  }
  if (id.starts_with("image ")) {
    const std::optional<std::size_t> n = image_in(id, model);
    if (!n) return false;
    actions.push_back(SelectImage{static_cast<std::int32_t>(*n)});
    actions.push_back(FlyTo{.z = model.mu[*n], .jump = true});
    return true;
  }
  if (!id.starts_with("class ")) return false;
  const auto c = parse_integer<std::size_t>(id.substr(6));
  if (!c || !has_class(model, *c)) return false;
  if (state.isolated != 1u << *c) actions.push_back(Isolate{*c});  // pressed again it would show all
  if (!std::isnan(model.class_centers[*c].x)) actions.push_back(FlyTo{.z = model.class_centers[*c], .jump = true});
  return true;
}

}  // namespace loom
