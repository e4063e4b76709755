#include "core/decimal.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace loom {
namespace {

constexpr std::uint32_t kBase = 1000000000;
constexpr int kLimbDigits = 9;
constexpr int kMostShift = 29;  // 2^29 < kBase, so a shift adds at most one leading limb
constexpr std::size_t kMostDigits = 800;  // a tie between two doubles has at most 768; the rest only say "not zero"

// A number in base 10^9: limbs, most significant first, without leading or trailing zeros. The first `point` limbs are
// the integer part.
class Limbs {
 public:
  explicit Limbs(std::uint64_t whole) : limbs_{static_cast<std::uint32_t>(whole / kBase / kBase)}, point_(3) {
    limbs_.push_back(static_cast<std::uint32_t>(whole / kBase % kBase));
    limbs_.push_back(static_cast<std::uint32_t>(whole % kBase));
    trim();
  }
  explicit Limbs(const DecimalDigits& number) {
    point_ = (number.exponent + 360 * kLimbDigits + kLimbDigits - 1) / kLimbDigits - 360;  // rounded up
    std::string digits(static_cast<std::size_t>(point_ * kLimbDigits - number.exponent), '0');
    digits += number.digits;
    digits.resize((digits.size() + kLimbDigits - 1) / kLimbDigits * kLimbDigits, '0');
    for (std::size_t i = 0; i < digits.size(); ++i) {
      if (i % kLimbDigits == 0) limbs_.push_back(0);
      limbs_.back() = limbs_.back() * 10 + static_cast<std::uint32_t>(digits[i] - '0');
    }
    trim();
  }

  bool zero() const { return limbs_.empty(); }
  int point() const { return point_; }
  bool has_fraction() const { return static_cast<int>(limbs_.size()) > point_; }

  // The integer part, which must have at most two limbs.
  std::uint64_t whole() const {
    std::uint64_t result = 0;
    for (int i = 0; i < point_; ++i)
      result = result * kBase + (static_cast<std::size_t>(i) < limbs_.size() ? limbs_[static_cast<std::size_t>(i)] : 0);
    return result;
  }

  // Multiplies by 2^by, in steps of at most kMostShift.
  void shift(int by) {
    for (; by > 0; by -= std::min(by, kMostShift)) multiply(std::min(by, kMostShift));
    for (; by < 0; by += std::min(-by, kMostShift)) divide(std::min(-by, kMostShift));
  }

  DecimalDigits digits() const {
    DecimalDigits out;
    for (const std::uint32_t limb : limbs_)
      for (std::uint32_t unit = kBase / 10; unit > 0; unit /= 10)
        out.digits += static_cast<char>('0' + limb / unit % 10);
    const std::size_t zeros = std::min(out.digits.find_first_not_of('0'), out.digits.size());
    out.digits.erase(0, zeros);
    out.digits.erase(out.digits.find_last_not_of('0') + 1);
    out.exponent = point_ * kLimbDigits - static_cast<int>(zeros);
    return out;
  }

 private:
  void multiply(int bits) {
    std::uint64_t carry = 0;
    for (std::size_t i = limbs_.size(); i-- > 0;) {
      carry += std::uint64_t{limbs_[i]} << bits;
      limbs_[i] = static_cast<std::uint32_t>(carry % kBase);
      carry /= kBase;
    }
    limbs_.insert(limbs_.begin(), static_cast<std::uint32_t>(carry));
    ++point_;
    trim();
  }

  void divide(int bits) {
    const std::uint64_t mask = (std::uint64_t{1} << bits) - 1;
    std::uint64_t rest = 0;
    for (std::uint32_t& limb : limbs_) {
      rest = rest * kBase + limb;
      limb = static_cast<std::uint32_t>(rest >> bits);
      rest &= mask;
    }
    for (; rest > 0; rest &= mask) {
      rest *= kBase;
      limbs_.push_back(static_cast<std::uint32_t>(rest >> bits));
    }
    trim();
  }

