#include "explorer/session/session.h"

#include <algorithm>
#include <utility>

#include "core/text.h"
#include "explorer/model/provenance.h"
#include "explorer/texts/texts.h"

namespace loom {

HoveredMark hovered_mark(const Session& session) {
  const Interaction& at = session.interaction;
  if (session.model && at.hovered >= 0) return {session.model, static_cast<Index>(at.hovered), false};
  if (session.compared.model && at.hovered_compared >= 0)
    return {session.compared.model, static_cast<Index>(at.hovered_compared), true};
  return {};
}

bool takes_files(const Session& session) {
  if (session.awaited) return session.can_choose_files;
  return session.can_choose_files && !(is_locked(session.state, Lock::model) && is_locked(session.state, Lock::image));
}

namespace {

bool fits(const TestImages& images, const LoadedModel& model) {
  return images.size() > 0 && images.shape() == model.file.model.spec.image && images.size() == model.file.test.size();
}

const std::string& pack_file(const Session& session, const LoadedModel& model) {
  static const std::string none;
  const std::optional<std::size_t> entry = find_entry(session, model.id);
  return entry ? session.catalogue[*entry].images : none;
}

}  // namespace

const TestImages* originals_of(const Session& session, const LoadedModel& model) {
  if (model.id == kTrainedHere && fits(session.trained_images, model)) return &session.trained_images;
  const auto kept = session.kept_images.find(model.id);
  if (kept != session.kept_images.end()) return &kept->second;
  if (fits(session.visitor_images, model)) return &session.visitor_images;
  const auto pack = session.packs.find(pack_file(session, model));
  return pack != session.packs.end() && fits(pack->second.images, model) ? &pack->second.images : nullptr;
}

bool has_originals(const Session& session, const LoadedModel& model) {
  if (originals_of(session, model)) return true;
  const std::string& file = pack_file(session, model);
  if (file.empty()) return false;
  const auto pack = session.packs.find(file);
  return pack == session.packs.end() || pack->second.header != Download::failed;
}

const CatalogueEntry* shipped_like_run(const Session& session) {
  const TrainChoice& choice = session.training.choice;
  if (choice.data == TrainData::own || choice.leave_out >= 0 || choice.only >= 0) return nullptr;
  const std::string_view dataset = choice.data == TrainData::digits ? "mnist" : "fashion-mnist";
  const CatalogueEntry* found = nullptr;
  for (const CatalogueEntry& entry : session.catalogue) {
    if (!entry.loss || entry.loss->dataset != dataset || entry.loss->variational != choice.variational) continue;
    if (entry.loss->latent_dim == choice.latent_dim) return &entry;
    if (!found) found = &entry;
  }
  return found;
}

std::string_view training_refusal(const Session& session) {
  if (!session.is_page) return texts::kTrainsInPages;
  if (!session.can_train) return texts::kNoTrainingImages;
  return is_locked(session.state, Lock::model) ? texts::kModelIsFixed : std::string_view();
}

std::string_view start_refusal(const Session& session) {
  const bool missing = session.state.train.data == TrainData::own && session.own_images.count == 0;
  return missing ? texts::kNoOwnImages : std::string_view();
}

std::string_view going_on_refusal(const Session& session) {
  if (const std::string_view refusal = start_refusal(session); !refusal.empty()) return refusal;
  if (!session.model) return texts::kNothingToGoOnFrom;
  const ModelSpec& spec = session.model->file.model.spec;
  if (!was_trained_in_steps(spec.provenance)) return texts::kNothingToGoOnFrom;
  ImageShape shape = find_dataset("fashion-mnist")->shape;  // that of both packs
  if (session.state.train.data == TrainData::own)
    shape = {1, static_cast<Index>(session.own_images.height), static_cast<Index>(session.own_images.width)};
  return spec.image == shape ? std::string_view() : texts::kOtherImageSize;
}

std::string training_request_text(const Session& session, TrainAsk ask) {
  const TrainingRun& run = session.training;
  switch (ask) {
    case TrainAsk::start:
    case TrainAsk::start_epoch:
    case TrainAsk::start_step:
    case TrainAsk::start_from:
    case TrainAsk::reset: return training_settings(run.choice, session.own_images, run.going_on);
    case TrainAsk::beta: return text(session.state.train.beta);
    case TrainAsk::learning_rate: {
      TrainChoice choice = run.choice;
      choice.learning_rate = session.state.train.learning_rate;
      return text(learning_rate_of(choice));
    }
    default: return {};
  }
}

const Replay* replay_of(const Session& session) {
  if (!session.model) return nullptr;
  const auto found = session.replays.find(session.model->id);
  return found == session.replays.end() ? nullptr : &found->second;
}

std::size_t frame_of(const Session& session, const Replay& replay) {
  const std::size_t last = replay.frames() - 1;
  return session.state.frame < 0 ? last : std::min(last, static_cast<std::size_t>(session.state.frame));
}

std::optional<std::size_t> find_entry(const Session& session, std::string_view id) {
  for (std::size_t i = 0; i < session.catalogue.size(); ++i)
    if (session.catalogue[i].id == id) return i;
  return std::nullopt;
}

std::string button_of(const Session& session, const Message& message) {
  if (session.awaited && asks_for_file(message)) return texts::open_file(session.awaited->state.file);
  return std::string(texts::kTryAgain);
}

const ExplorerState& linked_state(const Session& session) {
  if (session.awaited && !session.awaited->left) return session.awaited->state;
  return session.pending ? session.pending->state : session.state;
}

std::vector<Request> take_requests(Session& session) { return std::exchange(session.requests, {}); }

}  // namespace loom
