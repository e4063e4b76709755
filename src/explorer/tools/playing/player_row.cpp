#include "explorer/tools/playing/player_row.h"

#include <algorithm>
#include <array>

#include "explorer/draw/widgets.h"
#include "explorer/texts/texts.h"

namespace loom {
namespace {

constexpr std::array kSpeeds{0.5f, 1.0f, 2.0f, 4.0f};
constexpr float kSpeedsWidth = 104;  // that the choice of speeds needs
constexpr float kSign = 18;  // width of the triangle or the two bars, with the space beside it

void draw_sign(const Painter& painter, Rect r, bool playing, Color color) {
  const Point c{r.x + kUnit + 4, r.center().y};
  if (playing) {
    painter.fill({c.x - 4, c.y - 5, 3, 10}, color);
    painter.fill({c.x + 1, c.y - 5, 3, 10}, color);
  } else {
    painter.list().AddTriangleFilled(painter.pixels({c.x - 4, c.y - 6}), painter.pixels({c.x + 6, c.y}),
                                     painter.pixels({c.x - 4, c.y + 6}), color);
  }
}

}  // namespace

void draw_player_row(const ToolView& view, Rect& rest, bool can) {
  const Painter& painter = view.painter;
  const Playback& playback = view.session.playback;
  const bool playing = playback.player == Player::tool && playback.playing();
  Rect row = rest.cut_top(button_height(view.narrow));
  const float width = row.width - kUnit;
  const Rect play = row.cut_left(std::clamp(0.3f * width, 72.0f, 0.4f * width + 8));
  if (button(painter, "play", play, "", false, can, playing ? texts::kPause : texts::kPlay))
    view.actions.push_back(Play{});
  const Palette& colors = painter.colors();
  const Color ink = can ? colors.ink : with_alpha(colors.muted, 0.6f);
  draw_sign(painter, play, playing, ink);
  painter.text_within(TextSize::small, {play.x + kUnit + kSign, play.center().y}, play.width - kSign - 1.5f * kUnit,
                      ink, playing ? texts::kPause : texts::kPlay);
  row.cut_left(kUnit / 2);
  // Outside the page the space stays empty, so that pictures drawn there are like the page.
  const Rect film = row.cut_right(44);
  row.cut_right(kUnit / 2);
  if (view.session.is_page && button(painter, "film", film, texts::kFilm, false, can, texts::kFilmSpoken))
    view.actions.push_back(MakeFilm{});
  const Rect loop = row.cut_right(std::max(0.2f * width, 48.0f));
  row.cut_right(kUnit / 2);
  const auto* now = std::ranges::find(kSpeeds, playback.speed);
  // In a narrow row one button goes through the speeds.
  const auto at = static_cast<std::size_t>(now - kSpeeds.begin()) % kSpeeds.size();
  if (row.width < (view.narrow ? 4 * kTouchTarget : kSpeedsWidth)) {
    if (button(painter, "next speed", row, texts::kSpeeds[at], false, true, texts::kSpeedSpoken))
      view.actions.push_back(SetPlay{kSpeeds[(at + 1) % kSpeeds.size()], playback.loop});
  } else if (const int speed = choice(painter, "speed", row, texts::kSpeeds, static_cast<int>(at)); speed >= 0) {
    view.actions.push_back(SetPlay{kSpeeds[static_cast<std::size_t>(speed)], playback.loop});
  }
  if (button(painter, "loop", loop, texts::kLoop, playback.loop, can, texts::kLoopSpoken))
    view.actions.push_back(SetPlay{playback.speed, !playback.loop});
  rest.cut_top(kUnit);
}

}  // namespace loom
