#include "model/pca.h"

#include <Eigen/Eigenvalues>

#include "core/error.h"

namespace loom {

void PixelMoments::add(const Matrix& x) {
  if (sum.size() == 0) {
    sum.setZero(x.cols());
    products.setZero(x.cols(), x.cols());
  }
  const Square exact = x.cast<double>();
  images += static_cast<double>(x.rows());
  sum += exact.colwise().sum().transpose();
  products.noalias() += exact.transpose() * exact;
}

void PixelMoments::add(const PixelMoments& other) {
  if (other.images == 0) return;
  if (images == 0) {
    *this = other;
    return;
  }
  images += other.images;
  sum += other.sum;
  products += other.products;
}

PrincipalComponents principal_components(const PixelMoments& moments, Index components) {
  const Index pixels = moments.sum.size();
  if (moments.images < 2) fail("principal components: ", moments.images, " images, expected at least 2");
  if (components < 1 || components > pixels)
    fail("principal components: ", components, " wanted, expected 1 to ", pixels, ", the pixels of an image");
  PrincipalComponents result;
  result.mean = moments.sum / moments.images;
  const PixelMoments::Square covariance =
      (moments.products - moments.images * result.mean * result.mean.transpose()) / (moments.images - 1);
  const Eigen::SelfAdjointEigenSolver<PixelMoments::Square> solver(covariance);
  if (solver.info() != Eigen::Success) fail("principal components: the eigenvalues of the covariance did not converge");
  result.total_variance = covariance.trace();
  result.axes.resize(components, pixels);
  result.variance.resize(components);
  for (Index k = 0; k < components; ++k) {  // Eigen sorts them by increasing eigenvalue
    Eigen::RowVectorXd axis = solver.eigenvectors().col(pixels - 1 - k).transpose();
    Index largest = 0;
    axis.cwiseAbs().maxCoeff(&largest);
    result.axes.row(k) = axis(largest) < 0 ? -axis : axis;
    result.variance(k) = std::max(0.0, solver.eigenvalues()(pixels - 1 - k));
  }
  return result;
}

void set_principal_components(const PrincipalComponents& pca, Model& model) {
  auto* encoder = model.encoder.size() == 1 ? std::get_if<Linear>(&model.encoder[0]) : nullptr;
  auto* decoder = model.decoder.size() == 1 ? std::get_if<Linear>(&model.decoder[0]) : nullptr;
  if (!encoder || !decoder || encoder->inputs() != pca.axes.cols() || encoder->outputs() != pca.axes.rows() ||
      model.spec.variational || model.spec.likelihood != "linear_mse")
    fail("principal components: the model is no plain linear autoencoder of ", pca.axes.cols(), " pixels and ",
         pca.axes.rows(), " dimensions with likelihood linear_mse");
  encoder->weight = pca.axes.cast<Scalar>();
  encoder->bias = -(pca.axes * pca.mean).transpose().cast<Scalar>();
  decoder->weight = pca.axes.transpose().cast<Scalar>();
  decoder->bias = pca.mean.transpose().cast<Scalar>();
}

}  // namespace loom
