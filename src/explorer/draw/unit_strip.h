// The units of a stage of a network (model/inside.h) in rows: squares and maps coloured by what each unit outputs, from
// orange below 0 to blue above.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "explorer/draw/painter.h"
#include "explorer/draw/textures.h"
#include "explorer/model/inside.h"

namespace loom {

// Where the units stand: squares, row by row.
struct UnitGrid {
  std::size_t columns = 1, shown = 1;
  float width = 0, side = 0, gap = 0;  // points; width: of a cell, side: its height

  std::size_t rows() const { return (shown + columns - 1) / columns; }
  float height() const { return static_cast<float>(rows()) * (side + gap) - gap; }
  Rect cell(const Rect& area, std::size_t i) const;
};

// As many units as fit into a few rows of this width. `narrow`: for fingers.
UnitGrid unit_grid(const InsideStage& stage, float width, bool narrow);

// The units that are shown: all, or the first ones in the order of the stage. `chosen` is always one of them; -1: none.
std::vector<Index> shown_units(const InsideStage& stage, const UnitGrid& grid, Index chosen);

struct UnitHit {
  std::optional<Index> unit;  // under the pointer, or pressed
  bool clicked = false;
};

// Draws the units of a stage into the area, whose height is that of the grid. `id`: of what can be pressed there, also
// from outside: that chooses the first unit. `chosen`: is marked.
UnitHit draw_units(const Painter& painter, const Rect& area, const Inside& inside, std::size_t stage,
                   const UnitGrid& grid, Index chosen, const std::string& id, Textures& textures);

}  // namespace loom
