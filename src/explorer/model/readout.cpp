#include "explorer/model/readout.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>
#include <span>
#include <utility>

#include "analysis/density/prior.h"
#include "core/text.h"
#include "explorer/state/number_text.h"
#include "explorer/texts/texts.h"

namespace loom {
namespace {

constexpr double kLeastShare = 0.005;  // smaller ones are not listed
constexpr double kPriorEdge = 0.99;    // share of the prior in the circle outside which its density is not used
constexpr double kFarRatio = 100;      // a larger q/p is not printed: the prior is nearly 0 there

double now_microseconds() {
  return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace

void PointDecoder::decode_into(const LoadedModel& model, Picture& picture) {
  const double start = now_microseconds();
  decode(model.file.model, code_, workspace_, picture.pixels);
  picture.microseconds = now_microseconds() - start;
  ++picture.serial;
}

void PointDecoder::decode_at(const LoadedModel& model, Point z, const LoadedModel* marks) {
  if (!marks) marks = &model;
  if (marks_ != marks || marks_plane_ != marks->plane_serial || marks_z_ != z) {
    marks_ = marks, marks_plane_ = marks->plane_serial, marks_z_ = z;
    neighbourhood_ = loom::neighbourhood(*marks, z, by_class_);
  }
  if (model_ == &model && plane_ == model.plane_serial && z_ == z) return;
  model_ = &model;
  plane_ = model.plane_serial;
  z_ = z;
  code_ = model.plane.code(z);
  decode_into(model, picture_);
}

void PointDecoder::decode_encoded(const LoadedModel& model, std::int64_t n) {
  if (n < 0 || (encoded_model_ == &model && encoded_projection_ == model.projection_serial && encoded_ == n)) return;
  encoded_model_ = &model;
  encoded_projection_ = model.projection_serial;
  encoded_ = n;
  code_ = model.file.test.mu.row(static_cast<Index>(n));
  decode_into(model, encoded_picture_);
}

Neighbourhood neighbourhood(const LoadedModel& model, Point z, std::vector<double>& by_class) {
  by_class.resize(model.posterior.classes());
  Neighbourhood near;
  near.density = model.posterior.density(z, by_class);
  const double typical = model.posterior.typical_density(), prior = prior_density(z);
  if (typical > 0) near.typical_ratio = near.density / typical;
  if (model.variational()) near.prior_ratio = near.density / std::max(prior, 1e-300);
  // Far from the origin a single image exceeds the prior, so the reference there is the typical density.
  const bool inside_prior = model.variational() && length(z) < prior_radius(kPriorEdge);
  near.density_level = density_level(near.density, inside_prior ? prior : typical);
  near.hole = inside_prior && is_prior_hole(near.density, prior);
  if (near.density_level == DensityLevel::empty || !model.labelled) return near;
  std::vector<std::size_t> order(by_class.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  near.shown = std::min(near.top.size(), order.size());
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(near.shown), order.end(),
                    [&](std::size_t a, std::size_t b) { return by_class[a] > by_class[b]; });
  for (std::size_t i = 0; i < near.shown; ++i) near.top[i] = {order[i], by_class[order[i]] / near.density};
  while (near.shown > 0 && near.top[near.shown - 1].share < kLeastShare) --near.shown;
  round_shares(std::span(near.top).first(near.shown));
  return near;
}

void round_shares(std::span<ClassShare> shares) {
  double sum = 0;
  int given = 0;
  std::vector<std::size_t> order(shares.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto remainder = [&](std::size_t i) { return 100 * shares[i].share - shares[i].percent; };
  for (ClassShare& each : shares) {
    sum += each.share;
    each.percent = static_cast<int>(100 * each.share);
    given += each.percent;
  }
  std::ranges::sort(
      order, [&](std::size_t a, std::size_t b) { return std::pair(-remainder(a), a) < std::pair(-remainder(b), b); });
  const int left = static_cast<int>(std::lround(100 * sum)) - given;
  for (int i = 0; i < left; ++i) ++shares[order[static_cast<std::size_t>(i)]].percent;
}

std::string share_text(const ClassShare& share) { return share.percent == 0 ? "<1 %" : text(share.percent, " %"); }

std::string looks_like_text(const LoadedModel& model, const Neighbourhood& near) {
  std::string out;
  for (std::size_t i = 0; i < near.shown; ++i)
    out += text(share_text(near.top[i]), ' ', model.class_names[near.top[i].class_id], ", ");
  return out + density_text(model, near);
}

std::string density_text(const LoadedModel& model, const Neighbourhood& near) {
  if (model.mu.empty()) return std::string(texts::kFileWithoutImages);
  if (near.density_level == DensityLevel::empty && !near.hole) return std::string(texts::kEmptyRegion);
  if (!model.variational()) return texts::usual_density(ratio_text(near.typical_ratio));
  if (near.hole) return texts::hole_density(ratio_text(near.prior_ratio));
  if (near.prior_ratio > kFarRatio) return std::string(texts::kFarOut);
  return texts::prior_density(ratio_text(near.prior_ratio));
}

}  // namespace loom
