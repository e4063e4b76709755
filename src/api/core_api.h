// The C functions behind the JavaScript module `loom-core`: inference without a window. A caller allocates with malloc,
// passes plain pointers, and asks loom_error() when a call says it failed. Models are numbered from 1; 0 is
// none. JavaScript reads a file's metadata from its header itself, so that the module need not write JSON.
#pragma once

#include <cstddef>
#include <cstdint>

extern "C" {

// Reads a weight file from memory (which may be freed afterwards). Returns the model's number, or 0 on error.
int loom_open(const std::uint8_t* bytes, std::size_t size, const char* name);
void loom_close(int model);

// Why the last call failed; empty if it did not. Valid until the next call.
const char* loom_error();

// Sizes of a model, 0 for an unknown number.
int loom_latent_dim(int model);
int loom_image_height(int model);
int loom_image_width(int model);
int loom_class_count(int model);  // of the test set's labels; 0 if the file has none
int loom_encoded_count(int model);  // test images in the file; 0 if it has none

// z (count, latent_dim) to pictures (count, height * width) in [0, 1]. Returns 0 on error.
int loom_decode(int model, const float* z, int count, float* pictures);

// The colour of a class as 0xRRGGBB, the same as in the explorer.
unsigned loom_class_color(unsigned class_id);

// Pictures (count, height * width) to mu and logvar (count, latent_dim) each; logvar is left alone for a plain
// autoencoder and may be null. Returns 0 on error.
int loom_encode(int model, const float* pictures, int count, float* mu, float* logvar);

// Copies q(z|x) of the file's test images: mu and logvar (loom_encoded_count, latent_dim), labels (loom_encoded_count).
// logvar is left alone for a plain autoencoder and may be null. Returns 0 on error.
int loom_encoded(int model, float* mu, float* logvar, std::uint8_t* labels);

// Reconstructs and scores images (count, height * width), as `loom reconstruct` does: writes the images at z = mu into
// `decoded`, and into terms (count, 4) the reconstruction loss there, the KL, the least reconstruction loss that any
// decoder could reach, all three in the likelihood's unit (nats for most), and the squared error per pixel. Returns 0
// on error.
int loom_score(int model, const float* pictures, int count, float* decoded, double* terms);

// The aggregate posterior q of the test set at places z (count, latent_dim), per unit of area of the plane of the first
// two latent dimensions (the marginal over the others): into densities (count, 3) q(z), the prior p(z), and 1 where
// the prior has a hole (q < p / 10, only for a variational model) else 0; into by_class (count, loom_class_count) the
// part of each class in q(z). Returns 0 on error, among them a file without a test set.
int loom_density(int model, const float* z, int count, double* densities, double* by_class);

// The median of q at the test images, a typical density. 0 on error.
double loom_typical_density(int model);
}
