// The text and the controls of the open tool's panel. From them the page builds HTML controls for keyboards and screen
// readers (accessibility_tree.h), and reports presses by id.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace loom {

struct AccessibleNode {
  enum class Kind : std::uint8_t { words, heading, fact, picture, button, choice, slider };
  Kind kind = Kind::words;
  std::string id{};     // of a button, choice or slider
  std::string words{};  // a sentence, or the name of the fact or control
  std::string value{};  // of a fact
  bool on = false;    // of a choice: the chosen one
  float at = 0, low = 0, high = 0;  // of a slider
  bool whole = false;               // of a slider: its values are integers

  bool operator==(const AccessibleNode&) const = default;
};

// A press or a value from one of the page's controls; the next frame handles it.
struct RemotePress {
  std::string id;
  std::optional<float> value;  // for a slider
};

struct AccessibleNodes {
  std::vector<AccessibleNode> list;  // of the last frame, in reading order
  std::optional<RemotePress> press;

  bool pressed(std::string_view id) const { return press && !press->value && press->id == id; }
  std::optional<float> moved(std::string_view id) const {
    return press && press->id == id ? press->value : std::nullopt;
  }
};

}  // namespace loom
