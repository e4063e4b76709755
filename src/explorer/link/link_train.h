// The choice of what to train in a link: "digits,small,2,vae,b4,e3,s1,x8" for data set, size of the network, latent
// dimensions and kind, then, where they differ from the usual ones, beta, epochs, seed and the class that is left out.
#pragma once

#include <string>
#include <string_view>

#include "explorer/state/state.h"

namespace loom {

void write_train(const ExplorerState& state, std::string& out);

// Clamps every number. Leaves the state as it is if a word is unknown.
void read_train(std::string_view text, ExplorerState& state);

}  // namespace loom
