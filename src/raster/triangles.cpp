#include "raster/triangles.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "raster/blend.h"

namespace loom {
namespace {

// Vertices lie on a grid of 256 places a pixel, as on graphics cards, so edges are exact in integers.
constexpr int kSubpixelBits = 8, kSubpixels = 1 << kSubpixelBits;
constexpr int kLongest = 256;  // pixels of a span that are computed at a time
constexpr float kFarthest = 4e6f;  // pixels; products of farther corners do not fit into 64 bits

// The first pixel whose middle is not before a place of the grid.
std::int64_t first_pixel(std::int64_t at) { return (at + kSubpixels / 2 - 1) >> kSubpixelBits; }
int limited(std::int64_t at, int low, int high) { return static_cast<int>(std::clamp<std::int64_t>(at, low, high)); }

// The middle of a pixel.
std::int64_t middle(int pixel) { return std::int64_t{pixel} * kSubpixels + kSubpixels / 2; }

// --- colours along a span ------------------------------------------------------------------------------------------

// A colour that changes evenly along a row, in units of 2^-16.
struct Gradient {
  using Lanes = std::int32_t __attribute__((vector_size(16)));
  Lanes at, step;

  void fill(Color* out, int count) const {
    constexpr std::int32_t kMost = 255 << 16 | 0xffff;
    Lanes now = at;
    for (int i = 0; i < count; ++i, now += step) {
      Lanes c = now < 0 ? Lanes{} : now;
      c = (c > kMost ? Lanes{kMost, kMost, kMost, kMost} : c) >> 16;
      out[i] = static_cast<Color>(c[0] | c[1] << 8 | c[2] << 16) | static_cast<Color>(c[3]) << 24;
    }
  }
};

Texture::Place advanced(Texture::Place from, Texture::Place step, int count) {
  return {from.x + count * step.x, from.y + count * step.y};
}

// Paints a span of one colour times a texture.
void paint_textured(const Brush& brush, Color* target, int count, Texture::Place from, Texture::Place step,
                    Color color) {
  std::array<Color, kLongest> colors;
  for (int done = 0; done < count; done += kLongest) {
    const int part = std::min(kLongest, count - done);
    brush.texture->sample(advanced(from, step, done), step, part, colors.data());
    multiply_color(colors.data(), part, color);
    if (brush.texture->is_opaque() && color >> 24 == 0xff)
      std::copy_n(colors.data(), part, target + done);
    else
      blend_colors(target + done, part, colors.data());
  }
}

// The texture at a corner.
Color texel_at(const Brush& brush, const Vertex& corner) {
  Color texel = 0xffffffffu;
  if (brush.texture) brush.texture->sample(brush.texture->place(corner.u, corner.v), {0, 0}, 1, &texel);
  return texel;
}
Color product(Color a, Color b) {
  multiply_color(&a, 1, b);
  return a;
}

bool same_texel(const Vertex& a, const Vertex& b) { return a.u == b.u && a.v == b.v; }

// --- triangles -----------------------------------------------------------------------------------------------------

class Triangle {
 public:
  Triangle(const Brush& brush, const Vertex& a, const Vertex& b, const Vertex& c) : brush_(brush), v_{&a, &b, &c} {
    for (std::size_t i = 0; i < 3; ++i) {
      if (!(std::fabs(v_[i]->x) < kFarthest && std::fabs(v_[i]->y) < kFarthest)) return;  // also if it is NaN
      x_[i] = std::lround(v_[i]->x * kSubpixels);
      y_[i] = std::lround(v_[i]->y * kSubpixels);
    }
    area_ = (x_[1] - x_[0]) * (y_[2] - y_[0]) - (y_[1] - y_[0]) * (x_[2] - x_[0]);
    if (area_ < 0) {
      std::swap(v_[1], v_[2]), std::swap(x_[1], x_[2]), std::swap(y_[1], y_[2]);
      area_ = -area_;
    }
  }

