#include "explorer/session/training_requests.h"

#include <algorithm>

namespace loom {
namespace {

void ask_page(Session& session, TrainAsk ask) {
  session.requests.push_back({.kind = Request::Kind::training, .ask = ask});
}

void begin(Session& session, TrainAsk ask, const TrainChoice& choice, bool going_on) {
  if (session.training.is_starting()) return;
  session.training = {};
  session.training.phase = TrainPhase::loading;
  session.training.choice = choice;
  session.training.going_on = going_on;
  ask_page(session, ask);
}

// The network is that of the model, whatever is chosen.
TrainChoice going_on_choice(const TrainChoice& chosen, const LoadedModel& model) {
  TrainChoice choice = chosen;
  choice.variational = model.variational();
  choice.latent_dim = static_cast<std::uint8_t>(std::min<Index>(model.latent_dim(), 255));
  return choice;
}

// With the choice that the run was started with; only what changes at once is that of the state.
void begin_again(Session& session) {
  const TrainingRun& run = session.training;
  TrainChoice choice = run.choice;
  choice.beta = session.state.train.beta, choice.learning_rate = session.state.train.learning_rate;
  begin(session, TrainAsk::reset, choice, run.going_on);
}

}  // namespace

void request_training(Session& session, TrainAsk ask) {
  TrainingRun& run = session.training;
  switch (ask) {
    case TrainAsk::start:
    case TrainAsk::start_epoch:
    case TrainAsk::start_step:
      if (start_refusal(session).empty()) begin(session, ask, session.state.train, false);
      return;
    case TrainAsk::start_from:
      if (going_on_refusal(session).empty())
        begin(session, ask, going_on_choice(session.state.train, *session.model), true);
      return;
    case TrainAsk::reset:
      if (run.phase != TrainPhase::none && run.phase != TrainPhase::kept) begin_again(session);
      return;
    case TrainAsk::pause:
      if (run.phase == TrainPhase::running) ask_page(session, ask);
      return;
    case TrainAsk::go_on:
    case TrainAsk::epoch:
    case TrainAsk::step:
      if (run.phase == TrainPhase::paused) ask_page(session, ask);
      return;
    case TrainAsk::resume:
      if (run.phase != TrainPhase::kept) return;
      run.phase = TrainPhase::loading;
      return ask_page(session, ask);
    case TrainAsk::forget:
      if (run.phase != TrainPhase::kept) return;
      run = {};
      return ask_page(session, ask);
    case TrainAsk::save_weights:
    case TrainAsk::save_card:
    case TrainAsk::save_command:
      if (run.has_model) ask_page(session, ask);
      return;
    case TrainAsk::fork:
    case TrainAsk::copy:
    case TrainAsk::beta:
    case TrainAsk::learning_rate: return;
  }
}

void request_training_changes(Session& session, const TrainChoice& before) {
  const TrainChoice& now = session.state.train;
  const TrainingRun& run = session.training;
  if (!run.in_progress()) return;
  if (now.beta != before.beta && run.choice.variational) ask_page(session, TrainAsk::beta);
  // The usual rate of a model that the run goes on from is only known to the trainer.
  if (now.learning_rate != before.learning_rate && (now.learning_rate > 0 || !run.going_on))
    ask_page(session, TrainAsk::learning_rate);
}

}  // namespace loom
