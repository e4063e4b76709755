// Parses the option `loom sample --from`: "prior", "aggregate" or "class:NAME".
#pragma once

#include <string>
#include <string_view>

#include "uses/samples.h"

namespace loom {

// Sets source and label of the request. Throws Error for anything else; for a class that does not exist, listing those
// that do; for encoded images that the weight file does not hold; and for the prior of a plain autoencoder, because it
// was trained without one.
void set_source(SampleRequest&, std::string_view from, const ModelFile&);

// A description for display: "z drawn from the prior N(0, I)".
std::string source_text(const SampleRequest&, const ModelFile&);

}  // namespace loom
