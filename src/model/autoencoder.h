// An autoencoder, variational or plain: two networks and what is needed to interpret their outputs.
// N batch, P pixels, D latent dimensions.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/image.h"
#include "nn/layer.h"
#include "nn/likelihood/likelihood.h"

namespace loom {

inline constexpr Index kMaxLatentDim = 1024;

// Everything about a model except its weights. It is stored in the weight file, so loading needs no further options.
struct ModelSpec {
  ImageShape image;
  Index latent_dim = 2;
  bool variational = true;  // the encoder gives [mu | logvar] (2D outputs); otherwise the code (D outputs)
  std::string likelihood = "bernoulli";  // a name of nn/likelihood/likelihood.cpp
  Scalar logvar_min = -12,
         logvar_max = 4;  // the encoder's logvar is clamped to this range, because training without limits led to NaN
  std::vector<std::string> class_names;  // of the data set, may be empty
  std::map<std::string, std::string> provenance;  // recipe, data hash, seed, metrics ...; not needed for inference
};

struct Model {
  ModelSpec spec;
  Sequential encoder;  // (N, P) -> (N, 2D) or (N, D)
  Sequential decoder;  // (N, D) -> (N, P) logits
};

// q(z|x) of a batch. For a plain autoencoder `mu` is the code and `logvar` is empty.
struct Posterior {
  Matrix mu, logvar;  // (N, D)
};

// The functions below leave the model unchanged and use the working memory that the caller passes.
void encode(const Model&, const Matrix& x, Workspace&, Posterior&);
void split_code(const Model&, const Matrix& code, Posterior&);  // from the output of the encoder's last layer
const Matrix& decode_logits(const Model&, const Matrix& z, Workspace&);  // for losses
void decode(const Model&, const Matrix& z, Workspace&, Matrix& picture);  // for display: E[x|z] in [0, 1]

// All tensors of a model, encoder first: the list that the optimizer, the weight file and the gradient check use.
std::vector<Parameter> parameters(Model&);
std::vector<ConstParameter> parameters(const Model&);
Index parameter_count(const Model&);

// Throws Error unless the layers fit together and match the spec. `where` names the model in the message.
void check_model(const Model&, std::string_view where);

}  // namespace loom
