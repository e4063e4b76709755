// The tokens of JSON, for json_parse.cpp only: a position in a text, numbers, strings, and errors that name the byte.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/json.h"

namespace loom {

class JsonScanner {
 public:
  JsonScanner(std::string_view text, std::string_view context) : text_(text), context_(context) {}

  std::size_t offset() const { return at_; }
  bool at_end() const { return at_ == text_.size(); }

  // 0 at the end: no rule of the grammar wants that character, and inside strings it is refused anyway.
  char peek() const { return at_end() ? '\0' : text_[at_]; }

  // Steps over the character if it is the wanted one.
  bool accept(char wanted);
  void skip_space();

  // A token that begins here, read to its end. Throw Error if there is none.
  Json number();
  std::string string(std::string_view wanted);  // `wanted`: what the error shall call it, "a key in quotes"
  void word(std::string_view word);
  void end();

  // "<context>: byte <offset>: found <what is there>, expected <wanted>"
  [[noreturn]] void refuse_at(std::size_t offset, std::string_view wanted) const;
  [[noreturn]] void refuse(std::string_view wanted) const { refuse_at(at_, wanted); }
  // "<context>: byte <offset>: <message>"
  [[noreturn]] void fail_at(std::size_t offset, std::string_view message) const;

 private:
  void digits();
  void escape(std::string& out);
  char32_t code_point();
  char32_t four_hex_digits();

  std::string_view text_;
  std::string_view context_;
  std::size_t at_ = 0;
};

}  // namespace loom
