// The explorer without its window: state, models and messages, and what happens to them.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "explorer/catalogue.h"
#include "explorer/loaded_model.h"
#include "explorer/readout.h"
#include "explorer/state.h"
#include "explorer/update.h"

namespace loom {

struct Message {
  std::string text;
  std::string retry;  // id of the model that can be asked for again; empty: none
};

struct Explorer {
  ExplorerState state;
  Interaction interaction;
  std::vector<CatalogueEntry> catalogue;
  std::vector<std::unique_ptr<LoadedModel>> models;  // one for each entry; null until it has come
  const LoadedModel* model = nullptr;                // the one that is shown
  std::optional<std::size_t> request;  // entry whose bytes the platform should get; it resets this
  std::optional<std::size_t> waiting;  // entry that was asked for and will be shown when it comes
  std::optional<Message> message;
  Reader reader;
  double progress = 0;            // of what is waited for, in [0, 1]
  bool system_dark = false;
  bool can_choose_files = false;  // the platform can ask for a file
  bool wants_file = false;        // it should now; it resets this

  bool dark() const { return state.theme == Theme::automatic ? system_dark : state.theme == Theme::dark; }
};

// Sets what can be chosen and asks for the model of the link, or the first.
void offer(Explorer& explorer, std::vector<CatalogueEntry> catalogue);

// The bytes of entry `index` have come. What is not sound becomes a message, and the model that is shown stays.
void receive(Explorer& explorer, std::size_t index, std::span<const std::byte> bytes);
void receive_failure(Explorer& explorer, std::size_t index, std::string_view reason);

// A file that somebody brought: checked, added to the catalogue and shown, or refused with a message.
void open_own_file(Explorer& explorer, std::string_view name, std::span<const std::byte> bytes);

// Someone changed the address: shows what it says.
void follow_link(Explorer& explorer, std::string_view link);

// One frame: answers to the input and looks at what is under z and under the pointer.
void advance(Explorer& explorer, const Input& input);

// What a screen reader should say now; empty while nothing is shown.
std::string spoken_text(const Explorer& explorer);

}  // namespace loom
