// The choice of what to train in a link: data set, size of the network, latent dimensions and kind; then, where they
// differ from the usual ones, in any order:
//   digits,conv-small,2,vae,b4,e3,s1,x8,k7,r0.001,m128,n5000,sgd,relu,gaussian:0.3
// beta, epochs, seed, the class that is left out, the only class, learning rate, images per step, number of images,
// optimizer, activation, and noise with its level.
#pragma once

#include <string>
#include <string_view>

#include "explorer/state/state.h"

namespace loom {

void write_train(const ExplorerState& state, std::string& out);

// Clamps every number. Leaves the state as it is if a word is unknown.
void read_train(std::string_view text, ExplorerState& state);

}  // namespace loom
