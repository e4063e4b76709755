// The bytes of two short trainings, pinned. They depend on the width of vectors and on fused multiply-adds, so there is
// one hash for each instruction set, and on the C library's logarithm and cosine (core/rng.h), which round alike
// wherever this was run so far. Portable arithmetic, the only one of WebAssembly, has one hash for all. A change of one
// bit of arithmetic shows here before it shows in a shipped file.
#include <doctest/doctest.h>

#include <array>
#include <string>
#include <string_view>

#include "core/arithmetic.h"
#include "core/files/sha256.h"
#include "core/find_named.h"
#include "model/checkpoint.h"
#include "train/trainer.h"
#include "train_examples.h"

using namespace loom;
using namespace loom::test;

namespace {

struct Pinned {
  std::string_view name;  // of the instruction set
  std::string_view dense, conv;
};

constexpr std::array<Pinned, 4> kPinned{{
    {"AVX-512", "b6226bbd691f8b8d93893ac68f60a5841085a7f73cac532040c8d0ceeaf4382a",
     "d6dbba2ac430e708b0132b5c8399119dfa898051b8be6f6161fe6630bdf6c360"},
    {"AVX2 and FMA", "6af12029bbf96274e887a01f2397a6a9607ec7695a663646b36036270b461793",
     "4e1b903fb1375f605c5761e25498268c377b95e2902ba0dbdd5c900b9abdbcd5"},
    {"SSE2", "5aa8698df1224998aa157e3ec7a3d980df5288cbd1393593366ad2fadc5cdc8a",
     "6dd1df766af74d1601a8f7281f33b4db2b81b8ea5e1be62597c991fbc03b5ef0"},
    {"portable", "bb6dd8e8ac0ebaae989b2d6d2cb30d17ddf138945f721e6434bb905504a0e29a",
     "360d5c5fafd8d98ad7cf9a78e68660b0b82da659850ba6dc2ee0109d84a4d22a"},
}};

// What this program was compiled for, as nn/kernels/vector.h and Eigen see it.
constexpr std::string_view kInstructionSet =
#if defined(__wasm_simd128__)
    "portable";
#elif defined(__AVX512F__) && defined(__FMA__)
    "AVX-512";
#elif defined(__AVX2__) && defined(__FMA__)
    "AVX2 and FMA";
#elif defined(__x86_64__) && !defined(__SSE4_1__)
    "SSE2";
#else
    "another one";
#endif

std::string trained(std::string_view architecture) {
  const Dataset data = blobs(190);
  const TrainConfig config = small_config();
  ThreadPool pool(2);
  Trainer trainer(data, config, make_train_state(small_model(data, architecture), config), pool);
  for (int step = 0; step < 12; ++step) trainer.step();
  return sha256_hex(save_model({trainer.shipped_model(), {}}, Precision::f32));
}

// Portable arithmetic for as long as this lives.
struct Portable {
  Portable() { set_portable_arithmetic(true); }
  ~Portable() { set_portable_arithmetic(false); }
};

}  // namespace

TEST_CASE("train: portable arithmetic gives the same weights for every target of the compiler") {
  const Portable portable;
  CHECK(is_portable());
  const Pinned* pinned = find_row(kPinned, "portable");
  CHECK(trained("dense") == pinned->dense);
  CHECK(trained("conv") == pinned->conv);
}

TEST_CASE("train: the weights of a short training run have the pinned hash") {
  const std::string dense = trained("dense"), conv = trained("conv");
  const Pinned* pinned = find_row(kPinned, kInstructionSet);
  if (!pinned) {
    MESSAGE("skipped: nothing is pinned for the instruction set \"", kInstructionSet, "\"; it gives {\"", dense,
            "\", \"", conv, "\"}");
    return;
  }
  CHECK(dense == pinned->dense);
  CHECK(conv == pinned->conv);
}
