// The explorer's own calls to OpenGL: pictures on the graphics card and the frame itself. Everything else is drawn by
// Dear ImGui's backend.
#pragma once

#include <cstdint>
#include <imgui.h>
#include <span>
#include <vector>

namespace loom {

// Puts a picture (RGBA bytes, rows from the top) on the card, smoothly magnified, into `texture` or a new one if that is
// null; returns it.
ImTextureID upload_texture(ImTextureID texture, std::span<const std::uint32_t> pixels, int width, int height);
void delete_texture(ImTextureID texture);

void clear_frame(int width, int height, std::uint32_t color);
std::vector<std::uint32_t> read_frame(int width, int height);  // rows from the top

}  // namespace loom
