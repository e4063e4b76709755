// The explorer without its window: state, models and messages, and what happens to them.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "explorer/app/companion.h"
#include "explorer/app/update.h"
#include "explorer/model/catalogue.h"
#include "explorer/model/loaded_model.h"
#include "explorer/model/readout.h"
#include "explorer/model/replay.h"
#include "explorer/model/subject.h"
#include "explorer/overlays/overlay.h"
#include "explorer/state/state.h"
#include "explorer/tools/tool.h"

namespace loom {

struct Message {
  std::string text;
  std::string retry;  // id of the model that can be asked for again; empty: none
};

// The picture at z, while the rest of the first model's file is still on its way.
struct Preview {
  ImageShape shape;
  Picture picture;
};

struct Explorer {
  ExplorerState state;
  Interaction interaction;
  std::vector<CatalogueEntry> catalogue;
  std::vector<std::unique_ptr<LoadedModel>> models;  // one for each entry; null until it has come
  const LoadedModel* model = nullptr;                // the one that is shown
  std::optional<Preview> preview;                    // before there is one
  std::optional<std::size_t> request;  // entry whose bytes the platform should get; it resets this
  std::optional<std::size_t> waiting;  // entry that was asked for and will be shown when it comes
  std::optional<Message> message;
  Reader reader;
  SubjectKeeper subject;
  OwnPicture own;                      // drawn, dropped or pasted
  OwnSet set;                          // originals of the test set, brought by somebody
  Study study;
  Companion other;
  std::unique_ptr<ToolLayer> tool;     // of state.tool
  std::size_t tool_row = 0;            // which one that is
  std::vector<bool> asked;             // entries whose bytes were asked for and did not fail
  std::map<std::string, Replay, std::less<>> replays;  // by model
  std::optional<std::size_t> replay_request;           // entry whose replay the platform should get; it resets this
  std::vector<bool> replay_asked;
  double progress = 0;            // of what is waited for, in [0, 1]
  bool system_dark = false;
  bool can_choose_files = false;  // the platform can ask for a file
  bool has_page_controls = false;  // the page lays a button of its own into the header
  bool wants_file = false;        // it should now; it resets this
  bool can_share = false;         // the platform has a share dialog
  bool wants_share = false;       // it should open it now; it resets this

  // Somebody may bring a picture or a model.
  bool takes_files() const {
    return can_choose_files && !(is_locked(state, Lock::model) && is_locked(state, Lock::image));
  }
  bool dark() const { return state.theme == Theme::automatic ? system_dark : state.theme == Theme::dark; }
};

// Sets what can be chosen and asks for the model of the link, or the first.
void offer(Explorer& explorer, std::vector<CatalogueEntry> catalogue);

// The bytes of entry `index` have come. What is not sound becomes a message, and the model that is shown stays.
void receive(Explorer& explorer, std::size_t index, std::span<const std::byte> bytes);
void receive_failure(Explorer& explorer, std::size_t index, std::string_view reason);

// The first bytes of an entry's file have come, as many as the decoder needs or more. Does nothing unless the first
// model is waited for. Throws Error for what cannot be the start of such a file.
void receive_start(Explorer& explorer, std::size_t index, std::span<const std::byte> bytes);

// The same for the entry's training replay.
void receive_replay(Explorer& explorer, std::size_t index, std::span<const std::byte> bytes);
void receive_replay_failure(Explorer& explorer, std::size_t index, std::string_view reason);
// Asks for an entry's replay once, if it has one.
void want_replay(Explorer& explorer, std::size_t index);
// Asks for a model without showing it.
void want_model(Explorer& explorer, std::size_t index);

std::optional<std::size_t> find_entry(const Explorer& explorer, std::string_view id);

// Any file that somebody brought, told apart by its content: a model, or pictures of a data set.
void open_any_file(Explorer& explorer, std::string_view name, std::span<const std::byte> bytes);

// A picture that somebody brought: grey values, 0 black to 255 white, rows from the top. It becomes the subject.
void open_own_picture(Explorer& explorer, std::string_view name, std::span<const std::uint8_t> grey, Index width,
                      Index height);

// A file of weights that somebody brought: checked, added to the catalogue and shown, or refused with a message.
void open_own_file(Explorer& explorer, std::string_view name, std::span<const std::byte> bytes);

// Someone changed the address: shows what it says.
void follow_link(Explorer& explorer, std::string_view link);

// One frame: answers to the input and looks at what is under z and under the pointer.
void advance(Explorer& explorer, const Input& input);

// One slice of what overlays and tools have to work out for what is seen. True while there is more.
bool work(Explorer& explorer, const Input& input, const Deadline& deadline);

// What the overlay that is shown draws for: the model's own plane, or the one it is compared with.
Sight sight_of(const Explorer& explorer, const Rect& plane);
Sight other_sight_of(const Explorer& explorer, const Rect& plane);
const OverlayLayer* layer_of(const Explorer& explorer, const Study& study);  // null: none, or not this model

}  // namespace loom
