// Parts of the subcommands that can be tested without the program: NPY files, PSNR, choosing images, tables.
#include <doctest/doctest.h>

#include "cli/common.h"
#include "cli/npy.h"
#include "cli/replay.h"
#include "cli/table.h"
#include "core/files/file.h"
#include "message_of.h"
#include "replay_file.h"
#include "temporary_directory.h"
#include "uses/images.h"
#include "uses/picture_error.h"
#include "weights/safetensors.h"

namespace loom {
namespace {

Dataset tiny() {
  Dataset data;
  data.shape = {1, 1, 2};
  data.labels = {1, 0, 1, 1, 2, 0};
  data.class_names = {"Hat", "Sock", "Glove"};
  for (std::uint8_t n = 0; n < 12; ++n) data.pixels.push_back(n);
  return data;
}

}  // namespace

TEST_CASE("replay: labels that are not bytes are refused") {
  const TemporaryDirectory directory;
  const std::string path = directory / "m.replay.safetensors";
  const auto error = [&](DType dtype, float label) {
    const std::vector<std::byte> codes = from_floats(std::vector<float>(8), DType::f32, "mu"),
                                 epochs = from_floats(std::vector<float>{0, 1}, DType::f32, "epoch"),
                                 labels = from_floats(std::vector<float>{0, label}, dtype, "label");
    const std::vector<TensorView> tensors{{"aux.replay.mu", DType::f32, {2, 2, 2}, codes},
                                          {"aux.replay.epoch", DType::f32, {2}, epochs},
                                          {"aux.replay.label", dtype, {2}, labels}};
    write_file_atomic(path, write_safetensors({}, tensors));
    return message_of([&] { read_replay(path); });
  };
  CHECK(error(DType::f32, 1e9f) == path + ": aux.replay.label must be U8");
  CHECK(error(DType::f16, 1) == path + ": aux.replay.label must be U8");
  write_file_atomic(path, replay_file(2, 3, 2));
  CHECK(read_replay(path)->labels == std::vector<std::uint8_t>{0, 1, 2});
}

TEST_CASE("npy: header of version 1.0, padded to 64 bytes, then the numbers") {
  Matrix m(2, 3);
  m << 1, 2, 3, 4, 5, 6;
  const std::vector<std::byte> file = npy_of(m);
  const std::string_view text(reinterpret_cast<const char*>(file.data()), file.size());
  CHECK(text.substr(0, 8) == std::string_view("\x93NUMPY\x01\x00", 8));
  CHECK(text.substr(10).starts_with("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }"));
  const std::size_t head = 10 + std::to_integer<std::size_t>(file[8]) + 256 * std::to_integer<std::size_t>(file[9]);
  CHECK(head % 64 == 0);
  CHECK(text[head - 1] == '\n');
  CHECK(file.size() == head + 6 * 4);
  CHECK(text.substr(head, 4) == std::string_view("\x00\x00\x80\x3f", 4));
  const std::vector<std::uint8_t> labels{7, 8, 9};
  const std::vector<std::byte> bytes = npy_of(labels);
  CHECK(std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()).find("'|u1'") != std::string::npos);
  CHECK(std::to_integer<int>(bytes.back()) == 9);
}

TEST_CASE("psnr: 20 dB for an error of a hundredth, none for equal images") {
  CHECK(*psnr(0.01) == doctest::Approx(20));
  CHECK(*psnr(1) == doctest::Approx(0));
  CHECK(!psnr(0));
}

TEST_CASE("images are chosen one per class, by number, or not at all") {
  const Dataset data = tiny();
  CHECK(some_of_each_class(data, 4) == std::vector<Index>{1, 0, 4, 5});
  CHECK(some_of_each_class(data, 6) == std::vector<Index>{1, 0, 4, 5, 2, 3});
  CHECK(message_of([&] { some_of_each_class(data, 7); }) == "7 images are asked for, the data set has 1 to 6");
  CHECK(parse_indices("5,0", 6, "--index") == std::vector<Index>{5, 0});
  CHECK(message_of([] { parse_indices("6", 6, "--index"); }) ==
        "--index: there is no image 6, the data set has 0 to 5");
  for (const char* bad : {"", "1,", "-1", "a", "1 2", "1.5"})
    CHECK(message_of([&] { parse_indices(bad, 6, "--index"); }).starts_with("--index"));
}

TEST_CASE("classes are found by number or by name, ignoring case") {
  const Dataset data = tiny();
  const Model model;
  CHECK(find_class(model, data, "sock", "--from") == 1);
  CHECK(find_class(model, data, "2", "--from") == 2);
  CHECK(message_of([&] { find_class(model, data, "shoe", "--from"); }) ==
        "--from: there is no class 'shoe'; there are: Hat, Sock, Glove");
}

TEST_CASE("tables: columns line up, also with characters of two bytes") {
  TextTable table({"name", "mse"});
  table.row({"µ", "0.5"});
  table.row({"longer", "12.25"});
  CHECK(table.lines() == std::vector<std::string>{"name      mse", "µ         0.5", "longer  12.25"});
}

}  // namespace loom
