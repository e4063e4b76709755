#include "data/idx/idx_names.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <memory>
#include <span>

#include "core/error.h"
#include "core/files/file.h"
#include "core/image.h"
#include "core/utf8.h"
#include "data/gzip.h"
#include "data/idx/idx_labels.h"
#include "data/idx_header.h"

namespace loom {
namespace fs = std::filesystem;
namespace {

using Start = std::array<std::byte, 4>;

// The first unpacked bytes of a file, plain or gzip; zeros for what is neither.
Start start_of(const fs::path& path) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), std::fclose);
  std::array<std::byte, 4096> stored;
  Start start{};
  if (!file) return start;
  const std::span<const std::byte> bytes(stored.data(), std::fread(stored.data(), 1, stored.size(), file.get()));
  if (!is_gzip(bytes)) {
    std::copy_n(bytes.begin(), std::min(bytes.size(), start.size()), start.begin());
    return start;
  }
  try {
    if (GzipReader(bytes, path.string()).read(start) < start.size()) return {};
  } catch (const Error&) {  // some other gzip file
    return {};
  }
  return start;
}

bool is_images(const Start& start) { return starts_as_idx(start, IdxKind::images); }
bool is_labels(const Start& start) { return starts_as_idx_labels(start); }

std::vector<fs::path> files_in(const fs::path& folder, bool (*wanted)(const Start&)) {
  std::vector<fs::path> found;
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored))
    if (entry.is_regular_file(ignored) && entry.path().filename().string()[0] != '.' && wanted(start_of(entry.path())))
      found.push_back(entry.path());
  std::ranges::sort(found);
  return found;
}

[[noreturn]] void refuse_several(const std::vector<fs::path>& found, const char* what, const char* remedy) {
  fail(found[0].parent_path().string(), ": ", found.size(), " IDX files of ", what, " here (",
       found[0].filename().string(), ", ", found[1].filename().string(), found.size() > 2 ? ", ..." : "",
       "), expected one; ", remedy);
}

std::string with(std::string name, std::string_view from, std::string_view to) {
  const std::size_t at = name.rfind(from);
  return at == std::string::npos ? name : name.replace(at, from.size(), to);
}

bool has(const fs::path& path, std::string_view word) {
  return path.filename().string().find(word) != std::string::npos;
}

// The file beside `path` with one word of its name replaced, plain or gzip; empty if the word or the file is missing.
fs::path beside(const fs::path& path, std::string_view from, std::string_view to) {
  if (!has(path, from)) return {};
  const std::string other = with(path.filename().string(), from, to);
  const std::string stem = other.ends_with(".gz") ? other.substr(0, other.size() - 3) : other;
  std::error_code ignored;
  for (const std::string& candidate : {other, stem, stem + ".gz"})
    if (fs::is_regular_file(path.parent_path() / candidate, ignored)) return path.parent_path() / candidate;
  return {};
}

fs::path folder_of(const fs::path& file) { return file.parent_path().empty() ? "." : file.parent_path(); }

// Reads a line with a label's number and its characters' codes: "1 65 97" is "Aa".
std::string name_of_codes(std::string_view line, int& label, const std::string& where) {
  const char* at = line.data();
  const char* const end = at + line.size();
  const auto number = [&](auto& value) {
    while (at != end && (*at == ' ' || *at == '\t' || *at == ',')) ++at;
    const auto [stop, error] = std::from_chars(at, end, value);
    at = stop;
    return error == std::errc();
  };
  std::string name;
  bool good = number(label) && label >= 0 && static_cast<std::size_t>(label) < kMaxClasses;
  for (unsigned code = 0; good && number(code);) {
    good = code > ' ' && code < 0xd800;
    if (good) append_utf8(name, static_cast<char32_t>(code));
  }
  while (at != end && (*at == ' ' || *at == '\r')) ++at;
  if (!good || at != end || name.empty() || name.size() > kMaxClassName)
    fail(where, ": a line is no label of 0 to ", kMaxClasses - 1, " with the codes of its characters");
  return name;
}

}  // namespace

fs::path find_idx_images(const fs::path& folder) {
  const std::vector<fs::path> found = files_in(folder, is_images);
  if (found.empty()) return {};
  if (found.size() == 1) return found[0];
  std::vector<fs::path> training;
  for (const fs::path& path : found)
    if (has(path, "train")) training.push_back(path);
  const std::size_t others = found.size() - training.size();
  const bool sets = std::ranges::all_of(found, [](const fs::path& path) {
    return has(path, "train") || has(path, "test") || has(path, "t10k") || has(path, "val");
  });
  if (training.size() != 1 || !sets || others > 2) refuse_several(found, "images", "name the file of images to use");
  return training[0];
}

IdxSets idx_sets(const fs::path& images) {
  for (const char* word : {"test", "t10k"}) {
    if (const fs::path test = beside(images, "train", word); !test.empty()) return {images, test};
    if (const fs::path training = beside(images, word, "train"); !training.empty()) return {training, images};
  }
  return {images, {}};
}

fs::path labels_beside(const fs::path& images) {
  const std::string name = images.filename().string();
  const std::string stem = with(name, "images", "labels");
  if (stem != name) {
    if (const fs::path exact = beside(images.parent_path() / stem, "idx3", "idx1"); !exact.empty()) return exact;
    const std::string start = stem.substr(0, stem.rfind("labels") + std::string_view("labels").size());
    for (const fs::path& path : files_in(folder_of(images), is_labels))
      if (path.filename().string().starts_with(start)) return path;
  }
  std::vector<fs::path> found = files_in(folder_of(images), is_labels);
  if (found.size() > 1) refuse_several(found, "labels", "a file of images named ...images... goes with ...labels...");
  return found.empty() ? fs::path() : found[0];
}

std::vector<std::string> mapped_class_names(const fs::path& images, const std::vector<std::uint8_t>& labels) {
  const std::string name = images.filename().string();
  std::size_t end = name.find("-train-");
  if (end == std::string::npos) end = name.find("-test-");
  if (end == std::string::npos) return {};
  const fs::path path = folder_of(images) / (name.substr(0, end) + "-mapping.txt");
  constexpr std::uint64_t kMostBytes = 1 << 20;
  std::error_code ignored;
  if (!fs::is_regular_file(path, ignored)) return {};
  const std::vector<std::byte> bytes = read_file(path.string(), kMostBytes);
  std::string_view rest(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  std::vector<std::string> names;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    if (line.empty() || line == "\r") continue;
    int label = 0;
    std::string characters = name_of_codes(line, label, path.string());
    for (int missing = static_cast<int>(names.size()); missing <= label; ++missing) names.push_back(text(missing));
    names[static_cast<std::size_t>(label)] = std::move(characters);
  }
  for (const std::uint8_t label : labels)
    if (label >= names.size()) fail(path.string(), ": has no line for label ", label);
  return names;
}

}  // namespace loom
