#include "explorer/platform/raster.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace loom {
namespace {

constexpr int kSubpixels = 256;  // vertices lie on this grid, as on graphics cards, so edges are exact in integers

struct Texel {
  float r, g, b, a;  // 0 ... 255
};

Texel unpacked(std::uint32_t c) {
  return {static_cast<float>(c & 0xff), static_cast<float>(c >> 8 & 0xff), static_cast<float>(c >> 16 & 0xff),
          static_cast<float>(c >> 24)};
}

Texel sampled(const Pixels& t, float u, float v) {
  const float x = std::clamp(u * static_cast<float>(t.width) - 0.5f, 0.0f, static_cast<float>(t.width - 1));
  const float y = std::clamp(v * static_cast<float>(t.height) - 0.5f, 0.0f, static_cast<float>(t.height - 1));
  const int x0 = static_cast<int>(x), y0 = static_cast<int>(y);
  const int x1 = std::min(x0 + 1, t.width - 1), y1 = std::min(y0 + 1, t.height - 1);
  const float fx = x - static_cast<float>(x0), fy = y - static_cast<float>(y0);
  const auto at = [&](int column, int row) {
    return unpacked(
        t.values[static_cast<std::size_t>(row) * static_cast<std::size_t>(t.width) + static_cast<std::size_t>(column)]);
  };
  const auto blend = [](const Texel& a, const Texel& b, float s) {
    return Texel{a.r + (b.r - a.r) * s, a.g + (b.g - a.g) * s, a.b + (b.b - a.b) * s, a.a + (b.a - a.a) * s};
  };
  return blend(blend(at(x0, y0), at(x1, y0), fx), blend(at(x0, y1), at(x1, y1), fx), fy);
}

// A channel of source over target.
std::uint32_t over(float source, std::uint32_t target, float alpha) {
  const float t = static_cast<float>(target & 0xff);
  return static_cast<std::uint32_t>(std::clamp(t + (source - t) * alpha + 0.5f, 0.0f, 255.0f));
}

struct Scissor {
  int left, top, right, bottom;
};

class Triangle {
 public:
  Triangle(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c) : v_{&a, &b, &c} {
    for (std::size_t i = 0; i < 3; ++i) {
      x_[i] = std::lround(v_[i]->pos.x * kSubpixels);
      y_[i] = std::lround(v_[i]->pos.y * kSubpixels);
    }
    area_ = edge(0, 1, x_[2], y_[2]);
    if (area_ < 0) {
      std::swap(v_[1], v_[2]), std::swap(x_[1], x_[2]), std::swap(y_[1], y_[2]);
      area_ = -area_;
    }
  }

  void draw(Pixels& frame, const Scissor& scissor, const Pixels* texture) const {
    if (area_ == 0) return;
    const auto [low_x, high_x] = std::minmax({x_[0], x_[1], x_[2]});
    const auto [low_y, high_y] = std::minmax({y_[0], y_[1], y_[2]});
    const int left = std::max(scissor.left, static_cast<int>(floored(low_x)));
    const int right = std::min(scissor.right, static_cast<int>(floored(high_x)) + 1);
    const int top = std::max(scissor.top, static_cast<int>(floored(low_y)));
    const int bottom = std::min(scissor.bottom, static_cast<int>(floored(high_y)) + 1);
    for (int y = top; y < bottom; ++y)
      for (int x = left; x < right; ++x) pixel(frame, x, y, texture);
  }

 private:
  static std::int64_t floored(std::int64_t at) {
    return at >= 0 ? at / kSubpixels : -((-at + kSubpixels - 1) / kSubpixels);
  }

  std::int64_t edge(std::size_t from, std::size_t to, std::int64_t x, std::int64_t y) const {
    return (x_[to] - x_[from]) * (y - y_[from]) - (y_[to] - y_[from]) * (x - x_[from]);
  }
  // Pixels on an edge belong to the triangle if it is a top or a left one.
  bool inside(std::int64_t value, std::size_t from, std::size_t to) const {
    if (value != 0) return value > 0;
    const std::int64_t dx = x_[to] - x_[from], dy = y_[to] - y_[from];
    return dy < 0 || (dy == 0 && dx > 0);
  }

