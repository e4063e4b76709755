// The recorded training of a model: the codes of some test images after each epoch, and the loss. The file is next to
// the weights, NAME.replay.safetensors, and is downloaded only when it is needed.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/types.h"

namespace loom {

struct Replay {
  std::vector<Matrix> mu;            // one (images, D) per frame
  std::vector<float> epochs;         // of each frame; 0 is before training
  std::vector<std::uint8_t> labels;  // images
  Matrix history;  // (epochs, 2 or 4): training reconstruction and KL [, validation], nats per image

  std::size_t frames() const { return mu.size(); }
};

// aux.replay.mu (frames, images, D), .epoch (frames), .label (images) U8 and .history (epochs, 2 or 4). Throws Error
// naming the file and the tensor that is missing, has another shape than expected or is not finite.
Replay read_replay(std::span<const std::byte> bytes, std::string_view file_name, Index latent_dim);

}  // namespace loom
