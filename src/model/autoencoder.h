// An autoencoder, variational or plain: two networks and what is needed to read their outputs.
// N batch, P pixels, D latent dimensions.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/image.h"
#include "nn/layer.h"
#include "nn/likelihood.h"

namespace loom {

inline constexpr Index kMaxLatentDim = 1024;

// Everything about a model that is not a weight. It travels in the weight file, which therefore needs no flags to load.
struct ModelSpec {
  ImageShape image;
  Index latent_dim = 2;
  bool variational = true;  // the encoder gives [mu | logvar] (2D outputs); otherwise the code (D outputs)
  std::string likelihood = "bernoulli";  // a name of nn/likelihood.cpp
  Scalar logvar_min = -12, logvar_max = 4;  // the encoder's logvar is clamped: unclamped ones ran to NaN in training
  std::vector<std::string> class_names;  // of the data set, may be empty
  std::map<std::string, std::string> provenance;  // recipe, data hash, seed, metrics ...: for people, not for inference
};

struct Model {
  ModelSpec spec;
  Sequential encoder;  // (N, P) -> (N, 2D) or (N, D)
  Sequential decoder;  // (N, D) -> (N, P) logits
};

// q(z|x) of a batch. `logvar` is empty for a plain autoencoder, whose code is `mu`.
struct Posterior {
  Matrix mu, logvar;  // (N, D)
};

// All functions below leave the model unchanged and work in the memory that the caller passes.
void encode(const Model&, const Matrix& x, Workspace&, Posterior&);
const Matrix& decode_logits(const Model&, const Matrix& z, Workspace&);  // for losses
void decode(const Model&, const Matrix& z, Workspace&, Matrix& picture);  // for eyes: E[x|z] in [0, 1]

// All tensors of a model, encoder first: the list that optimizer, file and gradient check walk.
std::vector<Parameter> parameters(Model&);
std::vector<ConstParameter> parameters(const Model&);
Index parameter_count(const Model&);

// Throws Error unless the layers fit together and to the spec. `where` names the model in the message.
void check_model(const Model&, std::string_view where);

}  // namespace loom
