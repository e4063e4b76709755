// The explorer's own calls to OpenGL: pictures on the graphics card and the frame itself. Everything else is drawn by
// Dear ImGui's backend.
#pragma once

#include <imgui.h>
#include <cstdint>
#include <span>
#include <vector>

namespace loom {

// Puts a picture (RGBA bytes, rows from the top) on the card, smoothly magnified, into `texture` or a new one if that
// is null; returns it.
ImTextureID upload_texture(ImTextureID texture, std::span<const std::uint32_t> pixels, int width, int height);
void delete_texture(ImTextureID texture);

// Copies a part of the frame drawn so far into `texture` or a new one; x and y of the lower left corner, counted from
// the lower left. The first row of the texture is the lowest.
ImTextureID capture_frame(ImTextureID texture, int x, int y, int width, int height);

void clear_frame(int width, int height, std::uint32_t color);
std::vector<std::uint32_t> read_frame(int width, int height);  // rows from the top

}  // namespace loom
