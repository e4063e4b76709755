// The test images whose codes lie in a box or in a free shape on the plane.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "explorer/model/images/test_images.h"
#include "explorer/model/loaded_model.h"

namespace loom {

// Test images with mu in the box between two corners, edges included, in their order; only of the classes that are
// shown.
std::vector<std::int64_t> images_in_box(const LoadedModel& model, const ExplorerState& state, Point a, Point b);

// The same for a free shape: its corners in order, of which the last is joined with the first. Where it crosses itself,
// what is enclosed twice is outside.
std::vector<std::int64_t> images_in_shape(const LoadedModel& model, const ExplorerState& state,
                                          std::span<const Point> corners);
bool is_in_shape(std::span<const Point> corners, Point z);

// How many of these images each class has; one number per class name.
std::vector<std::size_t> class_counts(const LoadedModel& model, const std::vector<std::int64_t>& images);

// The mean of the originals that are there, as (1, P); empty if there are none.
Matrix mean_image(const TestImages& originals, const std::vector<std::int64_t>& images);

// A table for spreadsheets, one line per image: image,label,class,mu1..muD[,logvar1..logvarD]. Class names are quoted
// where they hold a comma or a quotation mark (RFC 4180).
std::string codes_csv(const LoadedModel& model, const std::vector<std::int64_t>& images);

}  // namespace loom
