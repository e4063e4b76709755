// The results of `loom analyse`, as sections of rows that are printed as text or as JSON.
#pragma once

#include <string>
#include <vector>

#include "core/json/json.h"
#include "core/parallel.h"
#include "data/dataset.h"
#include "model/checkpoint.h"

namespace loom {

struct Figure {
  std::string key;  // in JSON, and in the text
  double value = 0;
  int decimals = 3;
  std::string unit;  // and its meaning, for display
};

struct FigureSection {
  std::string key;    // in JSON
  std::string title;  // in the text
  std::vector<Figure> figures;
  std::vector<std::string> lines;  // only in the text: tables, warnings
  Json more;                       // only in JSON, an object or null: the numbers of the lines
};

struct AnalyseOptions {
  Index grid = 256;     // cells across
  Index images = 200;   // for figures that integrate over the plane or descend, image by image
  Index draws = 2000;   // of the prior
  Index iwae = 100;     // samples of the importance-weighted bound
  std::uint64_t seed = 0;
};

// From the encoded set alone; sections that do not apply to a model (holes without a prior, a plane of more than two
// dimensions) are left out.
std::vector<FigureSection> encoded_figures(const ModelFile&, const AnalyseOptions&, ThreadPool&);

// From the two networks: geometry of the map, round trip.
std::vector<FigureSection> map_figures(const Model&, const AnalyseOptions&, ThreadPool&);

// From images: losses, exact log p(x), bounds, gap of the encoder.
std::vector<FigureSection> image_figures(const Model&, const Dataset&, const AnalyseOptions&, ThreadPool&);

}  // namespace loom
