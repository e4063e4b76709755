// What the panels say about a place of the plane: its picture and who lives near it.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "analysis/region.h"
#include "explorer/model/loaded_model.h"

namespace loom {

// A decoded picture. `serial` grows whenever the pixels change, so a texture knows when to follow.
struct Picture {
  Matrix pixels;  // (1, P), in [0, 1]
  std::uint64_t serial = 0;
  double microseconds = 0;  // that decoding took
};

struct ClassShare {
  std::size_t class_id = 0;
  double share = 0;  // r_c(z) = q_c(z) / q(z)
};

struct Neighbourhood {
  double density = 0;                // q(z)
  double prior_ratio = 0;            // q(z) / p(z), of a variational model
  double typical_ratio = 0;          // q(z) / its usual value where garments live
  Crowd crowd = Crowd::empty;
  bool hole = false;                 // of a variational model: q < 0.1 p
  std::array<ClassShare, 3> top;     // largest first; as many as `shown`
  std::size_t shown = 0;             // 0 where nobody is near
};

class Reader {
 public:
  // Decodes the code at z; does nothing if model, plane, z and so the picture are the same as last time.
  void look_at(const LoadedModel& model, Point z);
  // Decodes the mean of an encoded image, with all its dimensions; -1 for none.
  void look_at_encoded(const LoadedModel& model, std::int64_t n);

  const Picture& picture() const { return picture_; }
  const Picture& encoded_picture() const { return encoded_picture_; }
  const Neighbourhood& neighbourhood() const { return neighbourhood_; }

 private:
  void decode_into(const LoadedModel& model, Picture& picture);

  const LoadedModel* model_ = nullptr;
  std::uint64_t plane_ = 0;
  const LoadedModel* encoded_model_ = nullptr;
  Point z_;
  std::int64_t encoded_ = -1;
  Picture picture_, encoded_picture_;
  Neighbourhood neighbourhood_;
  Matrix code_;  // (1, D)
  std::vector<double> by_class_;
  Workspace workspace_;
};

Neighbourhood neighbourhood(const LoadedModel& model, Point z, std::vector<double>& by_class);

// "70 % Ankle boot, 25 % Sneaker, dense region": the line for eyes and for screen readers.
std::string looks_like_text(const LoadedModel& model, const Neighbourhood& near);

// "dense region · 1.8 times the prior"
std::string crowd_text(const LoadedModel& model, const Neighbourhood& near);

}  // namespace loom
