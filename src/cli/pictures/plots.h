// Figures of a model's latent space and of its training.
#pragma once

#include "cli/replay.h"
#include "model/checkpoint.h"
#include "plot/page.h"

namespace loom {

// The n x n images decoded at points whose coordinates split the prior into equal shares, Phi^-1((i + 1/2) / n) (Kingma
// & Welling 2014, figure 4); z1 to the right, z2 upwards. A plain autoencoder has no prior: then mean and deviation are
// those of its codes. Throws Error unless the latent space has two dimensions, and for a plain autoencoder without
// encoded images.
Canvas draw_manifold(const ModelFile&, Index n, const PictureStyle&);

// Codes as dots, at most `points` of them, in an order in which no class hides the others; the name of each class
// stands at its middle. With more than two dimensions, the plane of largest variance is drawn. With a replay: before
// and after training side by side, each on its own scale. Throws Error for one dimension and without encoded images.
Canvas draw_scatter(const ModelFile&, const ReplayFile*, Index points, const PictureStyle&);

// Losses by epoch: training and, where there was one, validation. Throws Error without an epoch.
Canvas draw_losses(const std::vector<EpochLoss>&, const std::string& model, const PictureStyle&);

}  // namespace loom
