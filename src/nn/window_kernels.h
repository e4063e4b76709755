// The two innermost loops of all convolutions, over channels-last images that are already padded.
#pragma once

#include "core/types.h"

namespace loom {

// Lanes of a vector register on this target, and how many numbers a row of packed weights is padded to.
Index vector_lanes();

// Where the reads of one correlation lie: position (v, u) reads, for each of `tap_rows` rows, `run` contiguous numbers
// (the taps of a row times the channels) at  in + v*position_row + u*position_step + tap*tap_row.
struct ReadPattern {
  Index tap_rows, run;
  Index tap_row;                      // distance between rows of taps
  Index position_row, position_step;  // distance between positions
};

// out[v*out_row + u*out_step + o] = bias[o] + sum over the read numbers r_k of r_k * weight[k * padded + o],
// for v < rows, u < columns, o < outputs. weight: (tap_rows * run, padded), padded = outputs rounded up to
// vector_lanes(), zeros beyond `outputs`; bias (padded).
void correlate(const ReadPattern& read, const Scalar* in, const Scalar* weight, const Scalar* bias, Index rows,
               Index columns, Index outputs, Index padded, Scalar* out, Index out_row, Index out_step);

// The gradient of `correlate` for its weights: dweight[k * padded + o] += sum over positions of r_k * dout[v, u, o].
// dout must have `padded` readable numbers per position; what lies beyond `outputs` may be anything finite.
void correlate_gradient(const ReadPattern& read, const Scalar* in, const Scalar* dout, Index rows, Index columns,
                        Index padded, Index dout_row, Index dout_step, Scalar* dweight);

}  // namespace loom
