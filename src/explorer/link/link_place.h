// The fields of a link that need no table of overlays, tools or tour steps: point, view, plane, theme, size and
// hidden parts. The module of the first view (first_view.h) uses some of them.
#pragma once

#include <array>

#include "explorer/link/link_fields.h"

namespace loom {

// The functions of the rows below; see LinkRow.
void write_model(const ExplorerState& state, std::string& out);
void read_model(std::string_view text, ExplorerState& state);
void write_z(const ExplorerState& state, std::string& out);
void read_z(std::string_view text, ExplorerState& state);
void write_view(const ExplorerState& state, std::string& out);
void read_view(std::string_view text, ExplorerState& state);
void write_plane(const ExplorerState& state, std::string& out);
void read_plane(std::string_view text, ExplorerState& state);
void write_others(const ExplorerState& state, std::string& out);
void read_others(std::string_view text, ExplorerState& state);
void write_hidden(const ExplorerState& state, std::string& out);
void read_hidden(std::string_view text, ExplorerState& state);

// The id in the catalogue.
inline constexpr LinkRow kModelRow{
    "m", "fashion-conv-vae-2d", bit(Lock::model), {write_model, read_model, keep_members<&ExplorerState::model>}};
// The ring.
inline constexpr LinkRow kZRow{
    "z", "0.5,-1.25", bit(Lock::z), {write_z, read_z, keep_members<&ExplorerState::z, &ExplorerState::placed>}};
// Centre and half extent.
inline constexpr LinkRow kViewRow{
    "v", "-0.125,2,0.75", bit(Lock::view), {write_view, read_view, keep_members<&ExplorerState::view>}};
// The two directions of the plane.
inline constexpr LinkRow kPlaneRow{
    "plane", "pc2,5", bit(Lock::plane), {write_plane, read_plane, keep_members<&ExplorerState::plane>}};
// Coordinates along the other directions.
inline constexpr LinkRow kOthersRow{
    "w", "0.5,0,0,-1.25", bit(Lock::plane), {write_others, read_others, keep_members<&ExplorerState::plane>}};
inline constexpr std::array<std::string_view, 3> kThemeNames{"automatic", "light", "dark"};
inline constexpr LinkRow kThemeRow{"theme", "dark", bit(Lock::theme), one_of<&ExplorerState::theme, kThemeNames>};
inline constexpr std::array<std::string_view, 4> kDisplayNames{"usual", "large", "larger", "largest"};
inline constexpr LinkRow kDisplayRow{"size", "large", kNoLock, one_of<&ExplorerState::display, kDisplayNames>};
// Names of parts.cpp.
inline constexpr LinkRow kHiddenRow{
    "hide", "choosers,legend", kNoLock, {write_hidden, read_hidden, keep_members<&ExplorerState::hidden>}};

// Reads a link with only these rows; read_link (link.h) uses all of them.
ExplorerState read_fields(std::string_view link, std::span<const LinkRow> rows);

}  // namespace loom
