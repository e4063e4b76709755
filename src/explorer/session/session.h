// The data of the explorer: the state, the models and what was computed about them. Overlays, tools and panels read it;
// only app/update.cpp changes the state.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "explorer/model/catalogue.h"
#include "explorer/model/fields.h"
#include "explorer/model/images/input_image.h"
#include "explorer/model/images/test_images.h"
#include "explorer/model/loaded_model.h"
#include "explorer/model/readout.h"
#include "explorer/model/replay.h"
#include "explorer/model/training/dot_motion.h"
#include "explorer/session/compared_model.h"
#include "explorer/session/download.h"
#include "explorer/session/history.h"
#include "explorer/session/playback.h"
#include "explorer/session/training_run.h"
#include "explorer/state/action.h"
#include "explorer/state/state.h"

namespace loom {

// The original images of a catalogue entry's test set, as far as they have been downloaded.
struct PackDownload {
  Download header = Download::none;
  std::vector<Download> blocks;  // none before the header has arrived
  TestImages images;
};

struct Message {
  std::string text;
  std::optional<Action> retry;  // what the button does; none: no button
};

// The image at z, while the rest of the first model's file is still being downloaded.
struct Preview {
  ImageShape shape;
  Picture picture;
};

// An overlay that the visitor has just opened. It may zoom to what it shows, unless something else has moved the view.
struct OpenedOverlay {
  std::size_t overlay = 0;
  Point z;
  std::optional<View> view;
};

// Interaction with the plane that persists between frames but is not in the link.
struct Interaction {
  bool placing = false;  // z follows the pointer
  Point z_before;  // z when placing began
  std::int64_t hovered = -1;  // the mark under the pointer, an index into LoadedModel::mu; -1: none
  std::int64_t hovered_compared = -1;  // the same on the second plane of a comparison
  std::uint64_t hovered_press = 0;  // the press of a finger that was held for it; 0: none
  int held_pin = -1;  // 0 or 1: the pointer moves this pin instead of z; -1: none
  bool wants_shape = false;  // the next drag on the plane draws a shape instead of moving z
  bool drawing_shape = false;
  std::vector<Point> shape;  // its corners on the plane, in order; empty: none
  std::uint64_t shape_serial = 0;  // grows when it changes
  std::optional<OpenedOverlay> opened;
};

// The complete state of a link whose model is still being loaded.
struct PendingState {
  std::size_t entry = 0;
  ExplorerState state;
};

// The state of a link whose model is in a file that the visitor has not opened yet.
struct AwaitedFile {
  ExplorerState state;
  bool left = false;  // the visitor has changed what is shown instead
};

// The map of the frame of the training replay that is shown, if it is not the last frame. All that the explorer says
// about the marks is then computed from it; what needs the network of that time is not shown (app/replayed_map.h).
struct ReplayedMap {
  std::shared_ptr<LoadedModel> map;  // null: the trained model's marks are shown
  const LoadedModel* trained = nullptr;  // of this model, on the plane with this serial
  std::uint64_t plane_serial = 0;
  std::size_t frame = 0;
};

class Session {
 public:
  Session() = default;
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  const ExplorerState& state = state_;
  std::optional<PendingState> pending;
  std::optional<AwaitedFile> awaited;
  Interaction interaction;
  History history;
  std::uint32_t jumps = 0;  // how often the visitor went somewhere that the browser's Back returns from
  std::vector<CatalogueEntry> catalogue;
  std::vector<std::unique_ptr<LoadedModel>> models;  // one per entry of the catalogue; null until loaded
  std::vector<EntryDownloads> downloads;  // one per entry
  std::vector<Request> requests;  // for the platform, which calls take_requests
  const LoadedModel* model = nullptr;  // the one that is shown
  std::optional<Preview> preview;  // before the first model has been loaded
  std::optional<std::size_t> waiting;  // the entry that will be shown when it has been loaded
  double progress = 0;  // of that download, in [0, 1]
  std::optional<Message> message;
  std::size_t withdrawn_overlay = 0;  // that the model shown cannot have, but another had (kept_overlay.h); 0: none
  PointDecoder decoder;
  InputImageTracker input;
  VisitorImage visitor_image;  // drawn, dropped or pasted
  std::uint64_t linked_image = 0;  // the serial of the one that state.drawing was made from
  std::string linked_drawing;  // state.drawing then
  std::uint64_t followed_image = 0;  // the serial of the one that the ring went to
  TestImages visitor_images;  // originals of the test set, opened by the visitor
  TestImages opened_pack;  // the same, while they are being read
  std::map<std::string, PackDownload, std::less<>> packs;  // by the file in the catalogue
  DerivedFields derived;
  ComparedModel compared;
  Picture hovered_original;  // of the mark under the pointer, on either plane; no pixels while it is not there
  std::map<std::string, Replay, std::less<>> replays;  // by model id
  ReplayedMap replayed;
  Playback playback;
  std::uint64_t replayed_maps = 0;  // made so far
  bool system_dark = false;
  bool can_choose_files = false;  // the platform has a file dialog
  bool has_page_controls = false;  // the page places its own button in the header
  bool can_share = false;  // the platform has a share dialog
  bool has_lesson = false;  // the course is beside the page
  bool welcome = false;  // the first visit: a card says what this is, until the ring is moved
  std::optional<ExplorerState> before_tour;  // what was shown before the visitor began the tour
  bool is_page = false;  // the platform is a web page
  bool can_train = false;  // the page has images to train on
  TrainingRun training;
  TrainImages own_images;  // that the visitor opened to train on
  TestImages trained_images;  // the images that the dots of the trained model stand for
  std::map<std::string, TestImages, std::less<>> kept_images;  // the same for copies of it, by model id
  std::shared_ptr<LoadedModel> retired;  // of the model that is trained, the one before: caches compare addresses
  DotMotion motion;  // of the marks of the model that is trained
  std::uint64_t moving_serial = 0;  // the projection_serial of the model whose marks they are
  bool reduced_motion = false;  // the system asks for it

