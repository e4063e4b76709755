// The results of src/uses as JSON.
#pragma once

#include <string_view>
#include <vector>

#include "core/json/json.h"
#include "uses/anomalies.h"
#include "uses/compression.h"
#include "uses/denoising.h"
#include "uses/interpolation.h"
#include "uses/latent_place.h"
#include "uses/merging.h"
#include "uses/reconstruction.h"
#include "uses/samples.h"

namespace loom {

Json anomalies_json(const Anomalies&);
Json compression_json(const Compression&, const Dataset& test, const Dataset& training);
Json denoising_json(const Denoising&, const Dataset&);
Json interpolation_json(const std::vector<InterpolatedPath>&, const LatentPlace& from, const LatentPlace& to);
Json merging_json(const Merging&);
Json reconstructions_json(const Reconstructions&, const Model&, const Dataset&);
Json samples_json(const Samples&, const SampleRequest&, std::string_view from);  // --from, as it was given

}  // namespace loom
