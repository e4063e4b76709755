// Compiled with floating-point contraction allowed: these loops may use fused multiply-adds where the processor has
// them, as Eigen's products do. The order of every sum is fixed (taps, then channels), so the vector width does not
// change results.
#include "nn/kernels/window_kernels.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "nn/kernels/vector.h"

namespace loom::LOOM_KERNELS {
namespace {

// Sums that stay in registers: kMaxRows positions times up to two vectors of outputs, leaving registers for the
// weights.
constexpr int kMaxRows = kRegisters == 32 ? 8 : 4;

// Outputs of vectors o .. o+Vectors-1 for Rows neighbouring positions.
template <int Rows, int Vectors>
void correlate_block(const ReadPattern& read, const Scalar* in, const Scalar* weight, const Scalar* bias, Index padded,
                     Vector (&sum)[Rows][Vectors]) {
  for (int r = 0; r < Rows; ++r)
    for (int v = 0; v < Vectors; ++v) sum[r][v] = load(bias + v * kLanes);
  for (Index tap = 0; tap < read.tap_rows; ++tap) {
    const Scalar* numbers = in + tap * read.tap_row;
    for (Index k = 0; k < read.run; ++k, weight += padded) {
      Vector w[Vectors];
      for (int v = 0; v < Vectors; ++v) w[v] = load(weight + v * kLanes);
      for (int r = 0; r < Rows; ++r) {
        const Scalar number = numbers[r * read.position_step + k];
        for (int v = 0; v < Vectors; ++v) sum[r][v] += number * w[v];
      }
    }
  }
}

struct Output {
  Scalar* data;
  Index step;     // between positions
  Index outputs;  // how many numbers to write
};

template <int Rows, int Vectors>
void correlate_positions(const ReadPattern& read, const Scalar* in, const Scalar* weight, const Scalar* bias,
                         Index padded, const Output& out) {
  Vector sum[Rows][Vectors];
  correlate_block<Rows, Vectors>(read, in, weight, bias, padded, sum);
  for (int r = 0; r < Rows; ++r)
    for (int v = 0; v < Vectors; ++v) {
      Scalar* to = out.data + r * out.step + v * kLanes;
      const Index left = out.outputs - v * kLanes;
      if (left >= kLanes)
        store(to, sum[r][v]);
      else
        std::memcpy(to, &sum[r][v], static_cast<std::size_t>(left) * sizeof(Scalar));
    }
}

using CorrelateFunction = void (*)(const ReadPattern&, const Scalar*, const Scalar*, const Scalar*, Index,
                                   const Output&);

template <int Vectors, std::size_t... R>
constexpr std::array<CorrelateFunction, sizeof...(R)> correlate_table(std::index_sequence<R...>) {
  return {&correlate_positions<static_cast<int>(R) + 1, Vectors>...};
}
constexpr auto kRowChoices = std::make_index_sequence<static_cast<std::size_t>(kMaxRows)>();
constexpr auto kCorrelate1 = correlate_table<1>(kRowChoices);
constexpr auto kCorrelate2 = correlate_table<2>(kRowChoices);

// One output at Rows neighbouring positions: `spread` gets sums that are still divided among the lanes; products that
// do not fill a vector are added to `rest`.
template <int Rows>
void few_outputs(const ReadPattern& read, const Scalar* in, const Scalar* weight, Vector* spread, Scalar* rest) {
  Vector sum[Rows];
  for (Vector& vector : sum) vector = Vector{};
  for (Index tap = 0; tap < read.tap_rows; ++tap, weight += read.run) {
    const Scalar* numbers = in + tap * read.tap_row;
    Index k = 0;
    for (; k + kLanes <= read.run; k += kLanes) {
      const Vector w = load(weight + k);
      for (int r = 0; r < Rows; ++r) sum[r] += load(numbers + r * read.position_step + k) * w;
    }
    for (int r = 0; r < Rows; ++r)
      for (Index i = k; i < read.run; ++i) rest[r] += numbers[r * read.position_step + i] * weight[i];
  }
  for (int r = 0; r < Rows; ++r) spread[r] = sum[r];
}

using FewFunction = void (*)(const ReadPattern&, const Scalar*, const Scalar*, Vector*, Scalar*);
template <std::size_t... R>
constexpr std::array<FewFunction, sizeof...(R)> few_table(std::index_sequence<R...>) {
  return {&few_outputs<static_cast<int>(R) + 1>...};
}
constexpr auto kFew = few_table(kRowChoices);

// With few outputs (an image has one channel) most lanes would be idle, so each sum is divided among the lanes instead,
// and transposing kLanes such sums adds up the lanes of kLanes positions at once.
void correlate_few(const Correlation& c) {
  const Index taps = c.read.tap_rows * c.read.run;
  const auto positions = [&](Index v, Index u, Index count, Index o) {
    Vector square[kLanes] = {};
    Scalar sums[kLanes];
    std::fill(sums, sums + kLanes, c.bias[o]);
    in_pieces(count, kMaxRows, [&](Index first, Index size) {
      kFew[static_cast<std::size_t>(size - 1)](c.read,
                                               c.in + v * c.read.position_row + (u + first) * c.read.position_step,
                                               c.weight_by_output + o * taps, square + first, sums + first);
    });
    transpose_square(square);
    Vector sum = load(sums);
    for (const Vector& lane : square) sum += lane;
    store(sums, sum);
    for (Index i = 0; i < count; ++i) c.out[v * c.out_row + (u + i) * c.out_step + o] = sums[i];
  };
  for (Index v = 0; v < c.rows; ++v)
    in_pieces(c.columns, kLanes, [&](Index u, Index count) {
      for (Index o = 0; o < c.outputs; ++o) positions(v, u, count, o);
    });
}

// Gradients of the weights for Rows neighbouring k and Vectors vectors of outputs, summed over all positions.
template <int Rows, int Vectors>
void gradient_block(const CorrelationGradient& g, const Scalar* in, const Scalar* dout, Scalar* dweight) {
  Vector sum[Rows][Vectors];  // "= {}" would be a memset in memory, not registers
  for (int r = 0; r < Rows; ++r)
    for (int v = 0; v < Vectors; ++v) sum[r][v] = Vector{};
  for (Index y = 0; y < g.rows; ++y)
    for (Index x = 0; x < g.columns; ++x) {
      const Scalar* numbers = in + y * g.read.position_row + x * g.read.position_step;
      const Scalar* d = dout + y * g.dout_row + x * g.dout_step;
      Vector dv[Vectors];
      for (int v = 0; v < Vectors; ++v) dv[v] = load(d + v * kLanes);
      for (int r = 0; r < Rows; ++r)
        for (int v = 0; v < Vectors; ++v) sum[r][v] += numbers[r] * dv[v];
    }
  for (int r = 0; r < Rows; ++r)
    for (int v = 0; v < Vectors; ++v) {
      Scalar* to = dweight + r * g.padded + v * kLanes;
      store(to, load(to) + sum[r][v]);
    }
}

using GradientFunction = void (*)(const CorrelationGradient&, const Scalar*, const Scalar*, Scalar*);
template <int Vectors, std::size_t... R>
constexpr std::array<GradientFunction, sizeof...(R)> gradient_table(std::index_sequence<R...>) {
  return {&gradient_block<static_cast<int>(R) + 1, Vectors>...};
}
constexpr auto kGradient1 = gradient_table<1>(kRowChoices);
constexpr auto kGradient2 = gradient_table<2>(kRowChoices);

// Calls part(first, pair) for the vectors of a padded row, in pairs.
template <class Part>
void in_vector_pairs(Index padded, Part&& part) {
  for (Index o = 0; o < padded; o += 2 * kLanes) part(o, o + kLanes < padded);
}

}  // namespace

Index vector_lanes() { return kLanes; }

bool has_few(Index outputs) { return outputs * 4 <= kLanes || outputs == 1; }

void correlate(const Correlation& c) {
  if (has_few(c.outputs)) return correlate_few(c);
  in_vector_pairs(c.padded, [&](Index o, bool pair) {
    const auto& functions = pair ? kCorrelate2 : kCorrelate1;
    for (Index v = 0; v < c.rows; ++v)
      in_pieces(c.columns, kMaxRows, [&](Index u, Index size) {
        functions[static_cast<std::size_t>(size - 1)](
            c.read, c.in + v * c.read.position_row + u * c.read.position_step, c.weight + o, c.bias + o, c.padded,
            {c.out + v * c.out_row + u * c.out_step + o, c.out_step, c.outputs - o});
      });
  });
}

void correlate_gradient(const CorrelationGradient& g) {
  in_vector_pairs(g.padded, [&](Index o, bool pair) {
    const auto& functions = pair ? kGradient2 : kGradient1;
    for (Index tap = 0; tap < g.read.tap_rows; ++tap)
      in_pieces(g.read.run, kMaxRows, [&](Index k, Index size) {
        functions[static_cast<std::size_t>(size - 1)](g, g.in + tap * g.read.tap_row + k, g.dout + o,
                                                      g.dweight + (tap * g.read.run + k) * g.padded + o);
      });
  });
}

}  // namespace loom::LOOM_KERNELS