  bool dark() const { return state.theme == Theme::automatic ? system_dark : state.theme == Theme::dark; }

 private:
  friend class StateWriter;  // app/update.cpp
  ExplorerState state_;
};

// The mark under the pointer, on either plane of a comparison.
struct HoveredMark {
  const LoadedModel* model = nullptr;  // null: there is none
  Index n = 0;  // into its test set
  bool compared = false;  // on the second plane
};
HoveredMark hovered_mark(const Session& session);

// Whether the visitor may open an image or a model.
bool takes_files(const Session& session);

// The original images of the model's test set: opened by the visitor, from the pack in the catalogue or, for a model
// that was trained here, from the page; null if there are none or the pack's header has not arrived.
const TestImages* originals_of(const Session& session, const LoadedModel& model);

// Whether the originals are there or can be downloaded.
bool has_originals(const Session& session, const LoadedModel& model);

// The model of the catalogue to compare the loss of the training run with: of the same data and kind and, if there is
// one, with as many latent dimensions; null if none is known, and for a run on other images or on some classes only.
const CatalogueEntry* shipped_like_run(const Session& session);

// Why nothing can be trained here, as a sentence; empty: it can.
std::string_view training_refusal(const Session& session);

// Why training cannot begin with the current choice, as a sentence; empty: it can.
std::string_view start_refusal(const Session& session);
// Why it cannot go on from the model that is shown; empty: it can.
std::string_view going_on_refusal(const Session& session);

// What a request about the training run says beside its name: the settings, a new value, or nothing.
std::string training_request_text(const Session& session, TrainAsk ask);

// The training replay of the model that is shown; null while it is not there.
const Replay* replay_of(const Session& session);
// The frame of it that the state names.
std::size_t frame_of(const Session& session, const Replay& replay);

// The catalogue entry with this id.
std::optional<std::size_t> find_entry(const Session& session, std::string_view id);

// Whether the message is about the file that the link needs, with a button that opens it.
inline bool asks_for_file(const Message& message) {
  return message.retry && std::holds_alternative<ChooseFile>(*message.retry);
}
// The words of the message's button.
std::string button_of(const Session& session, const Message& message);

// The state for links and the host page. While the model of the last link is still being loaded, or its file has not
// been opened, it is that link's state.
const ExplorerState& linked_state(const Session& session);

// Returns the pending requests in order and removes them. The platform must answer each (app/downloads.h).
std::vector<Request> take_requests(Session& session);

}  // namespace loom
