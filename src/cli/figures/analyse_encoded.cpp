#include <algorithm>
#include <cmath>
#include <tuple>

#include "analysis/bound/latent_units.h"
#include "analysis/density/aggregate_posterior.h"
#include "analysis/density/density_figures.h"
#include "analysis/density/empty_circle.h"
#include "analysis/density/hole_components.h"
#include "analysis/density/overlap.h"
#include "analysis/density/prior.h"
#include "analysis/plane/latent_plane.h"
#include "analysis/plane/neighbours.h"
#include "cli/figures/analyse_figures.h"
#include "core/text.h"

namespace loom {
namespace {

constexpr Index kTaskRows = 200;           // codes per task
constexpr double kDisc = 0.95;         // of the prior, for the largest empty circle
constexpr double kHoleDisc = 0.99;     // for components
constexpr std::size_t kHolesShown = 5, kPairsShown = 8;

std::string point_text(Point p) { return text('(', fixed_text(p.x, 2), ", ", fixed_text(p.y, 2), ')'); }

Json numbers(const std::vector<double>& values) {
  Json list{Json::Array{}};
  for (const double v : values) list.push(v);
  return list;
}

std::string class_name(const ModelFile& file, std::size_t c) {
  const std::vector<std::string>& names = file.model.spec.class_names;
  return c < names.size() ? names[c] : text("class ", c);
}

FigureSection unit_section(const EncodedSet& set, const UnitFigures& units) {
  FigureSection section{"units", "latent dimensions", {}, {}, {}};
  for (std::size_t d = 0; d < units.variance.size(); ++d) {
    if (!units.kl.empty())
      section.figures.push_back({text("kl_", d + 1), units.kl[d], 3, text("nats per image in z", d + 1)});
    section.figures.push_back({text("variance_", d + 1), units.variance[d], 3, text("of mu", d + 1, " over images")});
  }
  section.figures.push_back(
      {"active_units", static_cast<double>(units.active()), 0, text("of ", set.mu.cols(), " dimensions")});
  if (!units.kl.empty()) {
    section.figures.push_back({"kl", units.mean_kl(), 3, "nats per image"});
    section.figures.push_back({"kl_bits", units.mean_kl() / std::log(2.0), 3, "bits per image"});
  }
  section.more.set("kl_per_dimension", numbers(units.kl)).set("mu_variance", numbers(units.variance));
  const std::string warning = collapse_warning(units);
  if (!warning.empty()) section.lines.push_back("warning: " + warning), section.more.set("warning", warning);
  return section;
}

FigureSection density_section(const DensityField& field, const PlaneSet& seen, const UnitFigures& units) {
  FigureSection section{"density", "aggregate posterior q(z) and prior p(z)", {}, {}, {}};
  const DensityFigures figures = density_figures(field);
  section.figures = {
      {"marginal_kl", figures.marginal_kl, 3, "nats, KL(q(z) || p(z))"},
      {"mutual_information", mutual_information(units.mean_kl(), figures.marginal_kl), 3,
       text("nats, I(x; z), at most log N = ", fixed_text(std::log(static_cast<double>(seen.mu.size())), 2))},
      {"hole_mass_0.5", figures.hole_mass[0], 4,
       text("of the prior where q < 0.5 p, with N = ", seen.mu.size(), " images; more images, smaller holes")},
      {"hole_mass_0.1", figures.hole_mass[1], 4, "where q < 0.1 p"},
      {"hole_mass_0.01", figures.hole_mass[2], 4, "where q < 0.01 p"},
      {"coverage", figures.coverage, 4, "1 - hole_mass_0.1"},
      {"mass_on_grid", figures.mass_inside, 4, "of q; 1 if the grid covers and resolves all of it"},
  };
  return section;
}

FigureSection hole_section(const DensityField& field, const PlaneSet& seen) {
  FigureSection section{"holes", "holes one by one", {}, {}, {}};
  const double disc = prior_radius(kDisc);
  const EmptyCircle circle = largest_empty_circle(PointIndex(seen.mu, 0.1f), disc);
  section.figures.push_back(
      {"empty_circle_radius", circle.radius, 4,
       text("largest circle that holds no mean, with its center in the 95 % disc, at ", point_text(circle.center))});
  section.more.set("empty_circle",
                   Json{}.set("z", numbers({circle.center.x, circle.center.y})).set("radius", circle.radius));
  const std::vector<Hole> holes = hole_components(field, 0.1, prior_radius(kHoleDisc));
  section.figures.push_back(
      {"components", static_cast<double>(holes.size()), 0, "connected regions with q < 0.1 p in the 99 % disc"});
  Json list{Json::Array{}};
  for (std::size_t i = 0; i < holes.size(); ++i) {
    const Hole& h = holes[i];
    list.push(Json{}
                  .set("prior_mass", h.prior_mass)
                  .set("area", h.area)
                  .set("depth", h.depth)
                  .set("deepest", numbers({h.deepest.x, h.deepest.y})));
    if (i < kHolesShown)
      section.lines.push_back(text("hole ", i + 1, ": prior mass ", fixed_text(h.prior_mass, 4), ", area ",
                                   fixed_text(h.area, 2), ", deepest at ", point_text(h.deepest), ", ",
                                   fixed_text(h.depth, 2), " from its rim"));
  }
  if (!holes.empty()) section.figures.push_back({"largest_component", holes[0].prior_mass, 4, "of the prior"});
  section.more.set("component_list", std::move(list));
  return section;
}

FigureSection overlap_section(const ModelFile& file, const DensityField& field, const PlaneSet& seen) {
  FigureSection section{"overlap", "overlap of classes in the plane", {}, {}, {}};
  const OverlapFigures figures = overlap_figures(field);
  section.figures = {
      {"bayes_accuracy", figures.bayes_accuracy, 4,
       "of the best guess of the class from z ~ q(z|x), for the images that made the rule: too high for others"},
      {"left_out_accuracy",
       left_out_hits(field, seen.mu, seen.sigma, file.test.labels, 0, seen.mu.size()) /
           static_cast<double>(seen.mu.size()),
       4, "the same for each image by a rule made from all others: too low for a rule made from more images"},
      {"class_entropy", figures.class_entropy, 4,
       text("nats of ", fixed_text(std::log(static_cast<double>(field.classes)), 3), ", of the class given z")},
  };
  struct Pair {
    std::size_t a, b;
    double overlap;
  };
  std::vector<Pair> pairs;
  Json matrix{Json::Array{}};
  for (std::size_t a = 0; a < field.classes; ++a) {
    std::vector<double> row;
    for (std::size_t b = 0; b < field.classes; ++b) {
      row.push_back(static_cast<double>(figures.bhattacharyya(static_cast<Index>(a), static_cast<Index>(b))));
      if (b < a) pairs.push_back({a, b, row.back()});
    }
    matrix.push(numbers(row));
  }
  std::ranges::sort(pairs, {}, [](const Pair& p) { return std::tuple(-p.overlap, p.a, p.b); });
  for (std::size_t i = 0; i < std::min(kPairsShown, pairs.size()); ++i)
    section.lines.push_back(text("Bhattacharyya ", fixed_text(pairs[i].overlap, 3), "  ", class_name(file, pairs[i].a),
                                 " - ", class_name(file, pairs[i].b)));
  section.more.set("accuracy_by_class", numbers(figures.accuracy_by_class)).set("bhattacharyya", std::move(matrix));
  return section;
}

FigureSection neighbour_section(const ModelFile& file, std::size_t classes, ThreadPool& pool) {
  const EncodedSet& set = file.test;
  const Index tasks = (set.size() + kTaskRows - 1) / kTaskRows;
  std::vector<NeighbourSums> parts(static_cast<std::size_t>(tasks));
  pool.run(tasks, [&](Index task) {
    parts[static_cast<std::size_t>(task)] = neighbour_sums(
        set.mu, set.labels, classes, kVotingNeighbours, task * kTaskRows, std::min(set.size(), (task + 1) * kTaskRows));
  });
  NeighbourSums sums;
  for (const NeighbourSums& part : parts) sums.add(part);
  FigureSection section{"neighbours", text(kVotingNeighbours, " nearest means, in all dimensions"), {}, {}, {}};
  section.figures = {
      {"accuracy", sums.accuracy(), 4, "of guessing the class by majority, leaving the image itself out"},
      {"neighbourhood_hit", sums.mean_hits(), 4, "share of the neighbours that have the image's own class"},
      {"label_entropy", sums.mean_entropy(), 4, "nats, entropy of the neighbours' classes"},
  };
  std::vector<double> by_class;
  for (std::size_t c = 0; c < classes; ++c)
    by_class.push_back(sums.images_by_class[c] > 0 ? sums.right_by_class[c] / sums.images_by_class[c] : 0);
  for (std::size_t c = 0; c < classes; ++c)
    section.lines.push_back(text("accuracy ", fixed_text(by_class[c], 3), "  ", class_name(file, c)));
  section.more.set("accuracy_by_class", numbers(by_class));
  return section;
}

FigureSection plane_section(const EncodedSet& set) {
  FigureSection section{"principal_plane", "principal plane of the means", {}, {}, {}};
  const LatentPlane plane = principal_plane(set.mu);
  section.figures.push_back({"variance_share", variance_in_plane(plane, set.mu), 4,
                             text("of the variance of all ", plane.dimension(), " dimensions")});
  return section;
}

}  // namespace

std::vector<FigureSection> encoded_figures(const ModelFile& file, const AnalyseOptions& options, ThreadPool& pool) {
  const EncodedSet& set = file.test;
  const std::size_t classes = class_count(file);
  const UnitFigures units = unit_figures(set);
  std::vector<FigureSection> sections{unit_section(set, units)};
  if (set.mu.cols() == 2) {
    PlaneSet seen = plane_set(first_axes_plane(2), set);
    const bool prior = !seen.sigma.empty();
    if (!prior) seen.sigma = {scott_width(seen.mu)};
    LatentGrid grid = square_grid({0, 0}, analysis_half_extent(seen.mu, seen.sigma), options.grid);
    if (!prior) {  // codes of a plain autoencoder lie anywhere
      Point low = seen.mu[0], high = low;
      for (const Point p : seen.mu) {
        low = {std::min(low.x, p.x), std::min(low.y, p.y)};
        high = {std::max(high.x, p.x), std::max(high.y, p.y)};
      }
      const Point margin = seen.sigma[0] * 4;
      grid = square_grid((low + high) * 0.5f,
                         std::max(high.x - low.x + 2 * margin.x, high.y - low.y + 2 * margin.y) / 2, options.grid);
    }
    const DensityField field = density_field(grid, seen.mu, seen.sigma, set.labels, classes);
    if (prior) sections.push_back(density_section(field, seen, units));
    if (prior) sections.push_back(hole_section(field, seen));
    if (classes > 1) sections.push_back(overlap_section(file, field, seen));
  } else if (set.mu.cols() > 2) {
    sections.push_back(plane_section(set));
  }
  if (classes > 1) sections.push_back(neighbour_section(file, classes, pool));
  return sections;
}

}  // namespace loom
