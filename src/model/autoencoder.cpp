#include "model/autoencoder.h"

#include <algorithm>
#include <utility>

#include "core/error.h"

namespace loom {

void encode(const Model& model, const Matrix& x, Workspace& workspace, Posterior& posterior) {
  split_code(model, forward(model.encoder, x, workspace), posterior);
}

void split_code(const Model& model, const Matrix& code, Posterior& posterior) {
  const Index latent = model.spec.latent_dim;
  const bool variational = model.spec.variational;
  posterior.mu.resize(code.rows(), latent);
  posterior.logvar.resize(variational ? code.rows() : 0, variational ? latent : 0);
  for (Index n = 0; n < code.rows(); ++n) {
    const Scalar* row = code.row(n).data();
    std::copy_n(row, latent, posterior.mu.row(n).data());
    for (Index d = 0; variational && d < latent; ++d)
      posterior.logvar(n, d) = std::clamp(row[latent + d], model.spec.logvar_min, model.spec.logvar_max);
  }
}

const Matrix& decode_logits(const Model& model, const Matrix& z, Workspace& workspace) {
  return forward(model.decoder, z, workspace);
}

void decode(const Model& model, const Matrix& z, Workspace& workspace, Matrix& picture) {
  find_likelihood(model.spec.likelihood)->mean(decode_logits(model, z, workspace), picture);
}

namespace {

template <class List, class M>
List all_parameters(M& model) {
  List list = parameters(model.encoder, "encoder");
  List decoder = parameters(model.decoder, "decoder");
  for (auto& parameter : decoder) list.push_back(std::move(parameter));  // insert() would add a kilobyte to the page
  return list;
}

}  // namespace

std::vector<Parameter> parameters(Model& model) { return all_parameters<std::vector<Parameter>>(model); }

std::vector<ConstParameter> parameters(const Model& model) {
  return all_parameters<std::vector<ConstParameter>>(model);
}

Index parameter_count(const Model& model) {
  Index count = 0;
  for (const ConstParameter& p : parameters(model)) count += static_cast<Index>(p.value.size());
  return count;
}

void check_model(const Model& model, std::string_view where) {
  const ModelSpec& spec = model.spec;
  if (!find_likelihood(spec.likelihood)) fail(where, ": likelihood '", spec.likelihood, "' is not known");
  if (spec.latent_dim < 1) fail(where, ": latent_dim is ", spec.latent_dim, ", expected at least 1");
  const Index codes = check_chain(model.encoder, spec.image.size(), text(where, ": encoder"));
  const Index wanted = spec.latent_dim * (spec.variational ? 2 : 1);
  if (codes != wanted)
    fail(where, ": the encoder gives ", codes, " numbers, expected ", wanted, " for latent_dim ", spec.latent_dim);
  const Index pixels = check_chain(model.decoder, spec.latent_dim, text(where, ": decoder"));
  if (pixels != spec.image.size())
    fail(where, ": the decoder gives ", pixels, " pixels, expected ", spec.image.size(), " for ",
         image_shape_text(spec.image));
}

}  // namespace loom
