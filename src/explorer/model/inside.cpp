#include "explorer/model/inside.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/math.h"
#include "core/rng.h"
#include "nn/gaussian.h"

namespace loom {
namespace {

constexpr Index kSamples = 64, kSampleBatch = 4;
constexpr float kFullColor = 2;  // root mean squares of a stage's numbers
constexpr float kFullPixel = 1.5f;  // the same for the pixels of an image before they are squashed into [0, 1]
constexpr std::uint64_t kCodeSeed = 5;    // of the codes of a model without encoded images

ImageShape input_shape(const Model& model, Network network) {
  return network == Network::encoder ? model.spec.image : ImageShape{model.spec.latent_dim, 1, 1};
}

bool is_dense(const ImageShape& shape) { return shape.height == 1 && shape.width == 1; }

const Linear* linear_at(const Sequential& net, std::size_t i) {
  return i < net.size() ? std::get_if<Linear>(&net[i]) : nullptr;
}

// The number that gets the full colour, from the mean square of such numbers.
float full_color(const InsideStage& stage, Scalar mean_square) {
  const float times = stage.look == UnitLook::picture ? kFullPixel : kFullColor;
  return std::max(1e-6f, times * static_cast<float>(std::sqrt(mean_square)));
}

// The stages of a network, with nothing measured.
std::vector<InsideStage> stages_of(const Model& model, Network network) {
  const Sequential& net = layers_of(model, network);
  const bool decodes = network == Network::decoder;
  const ImageShape input = input_shape(model, network);
  std::vector<InsideStage> stages(1);
  stages[0].shape = input;
  for (const ImageShape& shape : output_shapes(net, input)) stages.emplace_back().shape = shape;
  const std::size_t last = net.size();
  for (std::size_t s = 0; s <= last; ++s) {
    InsideStage& stage = stages[s];
    stage.order.resize(static_cast<std::size_t>(stage.units()));
    std::iota(stage.order.begin(), stage.order.end(), Index{0});
    if (s == (decodes ? last : 0)) {
      stage.look = UnitLook::picture;
    } else if (!is_dense(stage.shape)) {
      stage.look = UnitLook::map;
    } else if (const Linear* to = linear_at(net, s); decodes && to && s + 1 == last) {
      stage.look = UnitLook::weights;
      stage.pixels = to;
    } else if (const Linear* from = linear_at(net, 0); !decodes && from) {
      if (s > 2 || (s == 2 && !std::holds_alternative<Activation>(net[1]))) continue;
      stage.look = UnitLook::weights;
      stage.pixels = from;
    }
  }
  return stages;
}

}  // namespace

const Sequential& layers_of(const Model& model, Network network) {
  return network == Network::encoder ? model.encoder : model.decoder;
}

UnitChoice bounded(UnitChoice choice, const Model& model) {
  const std::vector<ImageShape> shapes =
      output_shapes(layers_of(model, choice.network), input_shape(model, choice.network));
  if (shapes.empty()) return {choice.network, 0, 0};
  choice.layer = std::clamp(choice.layer, 0, static_cast<std::int32_t>(shapes.size()) - 1);
  const Index units = shapes[static_cast<std::size_t>(choice.layer)].channels;
  choice.unit = std::clamp(choice.unit, 0, static_cast<std::int32_t>(units) - 1);
  return choice;
}

DrawnCode drawn_code(const Posterior& posterior, std::uint32_t seed) {
  DrawnCode out{posterior.mu, posterior.logvar, posterior.logvar, posterior.mu, {}};
  Rng rng(seed, Stream::posterior);
  for (Index d = 0; d < out.mu.size(); ++d) {
    out.sigma(0, d) = loom::exp(posterior.logvar(0, d) / 2);
    out.epsilon(0, d) = static_cast<Scalar>(rng.normal());
  }
  reparameterize(out.mu, out.logvar, out.epsilon, out.z);
  return out;
}

void Inside::show(const LoadedModel& model, Network network, const Matrix& x) {
  const bool other = model_ != &model || network_ != network;
  if (!other && x == x_) return;
  model_ = &model, network_ = network, x_ = x;
  ++serial_;
  const ImageShape input = input_shape(model.file.model, network);
  layer_outputs(layers(), input, x, workspace_, outputs_);
  input_ = ConstMatrixMap(x.data(), input.channels, input.height * input.width);
  if (!other) return;
  // A model that is being trained is another one after each epoch: until it is measured, the last figures do.
  std::vector<InsideStage> before = std::exchange(stages_, stages_of(model.file.model, network));
  for (std::size_t s = 0; s < stages_.size(); ++s) {
    InsideStage& stage = stages_[s];
    if (before.size() == stages_.size() && before[s].shape == stage.shape && !before[s].low.empty()) {
      stage.low = std::move(before[s].low), stage.high = std::move(before[s].high);
      stage.order = std::move(before[s].order);
      stage.full = std::move(before[s].full);
    } else {
      const Scalar squares = maps(s).squaredNorm() / static_cast<Scalar>(maps(s).size());
      stage.full.assign(stage.order.size(), full_color(stage, squares));
    }
  }
  begin_measuring();
}

void Inside::begin_measuring() {
  const EncodedSet& test = model_->file.test;
  const Index dimensions = model_->latent_dim(), count = test.size() > 0 ? std::min(kSamples, test.size()) : kSamples;
  codes_.resize(count, dimensions);
  Rng rng(kCodeSeed, Stream::sample);
  for (Index k = 0; k < count; ++k) {
    if (test.size() > 0)
      codes_.row(k) = test.mu.row(static_cast<Index>(model_->draw_order[static_cast<std::size_t>(k)]));
    else
      for (Index d = 0; d < dimensions; ++d) codes_(k, d) = static_cast<Scalar>(rng.normal());
  }
  measured_ = 0;
  statistics_.clear();
  for (const InsideStage& stage : stages_) {
    const Index size = stage.shape.size();
    const auto units = static_cast<std::size_t>(stage.units());
    statistics_.push_back({RowVector::Zero(size), RowVector::Zero(size), std::vector<float>(units, 1e30f),
                           std::vector<float>(units, -1e30f)});
  }
}

bool Inside::measure(const Deadline& deadline) {
  if (!model_) return false;
  while (measured_ < codes_.rows()) {
    measure_batch();
    if (measured_ == codes_.rows()) finish_measuring();
    if (deadline.passed()) break;
  }
  return measured_ < codes_.rows();
}

void Inside::measure_batch() {
  const Index count = std::min(kSampleBatch, codes_.rows() - measured_);
  Matrix x = codes_.middleRows(measured_, count);
  if (network_ == Network::encoder) {
    Matrix images;
    decode(model_->file.model, x, measuring_, images);
    x = std::move(images);
  }
  forward(layers(), x, measuring_);
  add(statistics_[0], stages_[0], x);
  for (std::size_t s = 1; s < stages_.size(); ++s) add(statistics_[s], stages_[s], measuring_.outputs[s - 1]);
  measured_ += count;
}

void Inside::add(Measured& measured, const InsideStage& stage, const Matrix& rows) const {
  for (Index n = 0; n < rows.rows(); ++n) {
    measured.sum += rows.row(n);
    measured.squares += rows.row(n).cwiseAbs2();
    for (Index u = 0; u < stage.units(); ++u) {
      const auto at = static_cast<std::size_t>(u);
      const auto value = static_cast<float>(unit_activation(rows.row(n).data(), stage.shape, u));
      measured.low[at] = std::min(measured.low[at], value), measured.high[at] = std::max(measured.high[at], value);
    }
  }
}

void Inside::finish_measuring() {
  ++serial_;
  const auto samples = static_cast<Scalar>(codes_.rows());
  for (std::size_t s = 0; s < stages_.size(); ++s) {
    InsideStage& stage = stages_[s];
    Measured& measured = statistics_[s];
    const RowVector mean = measured.sum / samples, square = measured.squares / samples;
    const Index units = stage.units(), places = stage.shape.size() / std::max<Index>(1, units);
    std::vector<Scalar> change(static_cast<std::size_t>(units), 0);
    Scalar total = 0;
    for (Index u = 0; u < units; ++u) {
      // The pixels of a unit's image are its number times its weights.
      const Scalar weight = stage.pixels ? weights(stage, u).squaredNorm() : Scalar(1);
      for (Index p = 0; p < places; ++p) {
        const Index i = p * units + u;
        change[static_cast<std::size_t>(u)] += weight * std::max(Scalar(0), square[i] - mean[i] * mean[i]);
        total += weight * square[i];
      }
    }
    const Index numbers = units * places * (stage.pixels ? model_->file.model.spec.image.size() : 1);
    const float full = full_color(stage, total / static_cast<Scalar>(numbers));
    stage.full.assign(stage.order.size(), full);
    // Maps are seen well if each has colours of its own, but the faint ones should stay fainter.
    for (Index u = 0; u < units && stage.look == UnitLook::map; ++u) {
      Scalar own = 0;
      for (Index p = 0; p < places; ++p) own += square[p * units + u] / static_cast<Scalar>(places);
      stage.full[static_cast<std::size_t>(u)] = std::sqrt(full * full_color(stage, own));
    }
    stage.low = std::move(measured.low), stage.high = std::move(measured.high);
    std::ranges::stable_sort(stage.order, [&](Index a, Index b) {
      return change[static_cast<std::size_t>(a)] > change[static_cast<std::size_t>(b)];
    });
  }
  // The same order before and after an activation function, so that one sees what it does to a unit.
  for (std::size_t s = layers().size() - 1; s > 0; --s)
    if (std::holds_alternative<Activation>(layers()[s])) stages_[s].order = stages_[s + 1].order;
  statistics_.clear();
}

float Inside::activation(std::size_t stage, Index unit) const {
  return static_cast<float>(maps(stage).row(unit).mean());
}

RowVector Inside::weighted(std::size_t stage, Index unit) const {
  return weights(stages_[stage], unit) * maps(stage)(unit, 0);
}

RowVector Inside::weights(const InsideStage& stage, Index unit) const {
  if (network_ == Network::encoder) return stage.pixels->weight.row(unit);
  return stage.pixels->weight.col(unit).transpose();
}

Matrix Inside::image() const {
  const Matrix& last = outputs_.back().maps;
  Matrix picture;
  find_likelihood(model_->file.model.spec.likelihood)->mean(ConstMatrixMap(last.data(), 1, last.size()), picture);
  return picture;
}

Posterior Inside::posterior() const {
  Posterior posterior;
  const Matrix& last = outputs_.back().maps;
  split_code(model_->file.model, ConstMatrixMap(last.data(), 1, last.size()), posterior);
  return posterior;
}

}  // namespace loom
