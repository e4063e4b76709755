#include "explorer/app/help.h"

#include <array>

namespace loom {
namespace {

constexpr std::array<Paragraph, 7> kHelp{{
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
    {"Overlays and tools",
     "The two buttons on the plane. An overlay colours the plane by something measured: density, holes, overlap. A "
     "tool "
     "opens beside it: interpolate, merge, draw, compare. Each says what one sees; the i tells why, with the formula."},
    {"Mouse and touch",
     "Click or drag: move z. Wheel or two fingers: zoom. Right button, Shift or Space and drag, or two fingers: pan. "
     "Point "
     "at a mark: its reconstruction. Click a class: only that one; with Shift, more. Drop a .safetensors file: explore "
     "it; "
     "it stays on this machine."},
    {"Keys",
     "Arrows: move z (Shift: far, Alt: finely). + and \u2212: zoom. I, J, K, L: move the map. C: z in the middle. H: "
     "see all. "
     "O: z = 0. P and Shift P: pins A and B to z. 1 to 9 and 0: one class; "
     "comma and "
     "point: the previous, the next; A: all. N: names. M: the next overlay. T: light or dark. S: share, in the page. "
     "?: this text. Esc: "
     "close. Tab: all of it as controls of the page."},
}};

}  // namespace

std::span<const Paragraph> help_paragraphs() { return kHelp; }

}  // namespace loom
