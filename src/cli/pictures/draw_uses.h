// Figures of the results of src/uses.
#pragma once

#include <string_view>
#include <vector>

#include "plot/page.h"
#include "uses/anomalies.h"
#include "uses/compression.h"
#include "uses/denoising.h"
#include "uses/interpolation.h"
#include "uses/latent_place.h"
#include "uses/merging.h"
#include "uses/reconstruction.h"
#include "uses/samples.h"

namespace loom {

Canvas draw_anomalies(const Anomalies&, const PictureStyle&);
// One sentence on why two of the measures disagree.
std::string_view anomaly_lesson();

Canvas draw_compression(const Compression&, const PictureStyle&);
Canvas draw_denoising(const Denoising&, const Dataset&, const PictureStyle&);
Canvas draw_interpolation(const std::vector<InterpolatedPath>&, const LatentPlace& from, const LatentPlace& to,
                          const ImageShape&, const PictureStyle&);
Canvas draw_merging(const Merging&, const ImageShape&, const PictureStyle&);
Canvas draw_reconstructions(const Reconstructions&, const Model&, const Dataset&, const PictureStyle&);
// `words` describes the source of z.
Canvas draw_sample_sheet(const Samples&, const SampleRequest&, std::string_view words, const ImageShape&,
                         const PictureStyle&);

}  // namespace loom
