// Requests of the explorer to the platform, and the state of the downloads of a catalogue entry.
#pragma once

#include <cstddef>
#include <cstdint>

#include "explorer/state/action.h"
#include "explorer/state/train_choice.h"

namespace loom {

struct Request {
  enum class Kind : std::uint8_t {
    model,
    replay,
    pack_header,
    pack_block,
    choose_file,
    share,
    find,
    film,
    lesson,
    welcomed,
    save,
    training
  };
  Kind kind = Kind::model;
  std::size_t entry = 0;  // of the catalogue: whose model, replay or data pack
  std::size_t block = 0;  // of the pack
  SaveFile file = {};     // to save
  std::string text = {};  // to begin the search with
  TrainAsk ask = TrainAsk::start;  // of the training run

  bool operator==(const Request&) const = default;
};

// A failed download is retried only on the visitor's request.
enum class Download : std::uint8_t { none, requested, failed, loaded };

struct EntryDownloads {
  Download model = Download::none, replay = Download::none;
};

}  // namespace loom
