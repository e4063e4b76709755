// What an input image is, in words: the classes that lie where the encoder puts it, and how strange it is.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "explorer/session/session.h"

namespace loom {

class ImageAnswer {
 public:
  // `excess`: the loss above the least possible; none while it is being computed. A sentence or two for the image that
  // the session's tools are about.
  const std::string& words(const Session& session, std::optional<double> excess);

 private:
  const LoadedModel* model_ = nullptr;
  std::uint64_t serial_ = 0, plane_ = 0;
  std::optional<double> excess_;
  std::string words_;
  std::vector<double> by_class_;
};

}  // namespace loom
