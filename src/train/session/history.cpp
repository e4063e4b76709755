#include "train/session/history.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "nn/gaussian.h"
#include "train/evaluate.h"
#include "train/run_record.h"

namespace loom {
namespace {

std::vector<double> numbers_from_json(const JsonItem& item) {
  std::vector<double> values;
  for (const JsonItem& value : item.elements()) values.push_back(value.number());
  return values;
}

}  // namespace

EpochUnits epoch_units(const EncodedSet& set) {
  EpochUnits units;
  const auto count = static_cast<double>(set.mu.rows());
  for (Index d = 0; d < set.mu.cols(); ++d) {
    double sum = 0, squares = 0, kl = 0;
    for (Index n = 0; n < set.mu.rows(); ++n) sum += static_cast<double>(set.mu(n, d));
    for (Index n = 0; n < set.mu.rows(); ++n) {
      const double mu = static_cast<double>(set.mu(n, d));
      squares += (mu - sum / count) * (mu - sum / count);
      if (set.logvar.size() > 0) kl += kl_divergence(mu, static_cast<double>(set.logvar(n, d)));
    }
    units.mu_variance.push_back(squares / count);
    if (set.logvar.size() > 0) units.kl_per_dimension.push_back(kl / count);
  }
  return units;
}

double entropy_floor(const Dataset& data, std::span<const Index> images) {
  std::array<double, 256> pixels{};
  const auto size = static_cast<std::size_t>(data.shape.size());
  for (const Index image : images) {
    const auto begin = static_cast<std::size_t>(image) * size;
    for (std::size_t i = 0; i < size; ++i) ++pixels[data.pixels[begin + i]];
  }
  double sum = 0;
  for (std::size_t grey = 1; grey < 255; ++grey) {
    const double p = static_cast<double>(grey) / 255;
    sum -= pixels[grey] * (p * std::log(p) + (1 - p) * std::log1p(-p));
  }
  return images.empty() ? 0 : sum / static_cast<double>(images.size());
}

Json epoch_json(const EpochReport& report, const EpochUnits* units) {
  Json epoch;
  epoch.set("epoch", report.epoch).set("training", terms_json(report.training));
  if (report.validation.images > 0) epoch.set("validation", terms_json(report.validation));
  epoch.set("seconds", report.seconds);
  if (units) {
    epoch.set("active_units", std::ranges::count_if(units->mu_variance, [](double v) { return v > kActiveVariance; }));
    epoch.set("mu_variance", numbers_json(units->mu_variance));
    epoch.set("kl_per_dimension", numbers_json(units->kl_per_dimension));
  }
  return epoch;
}

Json epochs_json(const std::vector<EpochReport>& history, const std::vector<EpochUnits>& units) {
  Json list{Json::Array{}};
  for (std::size_t i = 0; i < history.size(); ++i)
    list.push(epoch_json(history[i], i < units.size() ? &units[i] : nullptr));
  return list;
}

Json changes_json(const std::vector<Change>& changes) {
  Json list{Json::Array{}};
  for (const Change& change : changes) list.push(Json().set("step", change.step).set(change.setting, change.value));
  return list;
}

std::vector<Change> changes_from_json(const JsonItem& item) {
  std::vector<Change> changes;
  for (const JsonItem& entry : item.elements()) {
    entry.allow_only({"step", "beta", "learning_rate"});
    const std::string setting = entry.find("beta") ? "beta" : "learning_rate";
    changes.push_back({entry.at("step").integer(0), setting, entry.at(setting).number()});
  }
  return changes;
}

Json units_json(const std::vector<EpochUnits>& units) {
  Json list{Json::Array{}};
  for (const EpochUnits& epoch : units)
    list.push(Json().push(numbers_json(epoch.kl_per_dimension)).push(numbers_json(epoch.mu_variance)));
  return list;
}

std::vector<EpochUnits> units_from_json(const JsonItem& item) {
  std::vector<EpochUnits> units;
  for (const JsonItem& epoch : item.elements())
    units.push_back({numbers_from_json(epoch.at(std::size_t{0})), numbers_from_json(epoch.at(std::size_t{1}))});
  return units;
}

}  // namespace loom
