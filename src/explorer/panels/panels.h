// The panels. Each draws the explorer's state into its rectangle and appends the actions that were clicked; none
// changes the state.
#pragma once

#include <array>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "explorer/app/explorer.h"
#include "explorer/draw/painter.h"
#include "explorer/draw/picture.h"
#include "explorer/draw/textures.h"
#include "explorer/layout/layout.h"
#include "explorer/layout/tips.h"
#include "explorer/panels/presses.h"
#include "explorer/texts/explanations.h"
#include "explorer/texts/tips.h"

namespace loom {

inline constexpr float kRingRadius = 9;        // of the ring, points
inline constexpr float kHoverWait = 0.3f;     // seconds until a mark's card appears
inline constexpr float kLongestFrame = 0.1f;  // seconds of a frame that count: a frame after a pause is no rest

// Copies a part of the frame into a texture: Renderer::capture, or nothing in tests.
using CaptureFrame = std::function<ImTextureID(ImTextureID texture, int x, int y, int width, int height)>;

// The plane's grid, overlay and markers as one texture, copied from a frame. It is cached because it does not change
// while z moves, and drawing ten thousand markers in software takes longer than a frame.
struct PlaneLayer {
  struct Key {  // everything that the layer depends on
    const LoadedModel* model = nullptr;
    View view;
    std::uint32_t isolated = 0;
    bool dark = false, marks = true, hides_marks = false, axes = true;
    std::size_t overlay = 0;
    std::uint64_t overlay_serial = 0, overlay_projection = 0, projection = 0;
    Rect plane;
    float scale = 0;
    bool operator==(const Key&) const = default;
  };
  Key asked, captured;  // the keys of the last frame drawn without the texture, and of the texture
  ImTextureID texture{};
  CaptureFrame capture;
};

// Whether an overlay's legend is folded to one line. Automatic: open if it leaves most of the plane visible.
enum class LegendFold : std::uint8_t { automatic, open, folded };

enum class Popup : std::uint8_t { none, models, overlays, tools, why_overlay, why_tool };

// The state of the user interface that persists between frames.
struct Ui {
  Atlas atlas;
  Textures textures;
  PlaneLayer layer;
  Popup popup = Popup::none;
  LegendFold legend = LegendFold::automatic;
  float popup_scroll = 0, tool_scroll = 0, help_scroll = 0;  // points
  Presses presses;
  bool tool_held = false;  // a press began on the tool's panel beside its controls: a drag scrolls the panel
  Drawn drawn;  // in the last frame
  Tips tips;
  float hovered_for = 0;  // seconds that the pointer has been over marks
  AccessibleNodes nodes;  // texts and controls of the tool's panel, for the page
};

// A row of draw_list.
struct ListItem {
  std::string title, what;  // what: one line below the title, may be empty
  std::string heading;  // above this row; empty: none
  bool current = false, enabled = true;
  bool pinned = false;  // does not scroll; only the last item can be pinned
};
// A list over the window to choose from; a press outside closes it. Returns the index of the row that was clicked, or
// -1.
int draw_list(const Painter& below, Rect window, const char* name, Rect anchor, float width,
              std::span<const ListItem> items, Ui& ui);

// What a card shows: buttons, paragraphs, and rows of keys with what they do.
struct CardContent {
  std::string_view title;
  std::span<const std::string_view> buttons;
  std::span<const texts::Paragraph> paragraphs;
  std::span<const texts::KeyRow> keys;
};
inline constexpr int kCardOpen = -2, kCardClosed = -1;
// A scrolling card in the middle of the window. Returns the index of the button that was pressed, kCardClosed if the
// card was closed, or kCardOpen.
int draw_card(const Painter& below, Rect window, const char* name, const CardContent& content, float& scroll);

void draw_plane(const Painter& painter, const Layout& layout, const Explorer& explorer, Ui& ui, Actions& actions);
// While another model is loaded: what is shown is faded, and says what is coming.
void draw_loading(const Painter& painter, const Layout& layout, const Explorer& explorer);
void draw_compared_plane(const Painter& painter, const Layout& layout, const Explorer& explorer, Ui& ui);
// The buttons on the plane are hit-tested before the plane and drawn after it.
using PlaneButtons = std::array<Press, 3>;
PlaneButtons hit_test_plane_buttons(const Painter& painter, const Layout& layout, const Explorer& explorer,
                                    Actions& actions);
void draw_plane_buttons(const Painter& painter, const Layout& layout, const Explorer& explorer,
                        const PlaneButtons& hits);
// Where they are; empty if there are none.
Rect plane_buttons_place(const Layout& layout, const ExplorerState& state);
// Undo and redo, as soon as there is something to undo: above the buttons for the view or, on a phone, in the row of
// the choosers. Empty if there is no room, because keys do the same.
Rect history_buttons_place(const Layout& layout, const Explorer& explorer);
void draw_history_buttons(const Painter& below, const Layout& layout, const Explorer& explorer, Actions& actions);
// An arrow to the ring while it is outside the view. A click brings it into the middle.
void draw_ring_arrow(const Painter& below, const Layout& layout, const Explorer& explorer, Actions& actions);
// The rectangle in the header for a button of the page, which opens its HTML controls; empty if there is no room or the
// button is hidden.
Rect page_button_place(const Layout& layout, const Explorer& explorer);
// The same while no card or list lies over it; the page's button would shine through.
Rect free_page_button_place(const Painter& painter, const Layout& layout, const Explorer& explorer, const Ui& ui);
void draw_header(const Painter& painter, const Layout& layout, const Explorer& explorer, Ui& ui, Actions& actions);
void draw_decoded_image(const Painter& painter, const Layout& layout, const Explorer& explorer, Ui& ui);
void draw_reading(const Painter& painter, const Layout& layout, const Explorer& explorer, Actions& actions);
void draw_legend(const Painter& painter, const Layout& layout, const Explorer& explorer, Actions& actions);
void draw_tool(const Painter& painter, const Layout& layout, const Explorer& explorer, Ui& ui, Actions& actions);
// Buttons on the plane that open the lists of overlays and tools, and the lists.
void draw_choosers(const Painter& below, Rect window, const Layout& layout, const Explorer& explorer, Ui& ui,
                   Actions& actions);
// The legend of the overlay.
void draw_overlay_legend(const Painter& below, const Layout& layout, const Explorer& explorer, Ui& ui,
                         Actions& actions);
// The explanation of the overlay or tool whose "i" button was pressed.
void draw_why(const Painter& below, Rect window, const Explorer& explorer, Ui& ui);
// The rectangle of the tour's card; empty if no tour is open.
Rect tour_card(const Painter& painter, const Layout& layout, const Explorer& explorer, const Pressables& pressables);
void draw_tour(const Painter& below, const Layout& layout, const Explorer& explorer, Actions& actions);
// The card of a first visit: what this is and what to do.
void draw_welcome(const Painter& below, const Layout& layout, const Explorer& explorer, Ui& ui, Actions& actions);
void draw_picker(const Painter& painter, Rect window, const Layout& layout, const Explorer& explorer, Ui& ui,
                 Actions& actions);
void draw_hover_card(const Painter& painter, const Layout& layout, const Explorer& explorer, Ui& ui);
// The explanation of the sign where the pointer rests.
void draw_tip(const Painter& below, Rect window, const Tips& tips);
void draw_message(const Painter& painter, const Layout& layout, const Explorer& explorer, Actions& actions);
void draw_help(const Painter& painter, Rect window, const Explorer& explorer, Ui& ui, Actions& actions);

}  // namespace loom
