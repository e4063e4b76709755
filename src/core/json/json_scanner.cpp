#include "core/json/json_scanner.h"

#include <charconv>
#include <cmath>

#include "core/bytes.h"
#include "core/decimal.h"
#include "core/error.h"
#include "core/utf8.h"

namespace loom {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

bool JsonScanner::accept(char wanted) {
  if (at_end() || text_[at_] != wanted) return false;
  ++at_;
  return true;
}

void JsonScanner::skip_space() {
  while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') ++at_;
}

void JsonScanner::fail_at(std::size_t offset, std::string_view message) const {
  fail(context_, ": byte ", offset, ": ", message);
}

void JsonScanner::refuse_at(std::size_t offset, std::string_view wanted) const {
  std::string found = "the end of the text";
  if (offset < text_.size()) {
    const auto c = static_cast<unsigned char>(text_[offset]);
    if (c >= 0x20 && c < 0x7F)
      found = text('\'', text_[offset], '\'');
    else
      append_hex(found = "byte 0x", c);
  }
  fail_at(offset, text("found ", found, ", expected ", wanted));
}

void JsonScanner::word(std::string_view word) {
  for (const char c : word) {
    if (!accept(c)) refuse(word);
  }
}

void JsonScanner::end() {
  skip_space();
  if (!at_end()) refuse("the end of the text");
}

void JsonScanner::digits() {
  if (!is_digit(peek())) refuse("a digit");
  while (is_digit(peek())) ++at_;
}

Json JsonScanner::number() {
  const std::size_t begin = at_;
  if (!accept('-') && !is_digit(peek())) refuse("a value");
  if (!accept('0')) digits();  // a leading 0 stands alone
  bool whole = true;
  if (accept('.')) whole = false, digits();
  const std::string_view mantissa = text_.substr(begin, at_ - begin);
  if (accept('e') || accept('E')) {
    whole = false;
    if (!accept('+')) accept('-');
    digits();
  }
  const std::string token(text_.substr(begin, at_ - begin));
  if (std::int64_t exact = 0; whole && token != "-0") {
    if (std::from_chars(token.data(), token.data() + token.size(), exact).ec == std::errc()) return exact;
  }
  const double value = parse_decimal(token);
  const bool vanished = value == 0.0 && mantissa.find_first_of("123456789") != std::string_view::npos;
  if (!std::isfinite(value) || vanished) {
    fail_at(begin, text("found ", quoted_name(token), ", expected a number in the range of double"));
  }
  return value;
}

std::string JsonScanner::string(std::string_view wanted) {
  if (!accept('"')) refuse(wanted);
  std::string out;
  while (!accept('"')) {
    if (static_cast<unsigned char>(peek()) < 0x20) refuse("a character or the closing '\"'");
    if (accept('\\')) {
      escape(out);
    } else {
      out += text_[at_++];
    }
  }
  return out;
}

void JsonScanner::escape(std::string& out) {
  constexpr std::string_view kLetter = "\"\\/bfnrt", kMeaning = "\"\\/\b\f\n\r\t";
  if (accept('u')) return append_utf8(out, code_point());
  const std::size_t which = at_end() ? std::string_view::npos : kLetter.find(peek());
  if (which == std::string_view::npos) refuse("one of \" \\ / b f n r t u after the backslash");
  out += kMeaning[which];
  ++at_;
}

// Code points beyond U+FFFF are written as two escapes, a high surrogate and a low one (RFC 8259 section 7).
char32_t JsonScanner::code_point() {
  const std::size_t begin = at_;
  const char32_t first = four_hex_digits();
  if (first < 0xD800 || first > 0xDFFF) return first;
  if (first >= 0xDC00) refuse_at(begin, "a high surrogate before a low one");
  const std::size_t second_begin = at_;
  if (!accept('\\') || !accept('u')) refuse_at(second_begin, "the escape of a low surrogate");
  const char32_t second = four_hex_digits();
  if (second < 0xDC00 || second > 0xDFFF) refuse_at(second_begin, "the escape of a low surrogate");
  return 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
}

char32_t JsonScanner::four_hex_digits() {
  char32_t result = 0;
  for (int i = 0; i < 4; ++i, ++at_) {
    const char c = peek();
    const char lower = static_cast<char>(c | 0x20);
    if (!is_digit(c) && !(lower >= 'a' && lower <= 'f')) refuse("a hexadecimal digit");
    result = result * 16 + static_cast<char32_t>(is_digit(c) ? c - '0' : lower - 'a' + 10);
  }
  return result;
}

}  // namespace loom
