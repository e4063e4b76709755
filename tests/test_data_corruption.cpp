// Noise: what each kind does to pixels, that it depends on seed and image alone, and its size on the published images.
#include <doctest/doctest.h>

#include <cmath>
#include <numeric>

#include "data/images/corruption.h"
#include "data/load/load_dataset.h"
#include "message_of.h"
#include "test_data_files.h"

namespace loom {
namespace {

Matrix grey(Index images, Index pixels, Scalar value) { return Matrix::Constant(images, pixels, value); }

double fraction_of(const Matrix& x, Scalar value) {
  return static_cast<double>((x.array() == value).count()) / static_cast<double>(x.size());
}

Matrix corrupted(std::string_view name, double level, Matrix x, std::uint64_t seed = 1, std::uint64_t key = 0) {
  corrupt(find_corruption(name), level, seed, key, x);
  return x;
}

}  // namespace

TEST_CASE("corruption: gaussian noise has its standard deviation at middle grey and is clipped at black and white") {
  const Matrix middle = corrupted("gaussian", 0.1, grey(200, 500, Scalar(0.5)));
  const double mean = middle.cast<double>().mean();
  CHECK(mean == doctest::Approx(0.5).epsilon(0.005));
  CHECK(std::sqrt((middle.cast<double>().array() - mean).square().mean()) == doctest::Approx(0.1).epsilon(0.01));
  const Matrix black = corrupted("gaussian", 0.1, grey(200, 500, 0));
  CHECK(black.minCoeff() == 0);
  CHECK(fraction_of(black, 0) == doctest::Approx(0.5).epsilon(0.02));
  CHECK(corrupted("gaussian", 10, grey(10, 100, Scalar(0.5))).maxCoeff() == 1);
}

TEST_CASE("corruption: masking blackens a fraction and leaves the rest") {
  const Matrix x = corrupted("masking", 0.3, grey(200, 500, Scalar(0.25)));
  CHECK(fraction_of(x, 0) == doctest::Approx(0.3).epsilon(0.02));
  CHECK(fraction_of(x, Scalar(0.25)) == doctest::Approx(0.7).epsilon(0.02));
  CHECK(fraction_of(corrupted("masking", 1, x), 0) == 1);
}

TEST_CASE("corruption: salt and pepper changes a fraction of the pixels, half to black and half to white") {
  const Matrix x = corrupted("salt-and-pepper", 0.4, grey(200, 500, Scalar(0.25)));
  CHECK(fraction_of(x, 0) == doctest::Approx(0.2).epsilon(0.03));
  CHECK(fraction_of(x, 1) == doctest::Approx(0.2).epsilon(0.03));
  CHECK(fraction_of(x, Scalar(0.25)) == doctest::Approx(0.6).epsilon(0.02));
}

TEST_CASE("corruption: depends on seed and image, not on how images are grouped") {
  for (const Corruption& kind : corruptions()) {
    CAPTURE(kind.name);
    const Matrix whole = corrupted(kind.name, 0.3, grey(8, 50, Scalar(0.5)));
    const Matrix tail = corrupted(kind.name, 0.3, grey(5, 50, Scalar(0.5)), 1, 3);
    CHECK(tail == whole.bottomRows(5));
    CHECK(corrupted(kind.name, 0.3, grey(8, 50, Scalar(0.5)), 2) != whole);
    CHECK(whole.row(0) != whole.row(1));
    CHECK(corrupted(kind.name, 0, grey(8, 50, Scalar(0.5))) == grey(8, 50, Scalar(0.5)));
  }
}

TEST_CASE("corruption: unknown kinds and levels out of range are refused by name") {
  CHECK(message_of([] { find_corruption("pepper"); }) ==
        "noise 'pepper' is not known; known are gaussian, masking, salt-and-pepper");
  const auto level = [](const char* name, double value) {
    return message_of([&] { check_level(find_corruption(name), value, "--level"); });
  };
  CHECK(level("masking", 1.5) == "--level is 1.5, expected 0 to 1 (fraction of pixels)");
  CHECK(level("gaussian", -0.1) == "--level is -0.1, expected 0 to 10 (standard deviation in grey values)");
  CHECK(level("gaussian", std::nan("")).starts_with("--level is nan"));
  CHECK(level("gaussian", 1.5) == "no error");
}

// 0.0526: what the denoising study measured for sigma 0.3 clipped to [0, 1] on the 10,000 test images.
TEST_CASE("corruption: noise with a standard deviation of 0.3 on Fashion-MNIST's test images") {
  const std::filesystem::path data = test::real_data();
  if (data.empty()) return;
  const Dataset set = load_dataset(data / "fashion-mnist", Split::test);
  std::vector<Index> all(static_cast<std::size_t>(set.size()));
  std::iota(all.begin(), all.end(), Index{0});
  Matrix clean(set.size(), set.shape.size());
  fill_images(set, all, MatrixMap(clean.data(), clean.rows(), clean.cols()));
  const double mse = (corrupted("gaussian", 0.3, clean, 0) - clean).cast<double>().array().square().mean();
  CHECK(mse == doctest::Approx(0.0526).epsilon(0.002));
}

}  // namespace loom
