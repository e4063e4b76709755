#include "analysis/bound/latent_units.h"

#include <algorithm>
#include <numeric>

#include "core/text.h"
#include "nn/gaussian.h"

namespace loom {
namespace {

constexpr std::size_t kMostNamed = 20;  // dimensions that a warning names, of up to a thousand
constexpr double kLeastKl = 0.05, kLeastVariance = 0.01;

}  // namespace

double UnitFigures::mean_kl() const { return std::accumulate(kl.begin(), kl.end(), 0.0); }

UnitFigures unit_figures(const EncodedSet& set) {
  UnitFigures figures;
  const auto images = static_cast<double>(set.size());
  if (set.size() == 0) return figures;
  for (Index d = 0; d < set.mu.cols(); ++d) {
    double sum = 0, squares = 0, kl = 0;
    for (Index n = 0; n < set.size(); ++n) sum += static_cast<double>(set.mu(n, d));
    const double mean = sum / images;
    for (Index n = 0; n < set.size(); ++n) {
      const double m = static_cast<double>(set.mu(n, d));
      squares += (m - mean) * (m - mean);
      if (set.logvar.size() == 0) continue;
      kl += kl_divergence(m, static_cast<double>(set.logvar(n, d)));
    }
    figures.variance.push_back(squares / images);
    if (set.logvar.size() > 0) figures.kl.push_back(kl / images);
    const bool silent = set.logvar.size() > 0 && figures.kl.back() < kLeastKl;
    if (silent || figures.variance.back() < kLeastVariance) figures.collapsed.push_back(d);
  }
  return figures;
}

std::string collapse_warning(const UnitFigures& figures) {
  if (figures.collapsed.empty()) return {};
  const bool one = figures.collapsed.size() == 1;
  std::string warning = text("posterior collapse: ", figures.collapsed.size(), " of ", figures.variance.size(),
                             " latent dimensions ", one ? "is" : "are", " hardly used (");
  const std::size_t named = std::min(figures.collapsed.size(), kMostNamed);
  for (std::size_t i = 0; i < named; ++i) {
    const auto d = static_cast<std::size_t>(figures.collapsed[i]);
    warning += text(i > 0 ? "; z" : "z", d + 1, ": ");
    if (!figures.kl.empty()) warning += text("KL ", fixed_text(figures.kl[d], 3), " nats, ");
    warning += text("variance of the mean ", fixed_text(figures.variance[d], 3));
  }
  if (named < figures.collapsed.size()) warning += text("; and ", figures.collapsed.size() - named, " more");
  return warning + ")";
}

Matrix class_means(const EncodedSet& set, std::size_t classes, std::vector<Index>* counts_out) {
  using Sums = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  Sums sums = Sums::Zero(static_cast<Index>(classes), set.mu.cols());
  std::vector<Index> counts(classes, 0);
  for (Index n = 0; n < set.size(); ++n) {
    const std::size_t label = set.labels[static_cast<std::size_t>(n)];
    sums.row(static_cast<Index>(label)) += set.mu.row(n).cast<double>();
    ++counts[label];
  }
  for (std::size_t c = 0; c < classes; ++c)
    if (counts[c] > 0) sums.row(static_cast<Index>(c)) /= static_cast<double>(counts[c]);
  if (counts_out) *counts_out = std::move(counts);
  return sums.cast<Scalar>();
}

}  // namespace loom
