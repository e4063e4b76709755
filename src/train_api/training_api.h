// The C functions of the module `loom-train`: a training run (train/session/session.h) for JavaScript, driven in slices
// by web/training_worker.js. A module has one run; a page that wants two starts two. The caller allocates with malloc
// and passes plain pointers. Functions that return int return 0 on error, those that return a pointer null; then
// training_error() says why. Texts and bytes that are returned are valid until the next call.
#pragma once

#include <cstddef>
#include <cstdint>

extern "C" {

const char* training_error();

// The images to train on, kept for the next training_begin or training_resume: grey pixels, images of height * width
// one after the other; a label for each image, or none (`label_count` 0); and the names of classes as a JSON list of
// strings.
int training_data(const std::uint8_t* pixels, std::size_t pixel_count, int height, int width,
                  const std::uint8_t* labels, std::size_t label_count, const char* class_names);

// Begins a run with settings as a JSON object. It starts from `weights` (a weight file) unless that is null.
int training_begin(const char* settings, const std::uint8_t* weights, std::size_t size);
// Resumes a run that training_state saved.
int training_resume(const std::uint8_t* state, std::size_t size);

// Trains for at most `steps` steps (0: any number) and `milliseconds` (negative: any time), at most to the end of an
// epoch. Returns the sum of 1, of 2 if an epoch ended, and of 4 if the run is finished. An error leaves the run
// unchanged.
int training_run(int steps, double milliseconds);

// Changes beta or learning_rate for the following steps.
int training_change(const char* setting, double value);

// JSON: the description (sizes, settings, data), the progress, and the losses of the run.
const char* training_description();
const char* training_progress();
const char* training_history();
// The last epoch of the history. The cost of reading all grows with each epoch.
const char* training_last_epoch();

// The command line that repeats the run and the model card, for a weight file of this name.
const char* training_command(const char* file_name, int f32);
const char* training_card(const char* file_name, int f32, int encoded);

// Codes (count, latent_dim) of the chosen images now. For a plain autoencoder logvar is not written and may be null.
int training_codes(const std::int32_t* images, int count, float* mu, float* logvar);
// Reconstructions (count, height * width) of the chosen images, in [0, 1].
int training_reconstruct(const std::int32_t* images, int count, float* pictures);

// Files; training_size() is the length of the last one. The weight file holds f32 or f16 weights and, with `encoded`,
// the codes of some images; the replay is for the explorer; the state is for training_resume.
const std::uint8_t* training_model(int f32, int encoded);
const std::uint8_t* training_replay(const char* model_name);
const std::uint8_t* training_state();
std::size_t training_size();
}
