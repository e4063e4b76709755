// The C functions behind the JavaScript module `loom-core`: inference without a window. A caller allocates with malloc,
// passes plain pointers, and asks loom_error() when a call says it failed. Models are numbered from 1; 0 is none.
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

// What `loom info --json` calls "model" and "provenance", as JSON; valid until the next call. Null for an unknown
// number.
const char* loom_description(int model);

// z (count, latent_dim) to pictures (count, height * width) in [0, 1]. Returns 0 on error.
int loom_decode(int model, const float* z, int count, float* pictures);

// The colour of a class as 0xRRGGBB, the same as in the explorer.
unsigned loom_class_color(unsigned class_id);

// Pictures (count, height * width) to mu and logvar (count, latent_dim) each; logvar is left alone for a plain
// autoencoder and may be null. Returns 0 on error.
int loom_encode(int model, const float* pictures, int count, float* mu, float* logvar);
}
