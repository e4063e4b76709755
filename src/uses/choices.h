// Options that a user can choose, as small types without the code that implements them.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace loom {

// The distribution from which the codes of new images are drawn: the prior N(0, I), the posteriors of all encoded test
// images (the aggregate posterior q(z)), or the posteriors of one class.
enum class SampleSource : std::uint8_t { prior, aggregate, one_class };

// The kinds of path between two points of a latent space.
enum class PathKind : std::uint8_t { straight, spherical, geodesic };
inline constexpr std::array<std::string_view, 3> kPathNames{"straight", "spherical", "geodesic"};
inline std::string_view path_name(PathKind kind) { return kPathNames[static_cast<std::size_t>(kind)]; }

}  // namespace loom
