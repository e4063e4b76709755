#include "data/load/load_dataset.h"

#include "core/files/sha256.h"
#include "test_data_files.h"

namespace loom {
namespace {

using test::check_error;
using test::FileBytes;
using test::gzip_bytes;
using test::idx_bytes;
using test::write_bytes;

const FileBytes kImages = idx_bytes({3, 2, 1}, {0, 255, 1, 51, 254, 128});
const FileBytes kLabels = idx_bytes({3}, {7, 0, 255});

// A data set nobody has published, under the standard names.
void write_custom(const TemporaryDirectory& folder) {
  write_bytes(folder / "train-images-idx3-ubyte", kImages);
  write_bytes(folder / "train-labels-idx1-ubyte", kLabels);
}

}  // namespace

TEST_CASE("dataset: unknown files are a custom data set") {
  const TemporaryDirectory folder;
  write_custom(folder);
  const Dataset dataset = load_dataset(folder.path, Split::train);
  CHECK(dataset.name == "custom");
  CHECK(dataset.split == Split::train);
  CHECK(dataset.size() == 3);
  CHECK(dataset.shape == ImageShape{1, 2, 1});
  CHECK(dataset.pixels == FileBytes{0, 255, 1, 51, 254, 128});
  CHECK(dataset.labels == FileBytes{7, 0, 255});
  CHECK(dataset.images_sha256 == sha256_hex(std::as_bytes(std::span(kImages))));
  CHECK(dataset.labels_sha256 == sha256_hex(std::as_bytes(std::span(kLabels))));
  check_error([&] { require_identity(dataset, "fashion-mnist"); },
              {"train-images-idx3-ubyte", "not the images of Fashion-MNIST", "c59f468a", "tools/fetch-data"});
  check_error([&] { require_identity(dataset, "cifar"); }, {"'cifar'", "not a known data set"});
}

TEST_CASE("dataset: the file names that mirrors use") {
  const TemporaryDirectory folder;
  const auto found = [&] { return load_dataset(folder.path, Split::test).images_path; };
  write_bytes(folder / "t10k-labels.idx1-ubyte.gz", gzip_bytes(kLabels));
  for (const char* name :
       {"t10k-images.idx3-ubyte.gz", "t10k-images.idx3-ubyte", "t10k-images-idx3-ubyte.gz", "t10k-images-idx3-ubyte"}) {
    write_bytes(folder / name, gzip_bytes(kImages));
    CHECK(found() == folder / name);  // each is looked for before the ones already there
  }
}

TEST_CASE("dataset: missing files") {
  const TemporaryDirectory folder;
  check_error([&] { load_dataset(folder.path, Split::train); },
              {folder.path.c_str(), "no data set here: it holds nothing", "PNG or JPEG", "train-images-idx3-ubyte",
               "tools/fetch-data"});
  check_error([&] { load_dataset(folder / "nowhere", Split::test); },
              {"nowhere", "no test images", "tools/fetch-data"});
  write_bytes(folder / "train-images-idx3-ubyte", kImages);
  check_error([&] { load_dataset(folder.path, Split::train); }, {"no training labels", "train-labels-idx1-ubyte.gz"});
}

TEST_CASE("dataset: files that do not belong together") {
  const TemporaryDirectory folder;
  write_custom(folder);
  SUBCASE("counts") {
    write_bytes(folder / "train-labels-idx1-ubyte", idx_bytes({4}, {1, 2, 3, 4}));
    check_error([&] { load_dataset(folder.path, Split::train); },
                {"train-images-idx3-ubyte: 3 images", "train-labels-idx1-ubyte has 4 labels"});
  }
  SUBCASE("swapped") {
    write_bytes(folder / "train-labels-idx1-ubyte", kImages);
    check_error([&] { load_dataset(folder.path, Split::train); }, {"train-labels-idx1-ubyte", "holds images"});
  }
}

TEST_CASE("fill_images: scales 0 .. 255 to 0 .. 1, with exact ends") {
  Dataset dataset;
  dataset.shape = {1, 16, 16};
  dataset.labels = {0, 0};
  for (int i = 0; i < 512; ++i) dataset.pixels.push_back(static_cast<std::uint8_t>(i));
  dataset.pixels[256] = 9;
  std::vector<Scalar> values(3 * 256, -1);
  const std::vector<Index> indices{1, 0, 1};
  fill_images(dataset, indices, MatrixMap(values.data(), 3, 256));
  CHECK(values[0] == Scalar(9) / 255);
  CHECK(values[256] == 0);
  CHECK(values[256 + 255] == 1);
  for (std::size_t i = 1; i < 256; ++i) {
    REQUIRE(values[i] == static_cast<Scalar>(i) / 255);
    REQUIRE(values[256 + i] == values[i]);
    REQUIRE(values[512 + i] == values[i]);
  }
}

TEST_CASE("fill_images: refuses wrong shapes and indices") {
  Dataset dataset;
  dataset.shape = {1, 1, 2};
  dataset.labels = {0, 0, 0};
  dataset.pixels.resize(6);
  std::vector<Scalar> values(6);
  const auto fill = [&](std::vector<Index> indices, Index rows, Index columns) {
    fill_images(dataset, indices, MatrixMap(values.data(), rows, columns));
  };
  fill({0, 1, 2}, 3, 2);
  fill({}, 0, 2);
  check_error([&] { fill({0, 1, 2}, 2, 2); }, {"out is (2, 2)", "expected (3, 2)"});
  check_error([&] { fill({0, 1}, 2, 3); }, {"out is (2, 3)", "expected (2, 2)"});
  check_error([&] { fill({3}, 1, 2); }, {"image 3 of 3"});
  check_error([&] { fill({-1}, 1, 2); }, {"image -1 of 3"});
}

}  // namespace loom
