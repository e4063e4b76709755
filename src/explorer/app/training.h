// What the page tells about the model that it trains (web/train_here.js).
#pragma once

#include "explorer/app/explorer.h"

namespace loom {

// Takes a status as JSON (session/training_run.h). One that is damaged ends the run with a message.
void receive_training_status(Explorer& explorer, std::string_view json);

// Takes the weight file of the run as it is now. The first one of a run is shown; later ones replace it. An invalid
// file ends the run with a message, and the model that is shown stays.
void receive_trained_model(Explorer& explorer, std::span<const std::byte> bytes);

// Adds a copy of the model that was trained to the list of models, with a number of its own. Returns false if it
// cannot be made; a message says why.
bool keep_trained(Explorer& explorer);

// Takes what the page tells of the images that the visitor opens to train on, as JSON: {"count", "height", "width",
// "class_names", "words", "choose"}. A count of 0: they are still being read, as the words say, or there are none. With
// "choose": true they become the choice, and the tool opens, unless that is locked.
void receive_training_images(Explorer& explorer, std::string_view json);

// An image of any size at the size of the packs, fitted as an input image is (model/images/input_image.h). Throws
// Error.
std::vector<std::uint8_t> fitted_training_image(std::span<const std::uint8_t> grey, Index width, Index height,
                                                std::string_view name);

// The weight file of the model that is shown, for a run that goes on from it: the very bytes of the file that it was
// loaded from, if this program wrote that.
std::vector<std::byte> weights_to_go_on_from(const Explorer& explorer);

// Takes the images that the dots of the run's models stand for, as grey values one image after the other.
void receive_trained_originals(Explorer& explorer, std::span<const std::uint8_t> pixels, Index height, Index width);

// Takes the replay of the run so far (train/replay.h). An invalid one becomes a message.
void receive_training_replay(Explorer& explorer, std::span<const std::byte> bytes);

}  // namespace loom
