// The usual fields of a link, for the table in link_rows.cpp: values that are on or off, integers and enumerations.
// Each writes nothing for the default of ExplorerState.
#pragma once

#include <iterator>

#include "core/parse.h"
#include "core/text.h"
#include "explorer/link/link_rows.h"

namespace loom {

template <auto... Members>
void keep_members(const ExplorerState& before, ExplorerState& after) {
  ((after.*Members = before.*Members), ...);
}

// "0" or "1".
template <bool ExplorerState::* Flag>
inline constexpr LinkField on_or_off{
    .write =
        [](const ExplorerState& state, std::string& out) {
          if (state.*Flag != ExplorerState{}.*Flag) out += state.*Flag ? '1' : '0';
        },
    .read =
        [](std::string_view text, ExplorerState& state) {
          if (text == "0" || text == "1") state.*Flag = text == "1";
        },
    .keep = keep_members<Flag>,
    .flag = Flag,
};

// An integer of the range.
template <auto Member, auto Low, auto High>
inline constexpr LinkField integer_in{
    .write =
        [](const ExplorerState& state, std::string& out) {
          const auto value = state.*Member;
          if (value != ExplorerState{}.*Member && value >= Low && value <= High) append_text(out, value);
        },
    .read =
        [](std::string_view text, ExplorerState& state) {
          using Integer = std::remove_reference_t<decltype(state.*Member)>;
          if (const auto value = parse_integer<Integer>(text); value && *value >= Low && *value <= High)
            state.*Member = *value;
        },
    .keep = keep_members<Member>,
};

// A member of an enumeration, by its name; Names are in the order of the enumeration.
template <auto Member, const auto& Names>
inline constexpr LinkField one_of{
    .write =
        [](const ExplorerState& state, std::string& out) {
          if (state.*Member != ExplorerState{}.*Member) out += Names[static_cast<std::size_t>(state.*Member)];
        },
    .read =
        [](std::string_view text, ExplorerState& state) {
          using Enumeration = std::remove_reference_t<decltype(state.*Member)>;
          for (std::size_t i = 0; i < std::size(Names); ++i)
            if (Names[i] == text) state.*Member = static_cast<Enumeration>(i);
        },
    .keep = keep_members<Member>,
};

}  // namespace loom
