#include "explorer/tools/original_pictures.h"

namespace loom {

void OriginalPictures::work(const Session& session, const std::vector<std::int64_t>& images, Actions& actions) {
  const TestImages* source = originals_of(session, *session.model);
  if (source != source_ || images != images_) {
    source_ = source;
    images_ = images;
    pictures_.assign(images.size(), {});
    missing_ = images.size();
  }
  if (missing_ == 0) return;
  std::vector<std::int64_t> wanted;
  for (std::size_t i = 0; i < images_.size(); ++i) {
    if (pictures_[i].pixels.size() > 0) continue;
    const auto n = static_cast<Index>(images_[i]);
    if (!source_ || !source_->has(n)) {
      wanted.push_back(images_[i]);
      continue;
    }
    pictures_[i].pixels = source_->picture(n);
    pictures_[i].serial = ++serial_;
    --missing_;
  }
  if (!wanted.empty() && has_originals(session, *session.model)) actions.push_back(LoadOriginals{std::move(wanted)});
}

}  // namespace loom
