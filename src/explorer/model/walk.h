// Ways over the plane that the ring can be taken on by Play.
#pragma once

#include <vector>

#include "explorer/model/loaded_model.h"

namespace loom {

struct Walk {
  std::vector<Point> points;  // equally far apart in time; fewer than two: no way
  double seconds = 0;         // from the first point to the last
  bool closed = false;        // it ends where it begins

  bool empty() const { return points.size() < 2; }
  bool operator==(const Walk&) const = default;
};

// How far along a walk is, in [0, 1], and where. A closed one goes round, another one goes back and forth if it
// `returns` and else stays at its end.
double share_at(const Walk& walk, double seconds, bool returns);
Point point_at(const Walk& walk, double seconds, bool returns);

// The classes with encoded images in the order of a short round through their centres.
std::vector<std::size_t> class_round(const LoadedModel& model);

// That round, with a short stop at each centre. `from`: begins and ends at the class nearest to it. Empty with fewer
// than two classes.
Walk class_walk(const LoadedModel& model, Point from);

}  // namespace loom
