// How much classes overlap in the latent plane, from their densities on a grid.
#pragma once

#include "analysis/density/density_field.h"

namespace loom {

struct OverlapFigures {
  // integral of max_c q_c(z): the best accuracy of any classifier that is given z, with z drawn from q(z|x).
  double bayes_accuracy = 0;
  std::vector<double> accuracy_by_class;  // share of class c where q_c is the largest; 0 for a class without images
  // Mean over q(z) of the entropy of the class given z, nats; log(classes) if z says nothing about the class.
  double class_entropy = 0;
  // integral of sqrt(f_a f_b), f_c = q_c / integral q_c: 1 on the diagonal, 0 for classes that do not overlap
  // (Bhattacharyya 1943). (classes, classes); 0 for a class without images.
  Matrix bhattacharyya;
};

OverlapFigures overlap_figures(const DensityField&);

// Entropy of the class given z per cell, nats; -1 where q is 0.
std::vector<float> class_entropy_field(const DensityField&);

// r_c(z) = q_c / q per cell; 0 where q is 0. Its contour at 0.5 is the border of class c.
std::vector<float> class_share_field(const DensityField&, std::size_t c);

// The most likely class per cell, in a tie the lowest; -1 where q is 0.
std::vector<std::int16_t> class_map(const DensityField&);

// (q_a - q_b) / (q_a + q_b) per cell, 0 where both are 0: its contour at 0 is the border between two classes.
std::vector<float> class_pair_field(const DensityField&, std::size_t a, std::size_t b);

}  // namespace loom
