#include "cli/waiting.h"

#include <unistd.h>

#include <cstdio>
#include <utility>

namespace loom {
namespace {

constexpr std::chrono::milliseconds kPatience{1000}, kRedraw{200};

}  // namespace

Waiting::Waiting(std::string what)
    : what_(std::move(what)), terminal_(isatty(STDERR_FILENO) != 0), next_(Clock::now() + kPatience) {}

Waiting::~Waiting() {
  if (shown_) std::fputs("\r\033[K", stderr);
}

void Waiting::done(Index steps, Index total) {
  const Index now_done = done_ += steps;
  if (!terminal_) return;
  const std::unique_lock lock(drawing_, std::try_to_lock);  // another thread is already drawing
  if (!lock || Clock::now() < next_) return;
  next_ = Clock::now() + kRedraw;
  shown_ = true;
  std::fprintf(stderr, "\r\033[K%s: %ld of %ld", what_.c_str(), static_cast<long>(now_done), static_cast<long>(total));
  std::fflush(stderr);
}

OnProgress Waiting::on_progress() {
  return [this](Index steps, Index total) { done(steps, total); };
}

}  // namespace loom
