// How much each latent dimension of an encoded set is used, and the mean code of each class.
// N images, D latent dimensions.
#pragma once

#include <string>
#include <vector>

#include "model/checkpoint.h"

namespace loom {

struct UnitFigures {
  std::vector<double> kl;        // mean KL(q(z_d|x) || N(0, 1)) per dimension, nats; empty for a plain autoencoder
  std::vector<double>
      variance;  // of mu_d over images: the activity A_u (Burda, Grosse & Salakhutdinov 2016, section 5.2)

  // Unused dimensions, with KL < 0.05 nats or A_u < 0.01: the definition of posterior collapse here (Lucas et al.
  // 2019).
  std::vector<Index> collapsed;

  double mean_kl() const;  // nats per image: the sum over dimensions
  Index active() const { return static_cast<Index>(variance.size() - collapsed.size()); }
};

UnitFigures unit_figures(const EncodedSet&);

// "posterior collapse: 1 of 2 latent dimensions is hardly used (z2: KL 0.003 nats, variance of the mean 0.002)"; empty
// if no dimension is unused.
std::string collapse_warning(const UnitFigures&);

// Mean of mu for each class (classes, D), 0 for a class without images. Their differences are attribute vectors
// (Larsen et al. 2016, section 4.2). If `counts` is not null, it receives the number of images of each class.
Matrix class_means(const EncodedSet&, std::size_t classes, std::vector<Index>* counts = nullptr);

}  // namespace loom
