#include "explorer/draw/drawn_code.h"

#include "core/text.h"
#include "explorer/draw/widgets.h"
#include "explorer/texts/texts.h"

namespace loom {
namespace {

constexpr float kBetweenBoxes = 26, kBoxTitle = 20, kBoxLine = 17, kSign = 10;  // kSign: radius of a plus or times

class Diagram {
 public:
  Diagram(const Painter& painter, const std::vector<Index>& dimensions, const std::vector<std::string>& names)
      : painter_(painter), dimensions_(dimensions), names_(names) {}

  float box_height() const { return kBoxTitle + kBoxLine * static_cast<float>(dimensions_.size()) + kUnit / 2; }

  // A box with a title and one number per dimension.
  void box(const Rect& r, std::string_view title, std::string_view spoken, const Matrix& values,
           bool strong = false) const {
    const Palette& colors = painter_.colors();
    painter_.fill(r, colors.raised, 6);
    painter_.outline(r, strong ? colors.accent : colors.line, 6, strong ? 1.5f : 1);
    painter_.text(TextSize::small, {r.x + kUnit, r.y + kBoxTitle / 2 + 2}, strong ? colors.accent : colors.muted,
                  title);
    std::string all;
    for (std::size_t i = 0; i < dimensions_.size(); ++i) {
      const float y = r.y + kBoxTitle + kBoxLine * (static_cast<float>(i) + 0.5f);
      const std::string number = number_text(static_cast<double>(values(0, dimensions_[i])), 2);
      painter_.text(TextSize::small, {r.x + kUnit, y}, colors.muted, names_[i]);
      painter_.text(TextSize::small, {r.right() - kUnit, y}, colors.ink, number, Align::right);
      all += text(i == 0 ? "" : ", ", names_[i], ' ', number);
    }
    painter_.describe({.kind = AccessibleNode::Kind::fact, .words = std::string(spoken), .value = std::move(all)});
  }

  void sign(Point at, std::string_view words) const {
    const Palette& colors = painter_.colors();
    painter_.disc(at, kSign, colors.raised);
    painter_.ring(at, kSign, colors.muted);
    painter_.text(TextSize::small, at, colors.ink, words, Align::center);
  }

  // A line with an arrow head, horizontal or vertical.
  void arrow(Point from, Point to) const {
    constexpr float kHead = 5;
    const Palette& colors = painter_.colors();
    painter_.line(from, to, colors.muted);
    const Point along = (to - from) * (kHead / length(to - from)), across{-along.y * 0.6f, along.x * 0.6f};
    const Point back = to - along;
    painter_.list().AddTriangleFilled(painter_.pixels(to), painter_.pixels(back + across),
                                      painter_.pixels(back - across), colors.muted);
  }

 private:
  const Painter& painter_;
  const std::vector<Index>& dimensions_;
  const std::vector<std::string>& names_;
};

}  // namespace

//   mu     epsilon   log-variance
//    |        |           |  exp(1/2 .)
//    +  <---  x  <---   sigma
//    |
//    z
void draw_code_diagram(const Painter& painter, Rect& rest, const DrawnCode& code, const std::vector<Index>& dimensions,
                       const std::vector<std::string>& names) {
  const Diagram diagram(painter, dimensions, names);
  const Palette& colors = painter.colors();
  const float height = diagram.box_height(), width = (rest.width - 2 * kBetweenBoxes) / 3;
  const auto box = [&](int column, int row) {
    return Rect{rest.x + static_cast<float>(column) * (width + kBetweenBoxes),
                rest.y + static_cast<float>(row) * (height + kBetweenBoxes), width, height};
  };
  const Rect mu = box(0, 0), epsilon = box(1, 0), logvar = box(2, 0), sigma = box(2, 1);
  const Point plus{mu.center().x, sigma.center().y}, times{epsilon.center().x, sigma.center().y};
  Rect z = box(0, 2);
  z.y = sigma.bottom();
  diagram.arrow({mu.center().x, mu.bottom()}, plus - Point{0, kSign});
  diagram.arrow({epsilon.center().x, epsilon.bottom()}, times - Point{0, kSign});
  diagram.arrow({logvar.center().x, logvar.bottom()}, {sigma.center().x, sigma.y});
  diagram.arrow({sigma.x, sigma.center().y}, times + Point{kSign, 0});
  diagram.arrow(times - Point{kSign, 0}, plus + Point{kSign, 0});
  diagram.arrow(plus + Point{0, kSign}, {plus.x, z.y});
  diagram.sign(times, "×");
  diagram.sign(plus, "+");
  painter.text(TextSize::small, {logvar.center().x - kUnit, logvar.bottom() + kBetweenBoxes / 2}, colors.muted,
               "exp(½ ·)", Align::right);
  diagram.box(mu, "μ", texts::kMuSpoken, code.mu);
  diagram.box(logvar, "log σ²", texts::kLogvarSpoken, code.logvar);
  diagram.box(sigma, "σ", texts::kSigmaSpoken, code.sigma);
  diagram.box(epsilon, "ε", texts::kEpsilonSpoken, code.epsilon);
  diagram.box(z, "z", texts::kDrawnSpoken, code.z, true);
  painter.text(TextSize::small, {z.right() + kUnit, z.center().y}, colors.muted, texts::kDrawnFormula);
  rest.cut_top(z.bottom() - rest.y + kUnit);
}

}  // namespace loom