  void pixel(Pixels& frame, int px, int py, const Pixels* texture) const {
    const std::int64_t x = std::int64_t{px} * kSubpixels + kSubpixels / 2;
    const std::int64_t y = std::int64_t{py} * kSubpixels + kSubpixels / 2;
    const std::int64_t w0 = edge(1, 2, x, y), w1 = edge(2, 0, x, y), w2 = edge(0, 1, x, y);
    if (!inside(w0, 1, 2) || !inside(w1, 2, 0) || !inside(w2, 0, 1)) return;
    const float a = static_cast<float>(w0) / static_cast<float>(area_),
                b = static_cast<float>(w1) / static_cast<float>(area_);
    const float c = 1 - a - b;
    Texel color;
    if (v_[0]->col == v_[1]->col && v_[1]->col == v_[2]->col) {
      color = unpacked(v_[0]->col);
    } else {
      const Texel k0 = unpacked(v_[0]->col), k1 = unpacked(v_[1]->col), k2 = unpacked(v_[2]->col);
      color = {a * k0.r + b * k1.r + c * k2.r, a * k0.g + b * k1.g + c * k2.g, a * k0.b + b * k1.b + c * k2.b,
               a * k0.a + b * k1.a + c * k2.a};
    }
    if (texture) {
      const Texel t = sampled(*texture, a * v_[0]->uv.x + b * v_[1]->uv.x + c * v_[2]->uv.x,
                              a * v_[0]->uv.y + b * v_[1]->uv.y + c * v_[2]->uv.y);
      color = {color.r * t.r / 255, color.g * t.g / 255, color.b * t.b / 255, color.a * t.a / 255};
    }
    std::uint32_t& target = frame.values[static_cast<std::size_t>(py) * static_cast<std::size_t>(frame.width) +
                                         static_cast<std::size_t>(px)];
    const float alpha = color.a / 255;
    target = over(color.r, target, alpha) | over(color.g, target >> 8, alpha) << 8 |
             over(color.b, target >> 16, alpha) << 16 | 0xff000000u;
  }

  std::array<const ImDrawVert*, 3> v_;
  std::array<std::int64_t, 3> x_, y_;
  std::int64_t area_;
};

}  // namespace

ImTextureID Raster::upload(ImTextureID texture, std::span<const std::uint32_t> pixels, int width, int height) {
  std::uintptr_t number = reinterpret_cast<std::uintptr_t>(texture);
  if (number == 0) {
    textures_.emplace_back();
    number = textures_.size();
  }
  textures_[number - 1] = {{pixels.begin(), pixels.end()}, width, height};
  return reinterpret_cast<ImTextureID>(number);
}

Pixels Raster::draw(const ImDrawData& data, std::uint32_t background) const {
  Pixels frame;
  frame.width = static_cast<int>(data.DisplaySize.x), frame.height = static_cast<int>(data.DisplaySize.y);
  frame.values.assign(static_cast<std::size_t>(frame.width) * static_cast<std::size_t>(frame.height),
                      background | 0xff000000u);
  for (const ImDrawList* list : data.CmdLists)
    for (const ImDrawCmd& command : list->CmdBuffer) {
      if (command.UserCallback) continue;
      const ImVec4& clip = command.ClipRect;
      const Scissor scissor{std::max(0, static_cast<int>(clip.x)), std::max(0, static_cast<int>(clip.y)),
                            std::min(frame.width, static_cast<int>(clip.z)),
                            std::min(frame.height, static_cast<int>(clip.w))};
      const std::uintptr_t number = reinterpret_cast<std::uintptr_t>(command.GetTexID());
      const Pixels* texture = number >= 1 && number <= textures_.size() ? &textures_[number - 1] : nullptr;
      const auto vertex = [&](unsigned i) -> const ImDrawVert& {
        return list->VtxBuffer[static_cast<int>(command.VtxOffset + list->IdxBuffer[static_cast<int>(i)])];
      };
      for (unsigned i = command.IdxOffset; i + 2 < command.IdxOffset + command.ElemCount; i += 3)
        Triangle(vertex(i), vertex(i + 1), vertex(i + 2)).draw(frame, scissor, texture);
    }
  return frame;
}

}  // namespace loom
