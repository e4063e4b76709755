#include "cli/training/progress.h"

#include <unistd.h>

#include <cmath>
#include <cstdio>

#include "core/text.h"

namespace loom {
namespace {

constexpr double kRedrawSeconds = 0.2;

double seconds_between(std::chrono::steady_clock::time_point from, std::chrono::steady_clock::time_point to) {
  return std::chrono::duration<double>(to - from).count();
}

std::string duration_text(double seconds) {
  const auto whole = static_cast<long>(std::lround(seconds));
  if (whole < 60) return text(whole, " s");
  if (whole < 3600) return text(whole / 60, " min ", whole % 60, " s");
  return text(whole / 3600, " h ", whole / 60 % 60, " min");
}

std::string terms_text(const ElboSums& sums) {
  return text("reconstruction ", fixed_text(sums.mean_reconstruction(), 2), " kl ", fixed_text(sums.mean_kl(), 2),
              " negative_elbo ", fixed_text(sums.mean_negative_elbo(), 2));
}

}  // namespace

Progress::Progress(const Trainer& trainer)
    : trainer_(trainer),
      first_step_(trainer.state().step),
      start_(Clock::now()),
      last_line_(start_),
      last_save_(start_),
      terminal_(isatty(STDERR_FILENO) != 0) {}

double Progress::images_per_second() const {
  const double images = static_cast<double>((trainer_.state().step - first_step_) * trainer_.config().batch_size);
  return images / std::max(1e-9, seconds_between(start_, Clock::now()));
}

std::string Progress::time_left() const {
  const double done = static_cast<double>(trainer_.state().step - first_step_);
  const double left = static_cast<double>(trainer_.total_steps() - trainer_.state().step);
  return duration_text(seconds_between(start_, Clock::now()) / std::max(1.0, done) * left);
}

void Progress::tick() {
  const auto now = Clock::now();
  if (!terminal_ || seconds_between(last_line_, now) < kRedrawSeconds) return;
  last_line_ = now;
  const Index step = trainer_.state().step, per_epoch = trainer_.steps_per_epoch();
  std::fprintf(stderr, "\r\033[Kepoch %ld/%d  step %ld/%ld  negative_elbo %.1f  %.0f images/s  %s left",
               static_cast<long>(step / per_epoch + 1), trainer_.config().epochs, static_cast<long>(step % per_epoch),
               static_cast<long>(per_epoch), trainer_.state().running.mean_negative_elbo(), images_per_second(),
               time_left().c_str());
  std::fflush(stderr);
  line_shown_ = true;
}

void Progress::clear() {
  if (line_shown_) std::fputs("\r\033[K", stderr);
  line_shown_ = false;
}

std::string Progress::epoch_line() {
  clear();
  const EpochReport& report = trainer_.state().history.back();
  std::string line =
      text("epoch ", report.epoch, "/", trainer_.config().epochs, "  training ", terms_text(report.training));
  if (report.validation.images > 0) line += "  validation " + terms_text(report.validation);
  line += text("  ", static_cast<long>(report.training.images / report.seconds), " images/s");
  return trainer_.finished() ? line : line + text("  ", time_left(), " left");
}

double Progress::seconds_since_save() const { return seconds_between(last_save_, Clock::now()); }

}  // namespace loom
