// The published files themselves. Skipped, and said so, where they are not on this machine.
#include <cmath>

#include "data/idx.h"
#include "data/load/load_dataset.h"
#include "test_data_files.h"

namespace loom {
namespace {

namespace fs = std::filesystem;
using test::check_error;
using test::FileBytes;

struct Moments {
  double mean, deviation;  // of all pixels, in [0, 1]
};

Moments moments(const Dataset& dataset) {
  double sum = 0, squares = 0;
  for (const std::uint8_t pixel : dataset.pixels) {
    sum += pixel;
    squares += pixel * pixel;
  }
  const double count = static_cast<double>(dataset.pixels.size());
  return {sum / count / 255, std::sqrt(squares / count - sum / count * sum / count) / 255};
}

FileBytes first_labels(const Dataset& dataset) { return {dataset.labels.begin(), dataset.labels.begin() + 10}; }

// Both halves, which must be the known data set `name` with 6000 or 1000 images of each class on average.
void check_known(const fs::path& folder, const char* name, Dataset& train, Dataset& test) {
  train = load_dataset(folder, Split::train);
  test = load_dataset(folder, Split::test);
  for (const Dataset* dataset : {&train, &test}) {
    CHECK(dataset->name == name);
    CHECK(dataset->shape == find_dataset(name)->shape);
    CHECK(dataset->pixels.size() == static_cast<std::size_t>(dataset->size() * dataset->shape.size()));
    CHECK_NOTHROW(require_identity(*dataset, name));
  }
  CHECK(train.size() == 60'000);
  CHECK(test.size() == 10'000);
}

// Links `name` in a new folder to a real file, so that wrong names cost no copy.
void link(const fs::path& target, const fs::path& name) { fs::create_symlink(fs::absolute(target), name); }

}  // namespace

// Mean and deviation as everybody normalises with (torchvision's examples: 0.2860, 0.3530; 0.1307, 0.3081).
TEST_CASE("real data: Fashion-MNIST") {
  const fs::path data = test::real_data();
  if (data.empty()) return;
  Dataset train, test;
  check_known(data / "fashion-mnist", "fashion-mnist", train, test);
  CHECK(moments(train).mean == doctest::Approx(0.2860).epsilon(0.0002));
  CHECK(moments(train).deviation == doctest::Approx(0.3530).epsilon(0.0002));
  CHECK(first_labels(train) == FileBytes{9, 0, 0, 3, 0, 2, 7, 2, 5, 5});
  CHECK(first_labels(test) == FileBytes{9, 2, 1, 1, 6, 1, 4, 6, 5, 7});
}

TEST_CASE("real data: MNIST, also under the name of Fashion-MNIST") {
  const fs::path data = test::real_data();
  if (data.empty()) return;
  Dataset train, test;
  check_known(data / "mnist", "mnist", train, test);
  CHECK(moments(train).mean == doctest::Approx(0.1307).epsilon(0.0004));
  CHECK(moments(train).deviation == doctest::Approx(0.3081).epsilon(0.0002));
  CHECK(first_labels(train) == FileBytes{5, 0, 4, 1, 9, 2, 1, 3, 1, 4});
  check_error([&] { require_identity(train, "fashion-mnist"); },
              {"train-images-idx3-ubyte", "holds MNIST, not Fashion-MNIST", "caches", "tools/fetch-data"});
}

TEST_CASE("real data: mixed-up splits and data sets") {
  const fs::path data = test::real_data();
  if (data.empty()) return;
  const TemporaryDirectory folder;
  const fs::path fashion = data / "fashion-mnist", mnist = data / "mnist";
  const auto load = [&] { load_dataset(folder.path, Split::test); };

  link(fashion / "t10k-images-idx3-ubyte.gz", folder / "t10k-images-idx3-ubyte.gz");
  SUBCASE("labels of the other data set") {
    link(mnist / "t10k-labels-idx1-ubyte.gz", folder / "t10k-labels-idx1-ubyte.gz");
    check_error(load, {"t10k-images", "holds Fashion-MNIST", "t10k-labels", "labels of MNIST"});
  }
  SUBCASE("training labels under the test name") {
    link(fashion / "train-labels-idx1-ubyte.gz", folder / "t10k-labels-idx1-ubyte.gz");
    check_error(load, {"t10k-labels", "holds the training labels of Fashion-MNIST", "test labels are expected"});
  }
  SUBCASE("training images under the test name") {
    fs::remove(folder / "t10k-images-idx3-ubyte.gz");
    link(mnist / "train-images-idx3-ubyte.gz", folder / "t10k-images-idx3-ubyte.gz");
    check_error(load, {"t10k-images", "holds the training images of MNIST", "test images are expected"});
  }
  SUBCASE("labels of somebody") {
    FileBytes labels(10'000, 3);
    test::write_bytes(folder / "t10k-labels-idx1-ubyte", test::idx_bytes({10'000}, labels));
    const Dataset dataset = load_dataset(folder.path, Split::test);
    CHECK(dataset.name == "custom");
    check_error([&] { require_identity(dataset, "fashion-mnist"); },
                {"t10k-labels-idx1-ubyte", "not the labels of Fashion-MNIST", "0402a96d"});

    labels[7] = 10;
    test::write_bytes(folder / "t10k-labels-idx1-ubyte", test::idx_bytes({10'000}, labels));
    check_error(load, {"t10k-labels-idx1-ubyte", "label 7 is 10", "Fashion-MNIST has the classes 0 to 9"});
  }
}

}  // namespace loom
