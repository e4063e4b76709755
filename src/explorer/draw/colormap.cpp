#include "explorer/draw/colormap.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace loom {
namespace {

// Piecewise linear in sRGB between stops at equal distances.
Color between(std::span<const Color> stops, float t) {
  const float at = unit_interval(t) * static_cast<float>(stops.size() - 1);
  const auto low = std::min(static_cast<std::size_t>(at), stops.size() - 2);
  return mixed(stops[low], stops[low + 1], at - static_cast<float>(low));
}

}  // namespace

// Lightness of the stops falls evenly (ColorBrewer's Blues and Oranges, Harrower & Brewer 2003), or rises on dark.
Color sequential(const Palette& colors, float t) {
  const Color light[]{colors.plane, rgb(0xc6dbef), rgb(0x6baed6), rgb(0x2171b5), rgb(0x08306b)};
  const Color dark[]{colors.plane, rgb(0x16355c), rgb(0x1f66a8), rgb(0x6baed6), rgb(0xdceaf7)};
  return between(colors.dark ? dark : light, t);
}

Color sequential_warm(const Palette& colors, float t) {
  const Color light[]{colors.plane, rgb(0xfdd0a2), rgb(0xfd8d3c), rgb(0xd94801), rgb(0x7f2704)};
  const Color dark[]{colors.plane, rgb(0x4d2208), rgb(0xa63d05), rgb(0xfd8d3c), rgb(0xfee6ce)};
  return between(colors.dark ? dark : light, t);
}

Color diverging(const Palette& colors, float t) {
  const Color below[]{colors.plane, colors.dark ? rgb(0x8a4108) : rgb(0xfdb863),
                      colors.dark ? rgb(0xfd9a45) : rgb(0xb35806)};
  const Color above[]{colors.plane, colors.dark ? rgb(0x2a5b94) : rgb(0x92c5de),
                      colors.dark ? rgb(0x92c5de) : rgb(0x2166ac)};
  return t < 0 ? between(below, -t) : between(above, t);
}

Color readable_on(Color background) {
  const auto linear = [&](int shift) {
    const float value = static_cast<float>(background >> shift & 0xff) / 255;
    return value <= 0.04045f ? value / 12.92f : std::pow((value + 0.055f) / 1.055f, 2.4f);
  };
  const float luminance = 0.2126f * linear(0) + 0.7152f * linear(8) + 0.0722f * linear(16);
  return luminance > 0.179f ? rgb(0x101418) : rgb(0xffffff);
}

}  // namespace loom
