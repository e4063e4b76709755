// The fields of a link that need no table of overlays, tools or tour steps: point, view, plane, theme, hidden and
// locked parts. The module of the first view (first_view.h) uses some of them.
#pragma once

#include "explorer/link/link_rows.h"

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
void write_theme(const ExplorerState& state, std::string& out);
void read_theme(std::string_view text, ExplorerState& state);
void write_hidden(const ExplorerState& state, std::string& out);
void read_hidden(std::string_view text, ExplorerState& state);
void write_locked(const ExplorerState& state, std::string& out);
void read_locked(std::string_view text, ExplorerState& state);

inline constexpr LinkRow kModelRow{"m", write_model, read_model};  // id in the catalogue
inline constexpr LinkRow kZRow{"z", write_z, read_z};  // the ring
inline constexpr LinkRow kViewRow{"v", write_view, read_view};  // centre and half extent
inline constexpr LinkRow kPlaneRow{"plane", write_plane, read_plane};  // the two directions of the plane
inline constexpr LinkRow kOthersRow{"w", write_others, read_others};  // coordinates along the other directions
inline constexpr LinkRow kThemeRow{"theme", write_theme, read_theme};
inline constexpr LinkRow kHiddenRow{"hide", write_hidden, read_hidden};  // names of parts.cpp
inline constexpr LinkRow kLockedRow{"lock", write_locked, read_locked};

// Reads a link with only these rows; read_link (link.h) uses all of them.
ExplorerState read_fields(std::string_view link, std::span<const LinkRow> rows);

}  // namespace loom
