#include "data/folder/image_layout.h"

#include <algorithm>
#include <array>

#include "core/error.h"
#include "data/images/image_file.h"
#include "data/set_folder.h"

namespace loom {
namespace fs = std::filesystem;
namespace {

constexpr int kMaxArchiveFolders = 4;  // around the images; deeper ones are hardly a data set

bool is_of_a_system(const std::string& name) {
  constexpr std::array kNames{
      "__MACOSX", "@eaDir", "Thumbs.db", "desktop.ini", "$RECYCLE.BIN", "System Volume Information", "lost+found"};
  return name[0] == '.' || std::ranges::find(kNames, name) != kNames.end();
}

std::string last_name(const fs::path& path) { return path.filename().string(); }

// Whether there are images in the folder or in its subfolders, that many levels down.
bool has_pictures(const fs::path& folder, int depth) {
  const FolderContent content = list_folder(folder);
  return !content.pictures.empty() || (depth > 0 && std::ranges::any_of(content.folders, [&](const fs::path& f) {
                                         return has_pictures(f, depth - 1);
                                       }));
}

// The layout if the subfolders are sets. One that is none makes all of them classes, unless it holds no images.
std::optional<ImageLayout> split_layout(const FolderContent& content, const fs::path& around) {
  ImageLayout layout;
  layout.notes = notes_on(content, around);
  fs::path validation;
  for (const fs::path& folder : content.folders) {
    const SetFolder set = set_folder(last_name(folder));
    if (set == SetFolder::none) {
      if (has_pictures(folder, 2)) return std::nullopt;
      layout.notes.push_back(text(folder.string(), ": no images in this folder, passed over"));
      continue;
    }
    fs::path& place = set == SetFolder::training ? layout.training : set == SetFolder::test ? layout.test : validation;
    if (!place.empty()) return std::nullopt;
    place = folder;
    if (has_pictures(folder, 1)) layout.sets.push_back(folder);
  }
  if (layout.training.empty() && layout.test.empty()) return std::nullopt;
  if (layout.test.empty() && !validation.empty()) {
    layout.test = validation;
    layout.notes.push_back(text(validation.string(), ": used as the test set, because there is no other"));
  } else if (!validation.empty()) {
    layout.notes.push_back(
        text(validation.string(), ": not used; --validation keeps some of the training images for validation"));
  }
  if (layout.test.empty()) layout.test = layout.training;
  return layout;
}

}  // namespace

FolderContent list_folder(const fs::path& folder) {
  FolderContent content;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    const std::string name = last_name(entry.path());
    std::error_code ignored;
    if (is_of_a_system(name)) {
      content.passed_over.push_back(name);
    } else if (entry.is_directory(ignored)) {
      content.folders.push_back(entry.path());
    } else {
      const FileKind kind = file_kind(entry.path());
      const bool unknown = kind == FileKind::other || kind == FileKind::empty || kind == FileKind::lfs_pointer;
      if (kind == FileKind::png || kind == FileKind::jpeg || (unknown && has_image_name(entry.path())))
        content.pictures.push_back(entry.path());
      else
        ++content.left_out[kind];
    }
  }
  if (error) fail(folder.string(), ": cannot be listed: ", error.message());
  const auto by_name = [](const fs::path& path) { return path.string(); };
  std::ranges::sort(content.pictures, {}, by_name);
  std::ranges::sort(content.folders, {}, by_name);
  std::ranges::sort(content.passed_over);
  return content;
}

std::vector<std::string> notes_on(const FolderContent& content, const fs::path& folder) {
  std::vector<std::string> notes;
  if (!content.left_out.empty())
    notes.push_back(
        text(folder.string(), ": left out: ", counts_text(content.left_out), "; only PNG and JPEG images are read"));
  if (!content.passed_over.empty())
    notes.push_back(text(folder.string(), ": passed over as hidden or left by a system: ", content.passed_over.size(),
                         ", the first: ", content.passed_over[0]));
  return notes;
}

std::optional<ImageLayout> find_image_layout(const fs::path& folder) {
  fs::path at = folder;
  for (int level = 0; level <= kMaxArchiveFolders; ++level) {
    const FolderContent content = list_folder(at);
    if (content.pictures.empty())
      if (std::optional<ImageLayout> layout = split_layout(content, at); layout && !layout->sets.empty()) return layout;
    if (has_pictures(at, 1)) return ImageLayout{at, at, {at}, {}};
    if (content.folders.size() != 1) return std::nullopt;
    at = content.folders[0];
  }
  return std::nullopt;
}

std::string content_text(const fs::path& folder) {
  constexpr std::size_t kNamed = 4;
  const FolderContent content = list_folder(folder);
  KindCounts counts = content.left_out;
  std::string names;
  for (std::size_t i = 0; i < content.folders.size(); ++i) {
    for (const auto& [kind, count] : list_folder(content.folders[i]).left_out) counts[kind] += count;
    if (i < kNamed) names += text(i == 0 ? "" : ", ", last_name(content.folders[i]));
  }
  if (content.folders.size() > kNamed) names += text(" and ", content.folders.size() - kNamed, " more");
  const std::string files = counts_text(counts);
  if (files.empty() && names.empty()) return "nothing";
  return text(files, files.empty() || names.empty() ? "" : " and ", names.empty() ? "" : "the folders ", names,
              advice_on(counts));
}

}  // namespace loom
