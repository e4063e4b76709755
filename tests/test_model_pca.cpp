#include "model/pca.h"

#include <doctest/doctest.h>

#include "core/files/file.h"
#include "message_of.h"
#include "model/architectures.h"
#include "random_matrix.h"
#include "source_path.h"
#include "weights/safetensors.h"

namespace loom {
namespace {

// Images on a plane in pixel space, and a little noise off it.
Matrix flat_images(Index count) {
  const Matrix axes = random_matrix(2, 30, 1), noise = random_matrix(count, 30, 3);
  Matrix codes = random_matrix(count, 2, 2);
  codes.col(0) *= 4;
  return (codes * axes + Scalar(0.01) * noise).array() + Scalar(0.5);
}

PixelMoments moments_of(const Matrix& x) {
  PixelMoments moments;
  moments.add(x);
  return moments;
}

Model pca_model(Index components) {
  ModelSpec spec;
  spec.image = {1, 5, 6};
  spec.latent_dim = components;
  spec.variational = false;
  spec.likelihood = "linear_mse";
  return build_model(spec, "linear", {}, 1);
}

}  // namespace

TEST_CASE("pca: orthonormal axes by decreasing variance, also from parts of the data") {
  const Matrix x = flat_images(400);
  const PrincipalComponents pca = principal_components(moments_of(x), 3);
  CHECK((pca.axes * pca.axes.transpose()).isIdentity(1e-10));
  CHECK(pca.variance(0) > pca.variance(1));
  CHECK(pca.variance(1) > 100 * pca.variance(2));
  PixelMoments parts;
  parts.add(moments_of(x.topRows(123)));
  parts.add(moments_of(x.bottomRows(277)));
  const PrincipalComponents same = principal_components(parts, 3);
  CHECK(same.axes.isApprox(pca.axes, 1e-6));
  CHECK(same.variance.isApprox(pca.variance, 1e-9));
}

TEST_CASE("golden: principal components equal scikit-learn's") {
  const std::vector<std::byte> bytes = read_file(source_path("tests/golden/pca.safetensors"), 1 << 20);
  const TensorFile file = read_safetensors(bytes, "pca");
  const auto matrix = [&](std::string_view name) {
    const TensorView& tensor = *file.find(name);
    const std::vector<float> values = to_floats(tensor);
    return Matrix(Eigen::Map<const Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>(
                      values.data(), tensor.shape[0], tensor.shape.size() > 1 ? tensor.shape[1] : 1)
                      .cast<Scalar>());
  };
  const Matrix x = matrix("x"), axes = matrix("axes"), variance = matrix("variance"), ratio = matrix("ratio");
  const PrincipalComponents pca = principal_components(moments_of(x), axes.rows());
  CHECK((pca.axes - axes.cast<double>()).cwiseAbs().maxCoeff() < 1e-5);
  for (Index k = 0; k < axes.rows(); ++k) {
    CAPTURE(k);
    CHECK(pca.variance(k) == doctest::Approx(static_cast<double>(variance(k, 0))).epsilon(1e-5));
    CHECK(pca.variance(k) / pca.total_variance == doctest::Approx(static_cast<double>(ratio(k, 0))).epsilon(1e-5));
  }
  Model model = pca_model(axes.rows());
  set_principal_components(pca, model);
  Workspace workspace;
  Posterior q;
  encode(model, x, workspace, q);
  CHECK((q.mu - matrix("codes")).cwiseAbs().maxCoeff() < 1e-4f);
}

TEST_CASE("pca: the variance along an axis is that of the codes, and the remaining variance is the error") {
  const Matrix x = flat_images(400);
  const PrincipalComponents pca = principal_components(moments_of(x), 2);
  Model model = pca_model(2);
  set_principal_components(pca, model);
  Workspace a, b;
  Posterior q;
  encode(model, x, a, q);
  for (Index k = 0; k < 2; ++k) {
    const auto codes = q.mu.col(k).cast<double>().array();
    CHECK(std::abs(codes.mean()) < 1e-5);
    CHECK(codes.square().sum() / 399 == doctest::Approx(pca.variance(k)).epsilon(1e-5));
  }
  const Matrix& y = decode_logits(model, q.mu, b);
  const double left = (pca.total_variance - pca.variance.sum()) * 399;
  CHECK(static_cast<double>((y - x).squaredNorm()) == doctest::Approx(left).epsilon(1e-3));
}

TEST_CASE("pca: too few images, impossible numbers of components and other networks are refused") {
  const Matrix x = flat_images(10);
  CHECK(message_of([&] { principal_components(moments_of(x.topRows(1)), 1); }).find("1 images") != std::string::npos);
  CHECK(message_of([&] { principal_components(moments_of(x), 31); }).find("expected 1 to 30") != std::string::npos);
  CHECK(message_of([&] { principal_components(moments_of(x), 0); }).find("0 wanted") != std::string::npos);
  const PrincipalComponents pca = principal_components(moments_of(x), 2);
  Model other = pca_model(3);
  CHECK(message_of([&] { set_principal_components(pca, other); }).find("no plain linear") != std::string::npos);
}

}  // namespace loom
