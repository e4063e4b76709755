// Coordinates in links: written as short as possible, read from untrusted text.
#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace loom {

// Five decimals at most, without trailing zeros.
void append_number(std::string& out, float value);
// The same for several numbers, separated by commas.
void append_numbers(std::string& out, std::initializer_list<float> values);

// Reads "1,2.5" and clamps the numbers. Returns false unless there are values.size() numbers, all well-formed.
bool read_numbers(std::string_view text, std::span<float> values);

// Whether the text can be the id of a model.
bool is_model_id(std::string_view text);

}  // namespace loom
