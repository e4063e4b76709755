#include "train/session/command.h"

#include <algorithm>

#include "core/text.h"
#include "train/recipe_json.h"
#include "train/session/settings.h"

namespace loom {
namespace {

// A word for the shell, quoted if necessary.
std::string shell_word(const std::string& word) {
  constexpr std::string_view kPlain = "-_.,+=:/";
  const auto plain = [&](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           kPlain.find(c) != std::string_view::npos;
  };
  if (!word.empty() && std::ranges::all_of(word, plain)) return word;
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

// The value as the command line takes it: lists without brackets, words without quotes.
std::string value_words(const Json& value) {
  if (const std::string* word = value.as_string()) return *word;
  std::string words = value.dump();
  if (value.as_array()) words = words.substr(1, words.size() - 2);
  return words;
}

std::string option_name(std::string_view setting) {
  std::string name = text("--", setting);
  std::ranges::replace(name, '_', '-');
  return name;
}

}  // namespace

std::string train_command(const Recipe& recipe, const CommandFacts& facts) {
  std::string command = text("loom train ", recipe.name, " --data DIR --out ", shell_word(facts.file_name));
  if (facts.first > 0) command += text(" --first ", facts.first);
  if (!facts.start.empty()) command += text(" --start ", shell_word(facts.start));
  const Json usual = recipe_json(recipe_for(recipe.name, facts.images)), here = recipe_json(recipe);
  for (std::size_t i = 0; i < here.as_object()->size(); ++i) {
    const auto& [name, value] = (*here.as_object())[i];
    if (!(value == (*usual.as_object())[i].second))
      command += text(" ", option_name(name), " ", shell_word(value_words(value)));
  }
  if (facts.f32) command += " --f32";
  return facts.portable ? command + " --portable" : command;
}

}  // namespace loom