  void trim() {
    while (!limbs_.empty() && limbs_.back() == 0) limbs_.pop_back();
    while (!limbs_.empty() && limbs_.front() == 0) {
      limbs_.erase(limbs_.begin());
      --point_;
    }
  }

  std::vector<std::uint32_t> limbs_;
  int point_ = 0;
};

}  // namespace

void DecimalDigits::round_to(int count) {
  const auto kept = static_cast<std::size_t>(std::max(count, 0));
  bool up = false;
  if (count >= 0 && kept < digits.size()) {
    const bool odd = kept > 0 && (digits[kept - 1] - '0') % 2 != 0;
    const bool beyond = digits.find_first_not_of('0', kept + 1) != std::string::npos;
    up = digits[kept] > '5' || (digits[kept] == '5' && (beyond || odd));
  }
  if (kept < digits.size()) digits.resize(kept);
  if (!up) return;
  std::size_t at = kept;
  while (at > 0 && digits[at - 1] == '9') digits[--at] = '0';
  if (at > 0) {
    ++digits[at - 1];
  } else {
    digits.insert(0, 1, '1');
    ++exponent;
  }
}

DecimalDigits decimal_digits(double value) {
  int exponent = 0;
  const double fraction = std::frexp(std::fabs(value), &exponent);
  Limbs limbs(static_cast<std::uint64_t>(std::ldexp(fraction, kDoubleFormat.bits)));
  if (limbs.zero()) return {};
  limbs.shift(exponent - kDoubleFormat.bits);
  return limbs.digits();
}

double nearest_number(const DecimalDigits& number, BinaryFormat format) {
  if (number.digits.empty() || number.exponent < -400) return 0;
  if (number.exponent > 400) return std::numeric_limits<double>::infinity();
  // Scale by a power of two until the integer part has 59 bits, which fit into two limbs and exceed every format.
  Limbs limbs(number);
  if (limbs.zero()) return 0;
  int exponent = 0;
  const auto scale = [&](int by) {
    limbs.shift(by);
    exponent -= by;
  };
  while (limbs.point() > 2) scale(-kMostShift);
  while (limbs.point() < 2) scale(kMostShift);
  constexpr int kWholeBits = 59;
  scale(kWholeBits - static_cast<int>(std::bit_width(limbs.whole())));
  const int dropped = std::max(kWholeBits - format.bits, format.least_exponent - exponent);
  if (dropped > kWholeBits + 1) return 0;  // less than half of the smallest step
  const std::uint64_t whole = limbs.whole(), half = std::uint64_t{1} << (dropped - 1);
  const std::uint64_t rest = whole & (2 * half - 1);
  std::uint64_t kept = whole >> dropped;
  if (rest > half || (rest == half && (limbs.has_fraction() || kept % 2 != 0))) ++kept;
  return std::ldexp(static_cast<double>(kept), exponent + dropped);
}

double parse_decimal(std::string_view number) {
  const bool negative = number.starts_with('-');
  DecimalDigits found;
  bool fraction = false;
  std::size_t at = negative ? 1 : 0;
  for (; at < number.size() && (number[at] | 0x20) != 'e'; ++at) {
    if (number[at] == '.') {
      fraction = true;
      continue;
    }
    const bool leading = found.digits.empty() && number[at] == '0';
    if (found.digits.size() < kMostDigits) {
      if (!leading) found.digits += number[at];
    } else if (number[at] != '0') {
      found.digits.back() = '1';
    }
    if (fraction ? leading : !leading) found.exponent += fraction ? -1 : 1;
  }
  if (at < number.size()) {
    ++at;
    const bool down = at < number.size() && number[at] == '-';
    if (at < number.size() && (number[at] == '-' || number[at] == '+')) ++at;
    std::int64_t power = 0;
    for (; at < number.size(); ++at) power = std::min<std::int64_t>(power * 10 + (number[at] - '0'), 1 << 30);
    const std::int64_t sum = found.exponent + (down ? -power : power);
    found.exponent = static_cast<int>(std::clamp<std::int64_t>(sum, -100000, 100000));
  }
  const double value = nearest_number(found, kDoubleFormat);
  return negative ? -value : value;
}

}  // namespace loom
