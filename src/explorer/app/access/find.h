// Classes, test images and points by what the visitor types: "bag", "image 493", "0.5, -1.2".
#pragma once

#include <string>
#include <string_view>

#include "explorer/app/explorer.h"

namespace loom {

// What a text may mean, the likeliest first, as JSON: [{"id", "title", "what"}]. Without a text, all classes. Only what
// the locks let the visitor go to.
std::string find_results(const Explorer& explorer, std::string_view query);

// Appends the actions that lead to a result: a class is shown alone and the ring goes to its centre, a test image
// becomes the input image and the ring goes to its code. False for an id that none of the results could have.
bool go_to_found(const Explorer& explorer, std::string_view id, Actions& actions);

}  // namespace loom
