#include "explorer/model/images/test_images.h"

#include <algorithm>

#include "core/error.h"
#include "data/pack/pack_block.h"

namespace loom {

TestImages::TestImages(std::string name, const ImageShape& shape, std::vector<std::uint8_t> pixels)
    : name_(std::move(name)), shape_(shape), pixels_(std::move(pixels)), serial_(1) {
  size_ = shape.size() > 0 ? static_cast<Index>(pixels_.size()) / shape.size() : 0;
}

TestImages::TestImages(std::string name, std::span<const std::byte> header) : name_(std::move(name)) {
  pack_ = parse_pack_header(header, name_);
  shape_ = pack_->shape;
  size_ = pack_->images;
  std::size_t begin = 0;
  for (const PackBlock& block : pack_->blocks) {
    block_begin_.push_back(begin);
    begin += static_cast<std::size_t>(block.images);
  }
  block_begin_.push_back(begin);
  received_.resize(pack_->blocks.size());
  pixels_.resize(static_cast<std::size_t>(size_ * shape_.size()));
}

std::size_t TestImages::block_of(Index n) const {
  const auto after = std::ranges::upper_bound(block_begin_, static_cast<std::size_t>(n));
  return static_cast<std::size_t>(after - block_begin_.begin()) - 1;
}

void TestImages::receive(std::size_t block, std::span<const std::byte> unpacked) {
  if (!pack_ || block >= received_.size()) fail(name_, ": block ", block, " is not in this pack");
  const auto size = static_cast<std::size_t>(shape_.size());
  const std::size_t begin = block_begin_[block], end = block_begin_[block + 1];
  std::vector<std::uint8_t> images((end - begin) * size);
  read_stored_images(*pack_, block, unpacked, name_, images);
  std::ranges::copy(images, pixels_.begin() + static_cast<std::ptrdiff_t>(begin * size));
  received_[block] = true;
  ++serial_;
}

bool TestImages::has(Index n) const { return n >= 0 && n < size_ && (!pack_ || received_[block_of(n)]); }

bool TestImages::complete() const {
  return size_ > 0 && std::ranges::all_of(received_, [](bool there) { return there; });
}

std::span<const std::uint8_t> TestImages::pixels(Index n) const {
  const auto size = static_cast<std::size_t>(shape_.size());
  return std::span(pixels_).subspan(static_cast<std::size_t>(n) * size, size);
}

Matrix TestImages::picture(Index n) const {
  Matrix x(1, shape_.size());
  Index i = 0;
  for (const std::uint8_t value : pixels(n)) x(0, i++) = static_cast<Scalar>(value) / Scalar(255);
  return x;
}

}  // namespace loom