  void draw() {
    if (area_ == 0) return;
    const auto [low_x, high_x] = std::minmax({x_[0], x_[1], x_[2]});
    const auto [low_y, high_y] = std::minmax({y_[0], y_[1], y_[2]});
    const PixelBox& clip = brush_.clip;
    const int left = limited(first_pixel(low_x), clip.left, clip.right);
    const int right = limited(first_pixel(high_x) + 1, clip.left, clip.right);
    const int top = limited(first_pixel(low_y), clip.top, clip.bottom);
    const int bottom = limited(first_pixel(high_y) + 1, clip.top, clip.bottom);
    if (left >= right || top >= bottom) return;
    for (std::size_t i = 0; i < 3; ++i) edges_[i] = edge((i + 1) % 3, (i + 2) % 3);
    is_textured_ = brush_.texture && !(same_texel(*v_[0], *v_[1]) && same_texel(*v_[0], *v_[2]));
    has_gradient_ = v_[0]->color != v_[1]->color || v_[0]->color != v_[2]->color;
    if (!has_gradient_ && v_[0]->color >> 24 == 0) return;
    if (!is_textured_) texel_ = texel_at(brush_, *v_[0]);
    flat_ = product(v_[0]->color, texel_);
    std::array<std::int64_t, 3> missing;  // from each edge at x = 0
    for (std::size_t i = 0; i < 3; ++i) missing[i] = edges_[i].least - edges_[i].at(middle(0), middle(top));
    for (int y = top; y < bottom; ++y) {
      int from = left, to = right;
      for (std::size_t i = 0; i < 3; ++i) {
        cut(edges_[i], missing[i], from, to);
        missing[i] -= edges_[i].y * kSubpixels;
      }
      if (from < to) span(y, from, to);
    }
  }

 private:
  // Positive inside: x * (place - from.x) + y * (place - from.y) of a line between two corners.
  struct Edge {
    std::int64_t x, y, from_x, from_y, least;
    double per_pixel;  // 1 / (x * kSubpixels)
    std::int64_t at(std::int64_t px, std::int64_t py) const { return x * (px - from_x) + y * (py - from_y); }
  };
  Edge edge(std::size_t from, std::size_t to) const {
    const std::int64_t dx = x_[to] - x_[from], dy = y_[to] - y_[from];
    const bool upper_left = dy < 0 || (dy == 0 && dx > 0);  // its own pixels belong to the triangle
    return {-dy, dx, x_[from], y_[from], upper_left ? 0 : 1, 1 / static_cast<double>(-dy * kSubpixels)};
  }

  // Leaves the pixels of [from, to) on the inner side of an edge: those with x * e.x * kSubpixels >= missing. The
  // estimate in floating point is at most one pixel off, and the integers decide. Dividing 64-bit integers is slow,
  // and this is done three times for each row of each triangle.
  static void cut(const Edge& e, std::int64_t missing, int& from, int& to) {
    const std::int64_t step = e.x * kSubpixels;
    if (step == 0) {
      if (missing > 0) to = from;
      return;
    }
    const double estimate = std::clamp(static_cast<double>(missing) * e.per_pixel, from - 1.0, to + 1.0);
    auto x = static_cast<std::int64_t>(estimate);
    if (step > 0) {  // the first pixel inside
      while (x < to && x * step < missing) ++x;
      while (x > from && (x - 1) * step >= missing) --x;
      from = limited(x, from, to);
    } else {  // the first pixel outside
      while (x > from && (x - 1) * step < missing) --x;
      while (x < to && x * step >= missing) ++x;
      to = limited(x, from, to);
    }
  }

  // The weights of the three corners at a place; their sum is 1.
  struct Weights {
    float a, b, c;
  };
  float mixed_at(const Weights& w, float a, float b, float c) const { return w.a * a + w.b * b + w.c * c; }
  Weights weights(std::int64_t a, std::int64_t b, float sum) const {
    const float scale = 1 / static_cast<float>(area_);
    const Weights w{static_cast<float>(a) * scale, static_cast<float>(b) * scale, 0};
    return {w.a, w.b, sum - w.a - w.b};
  }

  Gradient gradient(const Weights& at, const Weights& step) const {
    Gradient out;
    for (int channel = 0; channel < 4; ++channel) {
      const auto of = [&](std::size_t i) { return static_cast<float>(v_[i]->color >> 8 * channel & 0xff); };
      const auto fixed = [](float value) {
        return static_cast<std::int32_t>(std::lround(std::clamp(value, -256.0f, 512.0f) * 65536));
      };
      out.at[channel] = fixed(mixed_at(at, of(0), of(1), of(2))) + (1 << 15);
      out.step[channel] = fixed(mixed_at(step, of(0), of(1), of(2)));
    }
    return out;
  }
  Texture::Place texel(const Weights& w) const {
    return brush_.texture->place(mixed_at(w, v_[0]->u, v_[1]->u, v_[2]->u), mixed_at(w, v_[0]->v, v_[1]->v, v_[2]->v));
  }

