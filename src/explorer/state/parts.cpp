#include "explorer/state/parts.h"

#include <algorithm>
#include <array>

#include "core/text.h"
#include "explorer/state/state.h"

namespace loom {
namespace {

// These parts are on the plane and are hidden with it.
constexpr NameSet kOnPlane =
    bit(Part::plane) | bit(Part::axes) | bit(Part::prior) | bit(Part::ring) | bit(Part::places) | bit(Part::notes);

constexpr std::array kParts{
    // Groups
    PartRow{"header", bit(Part::picker) | bit(Part::share) | bit(Part::theme) | bit(Part::help) | bit(Part::controls),
            "the row of buttons"},
    PartRow{"choosers", bit(Part::overlays) | bit(Part::tools), "the two buttons on the plane"},
    PartRow{"plane", kOnPlane, "the latent plane and all that is drawn on it"},
    // In the header
    PartRow{"picker", bit(Part::picker), "the model's name and the list of models"},
    PartRow{"share", bit(Part::share), "the button that opens the share dialog"},
    PartRow{"theme", bit(Part::theme), "light or dark"},
    PartRow{"help", bit(Part::help), "the question mark"},
    PartRow{"controls", bit(Part::controls), "the button of the page's own controls; keyboards still reach it"},
    // On the plane
    PartRow{"overlays", bit(Part::overlays), "the button that adds an overlay"},
    PartRow{"tools", bit(Part::tools), "the button that opens a tool"},
    PartRow{"overlay_legend", bit(Part::overlay_legend), "how to read the overlay"},
    PartRow{"plane_buttons", bit(Part::plane_buttons), "zoom in, zoom out, reset the view, undo, redo"},
    PartRow{"hover_card", bit(Part::hover_card), "the card beside a mark under the pointer"},
    PartRow{"axes", bit(Part::axes), "grid and numbers"},
    PartRow{"prior", bit(Part::prior), "the prior's dashed circles"},
    PartRow{"ring", bit(Part::ring), "the ring at z"},
    PartRow{"places", bit(Part::places), "the flags at the places that the visitor keeps"},
    PartRow{"notes", bit(Part::notes), "notes on what is special about the plane"},
    // Beside it
    PartRow{"decoded", bit(Part::decoded), "the decoded image"},
    PartRow{"reading", bit(Part::reading), "z and the classes near it"},
    PartRow{"legend", bit(Part::legend), "the classes"},
    PartRow{"tool", bit(Part::tool), "the panel of the tool; what it draws on the plane stays"},
    PartRow{"why", bit(Part::why), "the i of overlays and tools"},
    PartRow{"tour", bit(Part::tour), "the card of the tour, and the way to it"},
};

constexpr std::array kLocks{
    LockRow{"model", bit(Lock::model), "which model; also weight files that the visitor opens"},
    LockRow{"z", bit(Lock::z), "the ring"},
    LockRow{"view", bit(Lock::view), "zoom and the part of the plane that is seen"},
    LockRow{"plane", bit(Lock::plane), "which plane of the latent space"},
    LockRow{"overlay", bit(Lock::overlay), "which overlay"},
    LockRow{"tool", bit(Lock::tool), "which tool"},
    LockRow{"pins", bit(Lock::pins), "A and B"},
    LockRow{"places", bit(Lock::places), "the places that the visitor keeps"},
    LockRow{"path", bit(Lock::path), "the kind of path between them"},
    LockRow{"image", bit(Lock::image), "the input image of the tools; also images that the visitor draws or opens"},
    LockRow{"noise", bit(Lock::noise), "kind and level of the noise"},
    LockRow{"samples", bit(Lock::samples), "where samples are drawn from, and which"},
    LockRow{"pair", bit(Lock::pair), "the two classes whose border is walked"},
    LockRow{"other", bit(Lock::other), "the second model of a comparison"},
    LockRow{"frame", bit(Lock::frame), "the frame of the training replay"},
    LockRow{"inside", bit(Lock::inside), "which unit of the network is looked at, and the epsilon that is drawn"},
    LockRow{"train", bit(Lock::train), "what the tool for training trains; it can still be started"},
    LockRow{"tour", bit(Lock::tour), "the step of the tour"},
    LockRow{"classes", bit(Lock::classes), "the classes that are shown"},
    LockRow{"names", bit(Lock::names), "class names on the plane"},
    LockRow{"marks", bit(Lock::marks), "the encoded test set on the plane"},
    LockRow{"theme", bit(Lock::theme), "light or dark"},
    LockRow{"help", bit(Lock::help), "whether the help is open"},
};

NameSet mask_of(const PartRow& row) { return row.parts; }
NameSet mask_of(const LockRow& row) { return row.lock; }

template <class Rows>
NameSet all_of(const Rows& rows) {
  NameSet all = 0;
  for (const auto& row : rows) all |= mask_of(row);
  return all;
}

// The rows whose names describe `set`; a group is used instead of its parts.
template <class Rows>
std::string names_of(const Rows& rows, NameSet set, std::string_view sign) {
  std::string out;
  for (const auto& row : rows) {
    const NameSet mask = mask_of(row);
    if ((set & mask) != mask) continue;
    out += text(out.empty() ? "" : ",", sign, row.key);
    set &= ~mask;
  }
  return out;
}

template <class Rows>
NameSet read_names(const Rows& rows, std::string_view text) {
  NameSet set = 0;
  while (!text.empty()) {
    std::string_view name = text.substr(0, text.find(','));
    text.remove_prefix(std::min(text.size(), name.size() + 1));
    const bool takes_away = name.starts_with('-');
    if (takes_away) name.remove_prefix(1);
    if (name == "garment") name = "decoded";  // its name in the links of version 0.1
    NameSet mask = name == "all" ? all_of(rows) : 0;
    for (const auto& row : rows)
      if (row.key == name) mask = mask_of(row);
    set = takes_away ? set & ~mask : set | mask;
  }
  return set;
}

template <class Rows>
std::string write_names(const Rows& rows, NameSet set) {
  const NameSet all = all_of(rows);
  set &= all;
  const std::string plain = names_of(rows, set, "");
  const std::string rest = names_of(rows, all & ~set, "-");
  const std::string reversed = text("all", rest.empty() ? "" : ",", rest);
  return reversed.size() < plain.size() && read_names(rows, reversed) == set ? reversed : plain;
}

}  // namespace

std::span<const PartRow> part_rows() { return kParts; }
std::span<const LockRow> lock_rows() { return kLocks; }

std::string part_names(NameSet parts) { return write_names(kParts, parts); }
std::string lock_names(NameSet locks) { return write_names(kLocks, locks); }
NameSet read_parts(std::string_view text) {
  const NameSet parts = read_names(kParts, text);
  return (parts & bit(Part::plane)) != 0 ? parts | kOnPlane : parts;
}
NameSet read_locks(std::string_view text) { return read_names(kLocks, text); }

bool is_hidden(const ExplorerState& state, Part part) { return (state.hidden & bit(part)) != 0; }
bool is_locked(const ExplorerState& state, Lock lock) { return (state.locked & bit(lock)) != 0; }

}  // namespace loom
