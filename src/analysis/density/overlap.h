// How much classes overlap in the latent plane, from their densities on a grid.
#pragma once

#include <span>

#include "analysis/density/density_field.h"

namespace loom {

struct OverlapFigures {
  // integral of max_c q_c(z): the best accuracy of any classifier that is given z, with z drawn from q(z|x), on these
  // images. The rule is made from the same images, so this is more than it would reach on others; left_out_hits gives a
  // lower estimate.
  double bayes_accuracy = 0;
  std::vector<double> accuracy_by_class;  // share of class c where q_c is the largest; 0 for a class without images
  // Mean over q(z) of the entropy of the class given z, nats; log(classes) if z says nothing about the class.
  double class_entropy = 0;
  // integral of sqrt(f_a f_b), f_c = q_c / integral q_c: 1 on the diagonal, 0 for classes that do not overlap
  // (Bhattacharyya 1943). (classes, classes); 0 for a class without images.
  Matrix bhattacharyya;
};

// `entropy` is class_entropy_field of the same field, which takes most of the time.
OverlapFigures overlap_figures(const DensityField&, std::span<const float> entropy);
OverlapFigures overlap_figures(const DensityField&);

// The images [first, last) of the field, each classified at z ~ q(z|x) by the densities of all other images: the sum
// of their shares of correct guesses. Divided by their number, it is the accuracy to expect on images that did not make
// the densities (leave-one-out cross-validation: Stone 1974). The arguments are those of add_posteriors.
double left_out_hits(const DensityField&, std::span<const Point> mu, std::span<const Point> sigma,
                     std::span<const std::uint8_t> labels, std::size_t first, std::size_t last);

// Entropy of the class given z per cell, nats; -1 where q is 0. The second computes only the cells [first, last) of it.
std::vector<float> class_entropy_field(const DensityField&);
void fill_class_entropy(const DensityField&, std::size_t first, std::size_t last, std::span<float> entropy);

// r_c(z) = q_c / q per cell; 0 where q is 0. Its contour at 0.5 is the border of class c.
std::vector<float> class_share_field(const DensityField&, std::size_t c);

// The most likely class per cell, in a tie the lowest; -1 where q is 0.
std::vector<std::int16_t> class_map(const DensityField&);

// (q_a - q_b) / (q_a + q_b) per cell, 0 where both are 0: its contour at 0 is the border between two classes.
std::vector<float> class_pair_field(const DensityField&, std::size_t a, std::size_t b);

}  // namespace loom