  void span(int y, int from, int to) const {
    Color* target = brush_.target.row(y) + from;
    const int count = to - from;
    if (!is_textured_ && !has_gradient_) return blend_color(target, count, flat_);
    const auto at = [&](int x) {
      return weights(edges_[0].at(middle(x), middle(y)), edges_[1].at(middle(x), middle(y)), 1);
    };
    const Weights begin = at(from), step = weights(edges_[0].x * kSubpixels, edges_[1].x * kSubpixels, 0);
    Texture::Place place{}, place_step{};
    if (is_textured_) {
      place = texel(begin);
      if (count > 1) {
        const Texture::Place end = texel(at(to - 1));
        place_step = {(end.x - place.x) / (count - 1), (end.y - place.y) / (count - 1)};
      }
      if (!has_gradient_) return paint_textured(brush_, target, count, place, place_step, flat_);
    }
    std::array<Color, kLongest> colors, texels;
    for (int done = 0; done < count; done += kLongest) {
      const int part = std::min(kLongest, count - done);
      gradient(done == 0 ? begin : at(from + done), step).fill(colors.data(), part);
      if (is_textured_) {
        brush_.texture->sample(advanced(place, place_step, done), place_step, part, texels.data());
        multiply_colors(colors.data(), part, texels.data());
      } else {
        multiply_color(colors.data(), part, texel_);
      }
      blend_colors(target + done, part, colors.data());
    }
  }

  const Brush& brush_;
  std::array<const Vertex*, 3> v_;
  std::array<std::int64_t, 3> x_{}, y_{};
  std::int64_t area_ = 0;
  std::array<Edge, 3> edges_{};  // opposite of each corner
  bool is_textured_ = false, has_gradient_ = false;
  Color texel_ = 0xffffffffu;  // where the texture is the same all over
  Color flat_ = 0;  // where there is no gradient
};

// --- rectangles ----------------------------------------------------------------------------------------------------

// From one edge of a rectangle to the other: pixels, and the texture along them.
struct Side {
  int from, to;
  double first, step;  // u or v at the middle of the first pixel, and from pixel to pixel
};

Side side(float begin, float end, float begin_uv, float end_uv, int low, int high) {
  if (end < begin) std::swap(begin, end), std::swap(begin_uv, end_uv);
  const auto snapped = [](float at) { return std::llround(std::clamp(at, -1e9f, 1e9f) * kSubpixels); };
  const std::int64_t first = snapped(begin), last = snapped(end);
  Side out{limited(first_pixel(first), low, high), limited(first_pixel(last), low, high), begin_uv, 0};
  if (first == last) return out;
  const double slope =
      (static_cast<double>(end_uv) - static_cast<double>(begin_uv)) / static_cast<double>(last - first);
  out.step = slope * kSubpixels;
  out.first = begin_uv + slope * static_cast<double>(middle(out.from) - first);
  return out;
}

bool is_upright(const Vertex& a, const Vertex& b, const Vertex& c, const Vertex& d) {
  return a.y == b.y && b.x == c.x && c.y == d.y && d.x == a.x && a.v == b.v && b.u == c.u && c.v == d.v && d.u == a.u &&
         a.color == b.color && a.color == c.color && a.color == d.color && std::isfinite(a.x + a.y + c.x + c.y);
}

void fill_rectangle(const Brush& brush, const Vertex& a, const Vertex& c) {
  const Side across = side(a.x, c.x, a.u, c.u, brush.clip.left, brush.clip.right);
  const Side down = side(a.y, c.y, a.v, c.v, brush.clip.top, brush.clip.bottom);
  const int count = across.to - across.from;
  if (count <= 0 || a.color >> 24 == 0) return;
  if (!brush.texture || same_texel(a, c)) {
    const Color color = product(a.color, texel_at(brush, a));
    for (int y = down.from; y < down.to; ++y) blend_color(brush.target.row(y) + across.from, count, color);
    return;
  }
  const int rows = down.to - down.from;
  const Texture& texture = *brush.texture;
  const Texture::Place low = texture.place(across.first, down.first);
  const Texture::Place high =
      texture.place(across.first + across.step * (count - 1), down.first + down.step * (rows - 1));
  const std::int64_t step = count > 1 ? (high.x - low.x) / (count - 1) : 0;
  for (int row = 0; row < rows; ++row) {
    const std::int64_t y = rows > 1 ? low.y + (high.y - low.y) * row / (rows - 1) : low.y;
    paint_textured(brush, brush.target.row(down.from + row) + across.from, count, {low.x, y}, {step, 0}, a.color);
  }
}

}  // namespace

void fill_triangle(const Brush& brush, const Vertex& a, const Vertex& b, const Vertex& c) {
  Triangle(brush, a, b, c).draw();
}

void fill_quad(const Brush& brush, const Vertex& a, const Vertex& b, const Vertex& c, const Vertex& d) {
  if (is_upright(a, b, c, d)) return fill_rectangle(brush, a, c);
  fill_triangle(brush, a, b, c);
  fill_triangle(brush, a, c, d);
}

}  // namespace loom
