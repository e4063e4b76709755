// The original images of a model's test set: from a data pack, of which each block arrives when it is needed, or all at
// once from a file that the visitor opened.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "data/pack/pack_header.h"

namespace loom {

class TestImages {
 public:
  TestImages() = default;
  // All images, `pixels` (N, shape.size()). `name` is the file's name.
  TestImages(std::string name, const ImageShape& shape, std::vector<std::uint8_t> pixels);
  // The images of a pack, none of which is there yet. `header`: the bytes before the pack's data. Throws Error with
  // `name` as parse_pack_header does.
  TestImages(std::string name, std::span<const std::byte> header);

  const std::string& name() const { return name_; }
  const ImageShape& shape() const { return shape_; }
  Index size() const { return size_; }
  // The header of the pack; none if the images came all at once.
  const std::optional<PackHeader>& pack() const { return pack_; }

  // The block of the pack that holds image n.
  std::size_t block_of(Index n) const;
  // Takes an unpacked block. Throws Error with the name as read_stored_images does; nothing has changed then.
  void receive(std::size_t block, std::span<const std::byte> unpacked);

  // Whether image n is there.
  bool has(Index n) const;
  bool complete() const;  // all images are there
  // Image n as (1, P) in [0, 1]. It must be there.
  Matrix picture(Index n) const;
  // The grey values of image n, P of them. It must be there.
  std::span<const std::uint8_t> pixels(Index n) const;

  // Grows whenever images arrive.
  std::uint64_t serial() const { return serial_; }

 private:
  std::string name_;
  ImageShape shape_;
  Index size_ = 0;
  std::optional<PackHeader> pack_;
  std::vector<std::size_t> block_begin_;  // first image of each block, and the number of images
  std::vector<bool> received_;  // blocks
  std::vector<std::uint8_t> pixels_;  // (N, P)
  std::uint64_t serial_ = 0;
};

}  // namespace loom
