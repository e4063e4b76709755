#include "raster/blend.h"

#include <algorithm>

#include "raster/channels.h"

namespace loom {
namespace {

constexpr Color kOpaque = 0xff000000u;

Channels over(const Channels& source, const Channels& target, const Channels& alpha) {
  return divided_by_255(source * alpha + target * (255 - alpha));
}

// Replaces the pixels, two at a time, by step(pixels, others).
template <class Step>
void change(Color* pixels, int count, const Color* others, Step&& step) {
  in_pairs(
      count, [&](int i) { store_pair(pixels + i, step(load_pair(pixels + i), load_pair(others + i))); },
      [&](int i) {
        const Color other[2]{others[i], 0};
        Color pair[2]{pixels[i], 0};
        store_pair(pair, step(load_pair(pair), load_pair(other)));
        pixels[i] = pair[0];
      });
}

template <class Step>
void change(Color* pixels, int count, Step&& step) {
  in_pairs(
      count, [&](int i) { store_pair(pixels + i, step(load_pair(pixels + i))); },
      [&](int i) {
        Color pair[2]{pixels[i], 0};
        store_pair(pair, step(load_pair(pair)));
        pixels[i] = pair[0];
      });
}

}  // namespace

void blend_color(Color* target, int count, Color color) {
  if (color >> 24 == 0xff) {
    std::fill_n(target, count, color);
    return;
  }
  if (color >> 24 == 0) return;
  const Channels alpha = alphas(both(color)), part = both(color | kOpaque) * alpha, rest = 255 - alpha;
  change(target, count, [&](const Channels& under) { return divided_by_255(part + under * rest); });
}

void blend_colors(Color* target, int count, const Color* colors) {
  const Channels opaque = both(kOpaque);
  change(target, count, colors,
         [&](const Channels& under, const Channels& color) { return over(color | opaque, under, alphas(color)); });
}

void blend_covered(Color* target, int count, Color color, const std::uint8_t* coverage) {
  const Channels source = both(color | kOpaque), alpha = alphas(both(color));
  const auto blend = [&](const Channels& under, std::uint16_t a, std::uint16_t b) {
    const Channels covered{a, a, a, a, b, b, b, b};
    return over(source, under, divided_by_255(alpha * covered));
  };
  in_pairs(
      count, [&](int i) { store_pair(target + i, blend(load_pair(target + i), coverage[i], coverage[i + 1])); },
      [&](int i) {
        Color pair[2]{target[i], 0};
        store_pair(pair, blend(load_pair(pair), coverage[i], 0));
        target[i] = pair[0];
      });
}

void multiply_color(Color* pixels, int count, Color tint) {
  if (tint == 0xffffffffu) return;
  const Channels factor = both(tint);
  change(pixels, count, [&](const Channels& pair) { return divided_by_255(pair * factor); });
}

void multiply_colors(Color* pixels, int count, const Color* tints) {
  change(pixels, count, tints, [](const Channels& pair, const Channels& tint) { return divided_by_255(pair * tint); });
}

}  // namespace loom
