#include <array>

#include "explorer/panels.h"

namespace loom {
namespace {

struct Paragraph {
  std::string_view title, words;
};

constexpr std::array<Paragraph, 6> kHelp{{
    {"The plane",
     "An autoencoder squeezes every picture into two numbers, z1 and z2, and learns to draw the picture again from "
     "them. "
     "This plane shows all pairs of numbers. Each mark is one picture of the test set, at the place where the encoder "
     "puts "
     "it; colour and shape say its class."},
    {"The picture",
     "The decoder draws what belongs to the place under the ring: also where no picture of the test set ever was. It "
     "draws "
     "an average of what it expects there, so a blurred picture means that it is not sure."},
    {"Looks like",
     "The shares of the classes near z: each test picture is a little cloud around its mark (its mean \u03bc and "
     "deviation "
     "\u03c3), and the shares are those of the clouds that overlap at z. The last line compares their density with "
     "what "
     "the prior expects; a hole is where it expects ten times more."},
    {"Dashed circles",
     "The prior, a normal distribution that a variational autoencoder is trained towards: half of it lies in the "
     "smallest "
     "circle, 90 and 99 % in the others."},
    {"Mouse and touch",
     "Click or drag: move z. Wheel or two fingers: zoom. Right button, Shift or Space and drag, or two fingers: pan. "
     "Point "
     "at a mark: its reconstruction. Click a class: only that one; with Shift, more. Drop a .safetensors file: explore "
     "it; "
     "it stays on this machine."},
    {"Keys",
     "Arrows: move z (Shift: far, Alt: finely). + and \u2212: zoom. H: see all. O: z = 0. 1 to 9 and 0: one class; "
     "comma and "
     "point: the previous, the next; A: all. N: names. T: light or dark. ?: this text. Esc: close."},
}};

constexpr float kWidest = 640, kTitle = 28, kGap = 12, kFoot = 56;

float text_height(const Painter& painter, float width) {
  float height = 0;
  for (const Paragraph& p : kHelp) height += kTitle + painter.paragraph_height(TextSize::body, width, p.words) + kGap;
  return height;
}

void draw_text(const Painter& painter, Rect area, float scroll) {
  painter.push_clip(area);
  float y = area.y - scroll;
  for (const Paragraph& p : kHelp) {
    painter.text(TextSize::small, {area.x, y + kTitle / 2}, painter.colors().accent, p.title);
    y += kTitle;
    y += painter.paragraph(TextSize::body, {area.x, y, area.width, area.height}, painter.colors().ink, p.words) + kGap;
  }
  painter.pop_clip();
}

}  // namespace

void draw_help(const Painter& below, Rect window, const Explorer& explorer, Ui& ui, Actions& actions) {
  if (!explorer.state.help) {
    ui.help_scroll = 0;
    return;
  }
  const float width = std::min(window.width - 2 * kUnit, kWidest), inner = width - 6 * kUnit;
  const float wanted = text_height(below, inner) + 4 * kUnit + kTitle + kFoot;
  const float height = std::min(wanted, window.height - 2 * kUnit);
  const Rect card{window.center().x - width / 2, window.center().y - height / 2, width, height};
  const Painter painter = begin_overlay("help", window, below);
  const Palette& colors = painter.colors();
  painter.fill(window, with_alpha(rgb(0x000000), 0.35f));
  painter.shadow(card, kUnit);
  painter.fill(card, colors.raised, kUnit);
  Rect rest = card.inset(3 * kUnit);
  rest.height += 2 * kUnit;
  painter.text(TextSize::large, {rest.x, rest.cut_top(kTitle).center().y}, colors.ink, "What am I looking at?");
  rest.cut_top(kUnit);
  const Rect foot = rest.cut_bottom(kFoot - kUnit);

  // A wheel or a dragging finger scrolls what does not fit.
  const ImGuiIO& io = ImGui::GetIO();
  const float hidden = std::max(0.0f, text_height(painter, inner) - rest.height);
  const bool dragging = ImGui::IsMouseDragging(ImGuiMouseButton_Left, 0);
  ui.help_scroll -= 40 * io.MouseWheel + (dragging ? io.MouseDelta.y / painter.scale() : 0);
  ui.help_scroll = std::clamp(ui.help_scroll, 0.0f, hidden);
  draw_text(painter, {rest.x, rest.y, inner, rest.height}, ui.help_scroll);
  if (hidden > ui.help_scroll + 1) painter.line({rest.x, rest.bottom()}, {rest.x + inner, rest.bottom()}, colors.line);

  const Rect close{foot.right() - 96, foot.center().y - kTouchTarget / 2, 96, kTouchTarget};
  const Press press = painter.press("close help", close);
  painter.fill(close, press.hovered ? mixed(colors.accent, colors.ink, 0.2f) : colors.accent, kUnit);
  painter.text(TextSize::body, close.center(), colors.on_accent, "Close", Align::center);
  const Point mouse{io.MousePos.x / painter.scale(), io.MousePos.y / painter.scale()};
  const bool beside = ImGui::IsMouseClicked(ImGuiMouseButton_Left) && !card.contains(mouse);
  if (press.clicked || beside) actions.push_back(ToggleHelp{});
  end_overlay();
}

}  // namespace loom
