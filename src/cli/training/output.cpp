#include "cli/training/output.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "cli/training/trained.h"
#include "core/error.h"

namespace loom {
namespace fs = std::filesystem;

namespace {

// Files are replaced by renaming, so their folder must be writable; that of a link's target, if it is one.
void check_file(const fs::path& file) {
  std::error_code error;
  if (fs::is_directory(file, error)) fail(file.string(), ": is a folder, but a file of this name is to be written");
  fs::path target = file;  // weakly_canonical does not follow links to what is not there
  for (int links = 0; links < 40 && fs::is_symlink(target, error); ++links)
    target = target.parent_path() / fs::read_symlink(target, error);
  const fs::path folder = target.parent_path().empty() ? "." : target.parent_path();
  if (!fs::is_directory(folder, error))
    fail(file.string(), ": there is no folder ", folder.string(), " to write it to");
  if (::access(folder.c_str(), W_OK) != 0)
    fail(file.string(), ": cannot be written: ", folder.string(), ": ", std::strerror(errno));
}

}  // namespace

std::string state_path(const std::string& out) { return out + ".resume"; }

void check_output(const std::string& out, const std::string& recipe, bool force, bool resume) {
  std::error_code error;
  if (out.ends_with('/') || fs::is_directory(out, error))
    fail(out, ": is a folder; name the file to write, such as ", (fs::path(out) / (recipe + ".safetensors")).string());
  if (fs::path(out).extension() == ".md" || fs::path(out).extension() == ".jsonl")
    fail(out, ": the card and the record of the run get names with .md and .jsonl; a weight file ends in .safetensors");
  for (const std::string& file : {out, with_ending(out, ".md"), with_ending(out, ".jsonl"),
                                  with_ending(out, ".replay.safetensors"), state_path(out)})
    check_file(file);
  const bool goes_on = resume && fs::exists(state_path(out), error);
  if (fs::exists(out, error) && !force && !goes_on)
    fail(out, ": there is a model already; --force replaces it, with its card, record and replay",
         resume ? "; there is no interrupted run to resume" : "", "; to train it further, add --start ", out,
         " and name another --out");
}

}  // namespace loom
