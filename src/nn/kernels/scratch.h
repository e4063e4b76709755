// Reusable working memory of one thread, so that a training step or a decoded frame allocates nothing.
#pragma once

#include <array>

#include "core/types.h"

namespace loom {

class Scratch {
 public:
  static constexpr int kSlots = 4;

  // A (rows, columns) matrix with unspecified content, valid until the next call for the same slot.
  MatrixMap matrix(int slot, Index rows, Index columns) {
    Matrix& buffer = buffers_[static_cast<std::size_t>(slot)];
    if (buffer.size() < rows * columns) buffer.resize(1, rows * columns);
    return {buffer.data(), rows, columns};
  }

 private:
  std::array<Matrix, kSlots> buffers_;
};

}  // namespace loom
