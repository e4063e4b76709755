#include "data/set_folder.h"

#include <string>

namespace loom {

SetFolder set_folder(std::string_view name) {
  std::string stem;
  for (const char c : name)
    if (c != '_' && c != '-' && c != ' ') stem += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  if (stem.ends_with("set")) stem.resize(stem.size() - 3);
  if (stem == "train" || stem == "training") return SetFolder::training;
  if (stem == "test" || stem == "testing") return SetFolder::test;
  if (stem == "val" || stem == "valid" || stem == "validation") return SetFolder::validation;
  return SetFolder::none;
}

}  // namespace loom
