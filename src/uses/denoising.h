// How well models and a median filter remove noise that was added to images.
#pragma once

#include <string>
#include <vector>

#include "core/parallel.h"
#include "data/dataset.h"
#include "data/images/corruption.h"
#include "model/autoencoder.h"
#include "uses/on_progress.h"
#include "uses/picture_error.h"

namespace loom {

struct NamedModel {
  std::string name;
  const Model* model;
};

struct DenoisingMethod {
  std::string name;  // "noisy" (no denoising), a model's name, or "median filter"
  PictureError error;
  Matrix shown;  // (images shown, P)
};

struct Denoising {
  const Corruption* noise;
  double level = 0;
  std::uint64_t seed = 0;
  std::vector<std::string> heads;  // of the images shown: their classes
  Matrix clean;                // (images shown, P)
  std::vector<DenoisingMethod> methods;  // first "noisy", last the median filter
};

// Adds noise to every image of `data` and removes it with each method; models use autoencode(). Errors are means over
// all images, against the clean ones. The noise of image n depends only on (seed, n), so the page shows the same
// noise.
Denoising denoise(const std::vector<NamedModel>&, const Dataset&, const Corruption&, double level, std::uint64_t seed,
                  const std::vector<Index>& shown, ThreadPool&, const OnProgress& = {});

}  // namespace loom
