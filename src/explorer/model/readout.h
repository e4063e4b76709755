// What the panels show about a point of the plane: its decoded image and which classes are dense nearby.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "analysis/plane/region.h"
#include "explorer/model/loaded_model.h"

namespace loom {

// A decoded image. `serial` grows whenever the pixels change, so that a texture knows when to upload them.
struct Picture {
  Matrix pixels;  // (1, P), in [0, 1]
  std::uint64_t serial = 0;
  double microseconds = 0;  // time that decoding took
};

struct ClassShare {
  std::size_t class_id = 0;
  double share = 0;  // r_c(z) = q_c(z) / q(z)
  int percent = 0;  // to show: those of all shown classes add up to their rounded sum
};

struct Neighbourhood {
  double density = 0;                // q(z)
  double prior_ratio = 0;            // q(z) / p(z), of a variational model
  double typical_ratio = 0;          // q(z) / its typical value at the test images
  DensityLevel density_level = DensityLevel::empty;
  bool hole = false;                 // of a variational model: q < 0.1 p
  std::array<ClassShare, 3> top;     // largest first; as many as `shown`
  std::size_t shown = 0;             // 0 where no test images are near
};

class PointDecoder {
 public:
  // Decodes the code at z, unless model, plane and z are the same as last time. `marks`: the map whose marks tell which
  // classes are near; null: that of the model.
  void decode_at(const LoadedModel& model, Point z, const LoadedModel* marks = nullptr);
  // Decodes the mean of test image n in all its dimensions; does nothing for -1.
  void decode_encoded(const LoadedModel& model, std::int64_t n);

  const Picture& picture() const { return picture_; }
  const Picture& encoded_picture() const { return encoded_picture_; }
  const Neighbourhood& neighbourhood() const { return neighbourhood_; }

 private:
  void decode_into(const LoadedModel& model, Picture& picture);

  const LoadedModel* model_ = nullptr;
  std::uint64_t plane_ = 0, encoded_projection_ = 0;
  const LoadedModel* encoded_model_ = nullptr;
  Point z_;
  const LoadedModel* marks_ = nullptr;
  std::uint64_t marks_plane_ = 0;
  Point marks_z_;
  std::int64_t encoded_ = -1;
  Picture picture_, encoded_picture_;
  Neighbourhood neighbourhood_;
  Matrix code_;  // (1, D)
  std::vector<double> by_class_;
  Workspace workspace_;
};

// Which classes are dense near z. `by_class` is scratch memory.
Neighbourhood neighbourhood(const LoadedModel& model, Point z, std::vector<double>& by_class);

// Sets `percent` of each: whole percents that add up to the rounded sum of the shares. Those with the largest
// remainders are rounded up (Hamilton's method).
void round_shares(std::span<ClassShare> shares);

// "70 %", "<1 %"
std::string share_text(const ClassShare& share);

// "70 % Ankle boot, 25 % Sneaker, 1.8× as many images as the prior expects"
std::string looks_like_text(const LoadedModel& model, const Neighbourhood& near);

// "1.8× as many images as the prior expects"; of a model without a prior, "1.1× the typical density".
std::string density_text(const LoadedModel& model, const Neighbourhood& near);

}  // namespace loom
