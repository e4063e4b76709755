// Reads the tokens of JSON text, for json_parse.cpp only. Errors name the byte offset.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/json/json.h"

namespace loom {

class JsonScanner {
 public:
  JsonScanner(std::string_view text, std::string_view context) : text_(text), context_(context) {}

  std::size_t offset() const { return at_; }
  bool at_end() const { return at_ == text_.size(); }

  // The next character, without consuming it. 0 at the end of the text: no grammar rule accepts that character, and
  // strings must not contain it.
  char peek() const { return at_end() ? '\0' : text_[at_]; }

  // Consumes the next character and returns true if it is the wanted one.
  bool accept(char wanted);
  void skip_space();

  // Consume the token that begins here. Throw Error if it is not of the kind named: a number, a string, the given word,
  // or the end of the text.
  Json number();
  std::string string(std::string_view wanted);  // `wanted`: what the error message calls it, "a key in quotes"
  void word(std::string_view word);
  void end();

  // Throws "<context>: byte <offset>: found <what is there>, expected <wanted>".
  [[noreturn]] void refuse_at(std::size_t offset, std::string_view wanted) const;
  [[noreturn]] void refuse(std::string_view wanted) const { refuse_at(at_, wanted); }
  // Throws "<context>: byte <offset>: <message>".
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
