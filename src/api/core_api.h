// The C functions behind the JavaScript module `loom-core`: inference without a user interface. The caller allocates
// with malloc, passes plain pointers, and calls loom_error() when a call reports failure. Models are numbered from 1;
// 0 means none. JavaScript reads a file's metadata from its header itself, so the module need not write JSON.
#pragma once

#include <cstddef>
#include <cstdint>

extern "C" {

// Reads a weight file from memory, which may be freed afterwards. Returns the model's number, or 0 on error. `name` is
// the file's name in error messages.
int loom_open(const std::uint8_t* bytes, std::size_t size, const char* name);
void loom_close(int model);

// Why the last call failed; empty if it succeeded. Valid until the next call.
const char* loom_error();

// Sizes of a model; 0 if there is no model of this number.
int loom_latent_dim(int model);
int loom_image_height(int model);
int loom_image_width(int model);
int loom_class_count(int model);  // of the test set's labels; 0 if the file has none
int loom_encoded_count(int model);  // test images in the file; 0 if it has none

// Decodes z (count, latent_dim) into pictures (count, height * width) with values in [0, 1]. Returns 0 on error.
int loom_decode(int model, const float* z, int count, float* pictures);

// The colour of a class as 0xRRGGBB, the same as in the explorer.
unsigned loom_class_color(unsigned class_id);

// Encodes pictures (count, height * width) into mu and logvar, each (count, latent_dim). For a plain autoencoder
// logvar is not written and may be null. Returns 0 on error.
int loom_encode(int model, const float* pictures, int count, float* mu, float* logvar);

// Copies q(z|x) of the file's test images: mu and logvar (loom_encoded_count, latent_dim), labels
// (loom_encoded_count). For a plain autoencoder logvar is not written and may be null. Returns 0 on error.
int loom_encoded(int model, float* mu, float* logvar, std::uint8_t* labels);

// Reconstructs and scores images (count, height * width), as `loom reconstruct` does. Writes the reconstructions at
// z = mu to `decoded`, and to terms (count, 4) their reconstruction loss, the KL divergence, the least reconstruction
// loss that any decoder could reach (all three in the likelihood's unit, mostly nats), and the squared error per
// pixel. Returns 0 on error.
int loom_score(int model, const float* pictures, int count, float* decoded, double* terms);

// The aggregate posterior q of the test set at points z (count, latent_dim), per unit of area of the plane of the
// first two latent dimensions (the marginal over the others). Writes to densities (count, 3) q(z), the prior p(z), and
// 1 in a prior hole (q < p / 10, only for a variational model), else 0; and to by_class (count, loom_class_count) each
// class's contribution to q(z). Returns 0 on error, for example for a file without an encoded test set.
int loom_density(int model, const float* z, int count, double* densities, double* by_class);

// The median of q at the test images, a typical density. 0 on error.
double loom_typical_density(int model);
}
