// The two innermost loops of all convolutions, on channels-last images that are already padded.
#pragma once

#include "core/arithmetic.h"
#include "core/types.h"

namespace loom {

// The addresses that a correlation reads: position (v, u) reads, for each of `tap_rows` rows, `run` contiguous numbers
// (the taps of a row times the channels) at  in + v*position_row + u*position_step + tap*tap_row.
struct ReadPattern {
  Index tap_rows, run;
  Index tap_row;                      // distance between rows of taps
  Index position_row, position_step;  // distance between positions
};

// out[v*out_row + u*out_step + o] = bias[o] + sum over the read numbers r_k of r_k * weight[k * padded + o],
// for v < rows, u < columns, o < outputs.
struct Correlation {
  ReadPattern read;
  const Scalar* in;
  const Scalar*
      weight;  // (tap_rows * run, padded), padded = outputs rounded up to vector_lanes(), zeros beyond outputs
  const Scalar* weight_by_output;  // (outputs, tap_rows * run), the transpose; read only where has_few(outputs)
  const Scalar* bias;              // (padded)
  Index rows, columns, outputs, padded;
  Scalar* out;
  Index out_row, out_step;
};
// The gradient of `correlate` with respect to its weights:
// dweight[k * padded + o] += sum over positions of r_k * dout[v, u, o].
struct CorrelationGradient {
  ReadPattern read;
  const Scalar* in;
  const Scalar* dout;  // `padded` readable numbers per position; those beyond the outputs may have any finite value
  Index rows, columns, padded;
  Index dout_row, dout_step;
  Scalar* dweight;
};

// All of this exists twice, see core/arithmetic.h; the functions below choose.
namespace fast {
Index vector_lanes();
bool has_few(Index outputs);
void correlate(const Correlation&);
void correlate_gradient(const CorrelationGradient&);
}  // namespace fast
namespace portable {
Index vector_lanes();
bool has_few(Index outputs);
void correlate(const Correlation&);
void correlate_gradient(const CorrelationGradient&);
}  // namespace portable

// The number of lanes of a vector register. Rows of packed weights are padded to a multiple of it.
inline Index vector_lanes() { return is_portable() ? portable::vector_lanes() : fast::vector_lanes(); }

// Whether there are so few outputs that vector lanes assigned to outputs would be idle. `correlate` then assigns the
// lanes to terms of the sum instead and reads weight_by_output.
inline bool has_few(Index outputs) { return is_portable() ? portable::has_few(outputs) : fast::has_few(outputs); }

inline void correlate(const Correlation& c) { is_portable() ? portable::correlate(c) : fast::correlate(c); }
inline void correlate_gradient(const CorrelationGradient& g) {
  is_portable() ? portable::correlate_gradient(g) : fast::correlate_gradient(g);
}

}  // namespace loom
