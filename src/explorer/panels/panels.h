// The panels. Each draws the explorer's state into its rectangle and appends the actions that were clicked; none
// changes the state.
#pragma once

#include <array>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "explorer/app/explorer.h"
#include "explorer/app/help.h"
#include "explorer/draw/painter.h"
#include "explorer/draw/picture.h"
#include "explorer/draw/textures.h"
#include "explorer/layout/layout.h"

namespace loom {

// Copies a part of the frame into a texture: Renderer::capture, or nothing in tests.
using CaptureFrame = std::function<ImTextureID(ImTextureID texture, int x, int y, int width, int height)>;

// The plane's grid, overlay and markers as one texture, copied from a frame. They do not change while z moves, and ten
// thousand markers drawn in software take longer than a frame.
struct PlaneLayer {
  struct Key {  // all that the layer depends on
    const LoadedModel* model = nullptr;
    View view;
    std::uint32_t isolated = 0;
    bool dark = false, marks = true, hides_marks = false, axes = true;
    std::size_t overlay = 0;
    std::uint64_t overlay_serial = 0, projection = 0;
    Rect plane;
    float scale = 0;
    bool operator==(const Key&) const = default;
  };
  Key asked, captured;  // that of the last frame, and that of the texture
  ImTextureID texture{};
  CaptureFrame capture;
};

// An overlay's legend: one line, or all of it. Automatic: all of it if it leaves most of the plane visible.
enum class LegendFold : std::uint8_t { automatic, open, folded };

enum class Popup : std::uint8_t { none, models, overlays, tools, why_overlay, why_tool };

// What drawing keeps from frame to frame.
struct Ui {
  Atlas atlas;
  Textures textures;
  PlaneLayer layer;
  Popup popup = Popup::none;
  LegendFold legend = LegendFold::automatic;
  float popup_scroll = 0, tool_scroll = 0, help_scroll = 0;  // points
  Pressables pressables;  // of the last frame
  AccessibleNodes nodes;  // texts and controls of the tool's panel, for the page
};

// A list over the window to choose from; a press beside it closes it. Returns the row that was clicked, or -1.
struct ListItem {
  std::string title, what;  // what: one line below the title, may be empty
  std::string heading;  // above this row; empty: none
  bool current = false, enabled = true;
  bool pinned = false;  // does not scroll; only the last item can be pinned
};
int draw_list(const Painter& below, Rect window, const char* name, Rect anchor, float width,
              std::span<const ListItem> items, Ui& ui);

// A card in the middle of the window with a title and paragraphs, which scrolls. True if it was closed.
bool draw_card(const Painter& below, Rect window, const char* name, std::string_view title,
               std::span<const Paragraph> paragraphs, float& scroll);

void draw_plane(const Painter& painter, const Layout& layout, const Explorer& explorer, Ui& ui, Actions& actions);
void draw_compared_plane(const Painter& painter, const Layout& layout, const Explorer& explorer, Ui& ui);
// The buttons on the plane are hit-tested before the plane and drawn after it.
using PlaneButtons = std::array<Press, 3>;
PlaneButtons hit_test_plane_buttons(const Painter& painter, const Layout& layout, const ExplorerState& state,
                                    Actions& actions);
void draw_plane_buttons(const Painter& painter, const Layout& layout, const ExplorerState& state,
                        const PlaneButtons& hits);
// The place in the header of the page's own button for its controls; empty if there is no room or it is hidden.
Rect page_button_place(const Layout& layout, const Explorer& explorer);
void draw_header(const Painter& painter, const Layout& layout, const Explorer& explorer, Ui& ui, Actions& actions);
void draw_garment(const Painter& painter, const Layout& layout, const Explorer& explorer, Ui& ui);
void draw_reading(const Painter& painter, const Layout& layout, const Explorer& explorer);
void draw_legend(const Painter& painter, const Layout& layout, const Explorer& explorer, Actions& actions);
void draw_tool(const Painter& painter, const Layout& layout, const Explorer& explorer, Ui& ui, Actions& actions);
// Buttons on the plane that open the lists of overlays and tools, and the lists.
void draw_choosers(const Painter& below, Rect window, const Layout& layout, const Explorer& explorer, Ui& ui,
                   Actions& actions);
// The legend of the overlay.
void draw_overlay_legend(const Painter& below, const Layout& layout, const Explorer& explorer, Ui& ui,
                         Actions& actions);
// The explanation of the overlay or tool whose i was pressed.
void draw_why(const Painter& below, Rect window, const Explorer& explorer, Ui& ui);
// The place of the tour's card; empty without a tour.
Rect tour_card(const Painter& painter, const Layout& layout, const Explorer& explorer);
void draw_tour(const Painter& below, const Layout& layout, const Explorer& explorer, Actions& actions);
void draw_picker(const Painter& painter, Rect window, const Layout& layout, const Explorer& explorer, Ui& ui,
                 Actions& actions);
void draw_hover_card(const Painter& painter, const Layout& layout, const Explorer& explorer, Ui& ui);
void draw_message(const Painter& painter, const Layout& layout, const Explorer& explorer, Actions& actions);
void draw_help(const Painter& painter, Rect window, const Explorer& explorer, Ui& ui, Actions& actions);

}  // namespace loom
