#include "explorer/model/replay.h"

#include "core/error.h"
#include "weights/safetensors.h"

namespace loom {
namespace {

constexpr Index kMostFrames = 2000, kMostImages = 20000;

const TensorView& tensor(const TensorFile& file, std::string_view file_name, std::string_view name, std::size_t rank) {
  const TensorView* found = file.find(name);
  if (!found) fail(file_name, ": ", name, " is missing");
  if (found->shape.size() != rank)
    fail(file_name, ": ", name, " is ", shape_text(found->shape), ", expected ", rank, " dimensions");
  if (!all_finite(*found)) fail(file_name, ": ", name, " holds infinite numbers or NaN");
  return *found;
}

void check_shape(const TensorView& tensor, const Shape& wanted, std::string_view file_name) {
  if (tensor.shape != wanted)
    fail(file_name, ": ", tensor.name, " is ", shape_text(tensor.shape), ", expected ", shape_text(wanted));
}

}  // namespace

Replay read_replay(std::span<const std::byte> bytes, std::string_view file_name, Index latent_dim) {
  const TensorFile file = read_safetensors(bytes, file_name);
  const TensorView& mu = tensor(file, file_name, "aux.replay.mu", 3);
  const Index frames = mu.shape[0], images = mu.shape[1];
  check_shape(mu, {frames, images, latent_dim}, file_name);
  if (frames < 1 || frames > kMostFrames || images < 1 || images > kMostImages)
    fail(file_name, ": aux.replay.mu is ", shape_text(mu.shape), ", wanted 1 to ", kMostFrames, " frames of 1 to ",
         kMostImages, " images");
  const TensorView& epoch = tensor(file, file_name, "aux.replay.epoch", 1);
  check_shape(epoch, {frames}, file_name);
  const TensorView& label = tensor(file, file_name, "aux.replay.label", 1);
  check_shape(label, {images}, file_name);
  if (label.dtype != DType::u8) fail(file_name, ": aux.replay.label must be U8");
  const TensorView& history = tensor(file, file_name, "aux.replay.history", 2);
  const Index columns = history.shape[1];
  if (columns != 2 && columns != 4)
    fail(file_name, ": aux.replay.history is ", shape_text(history.shape), ", expected 2 or 4 columns");

  Replay out;
  const std::vector<float> places = to_floats(mu);
  for (Index f = 0; f < frames; ++f)
    out.mu.push_back(Eigen::Map<const Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>(
                         places.data() + f * images * latent_dim, images, latent_dim)
                         .cast<Scalar>());
  out.epochs = to_floats(epoch);
  for (const std::byte b : label.bytes) out.labels.push_back(static_cast<std::uint8_t>(b));
  const std::vector<float> losses = to_floats(history);
  out.history.resize(history.shape[0], columns);
  std::copy(losses.begin(), losses.end(), out.history.data());
  return out;
}

}  // namespace loom
