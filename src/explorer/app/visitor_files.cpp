#include "explorer/app/visitor_files.h"

#include <algorithm>
#include <utility>

#include "explorer/app/guarded.h"
#include "explorer/app/update.h"
#include "explorer/model/provenance.h"
#include "explorer/session/moments.h"
#include "explorer/texts/texts.h"
#include "weights/foreign_file.h"

namespace loom {
namespace {

void refuse(Explorer& explorer, std::string words) {
  explorer.message = Message{std::move(words), std::nullopt};
  if (explorer.awaited) explorer.message->retry = ChooseFile{};
}

void refuse_locked(Explorer& explorer, std::string_view name) { refuse(explorer, text(name, texts::kLockedByAuthor)); }

// Opens the tool that shows the opened file or image.
void open_tool(Explorer& explorer, std::string_view key) { apply(explorer, ChooseTool{std::string(key)}); }

// Throws Error unless these can be the originals of the test set of the model that is shown.
void check_originals(const Explorer& explorer, const TestImages& set) {
  if (!explorer.model) return;
  const ImageShape& shape = explorer.model->file.model.spec.image;
  const Index encoded = explorer.model->file.test.size();
  if (set.shape() != shape)
    fail(set.name(), ": images of ", image_shape_text(set.shape()), ", this model has ", image_shape_text(shape));
  if (set.size() != encoded)
    fail(set.name(), ": ", set.size(), " images, but this model's file has ", encoded,
         " encoded ones: they must be the same test set");
}

void use_originals(Explorer& explorer, TestImages set) {
  check_originals(explorer, set);
  explorer.visitor_images = std::move(set);
  const std::size_t gestures = explorer.history.count();
  apply(explorer, SelectImage{std::max(0, explorer.state.image)});
  open_tool(explorer, "image");
  explorer.history.join(gestures);
}

// Loads the file into the catalogue. One of the same name takes the place of the one before, whose memory is released.
// Returns its entry.
std::size_t add_model(Explorer& explorer, std::string_view name, std::span<const std::byte> bytes) {
  const auto same = [&](const CatalogueEntry& entry) { return entry.own && entry.file == name; };
  const auto before = std::ranges::find_if(explorer.catalogue, same);
  const bool again = before != explorer.catalogue.end();
  CatalogueEntry entry = again ? *before : visitor_file_entry(name, explorer.catalogue);
  auto model = std::make_unique<LoadedModel>(load_for_explorer(bytes, name, entry.id));
  entry.denoises = was_trained_to_denoise(model->file.model.spec.provenance);
  entry.own = true;
  if (again) {
    const auto at = static_cast<std::size_t>(before - explorer.catalogue.begin());
    *before = std::move(entry);
    adopt_trained(explorer, at, std::move(model), false);
    return at;
  }
  explorer.catalogue.push_back(std::move(entry));
  explorer.models.push_back(std::move(model));
  explorer.downloads.push_back({.model = Download::loaded});
  return explorer.catalogue.size() - 1;
}

}  // namespace

void open_visitor_file(Explorer& explorer, std::string_view name, std::span<const std::byte> bytes) {
  const bool first = explorer.model == nullptr, linked = explorer.awaited.has_value();
  const std::size_t gestures = explorer.history.count();
  const auto open = [&] {
    refuse_foreign_file(bytes, name);
    const std::size_t opened = add_model(explorer, name, bytes);
    if (linked) explorer.pending = PendingState{opened, std::exchange(explorer.awaited, std::nullopt)->state};
    show_model(explorer, opened);
  };
  if (guarded(name, open, [&](std::string words) {
        if (explorer.model) words += texts::kStillTheOldModel;
        refuse(explorer, std::move(words));
      }))
    if (!first && !linked) open_tool(explorer, "model"), explorer.history.join(gestures);
}

void open_any_file(Explorer& explorer, std::string_view name, std::span<const std::byte> bytes) {
  const bool images = is_idx_of_images(bytes);
  // Its author has locked the model, but it is the author's link that asks for this file.
  if (is_locked(explorer.state, images ? Lock::image : Lock::model) && (images || !explorer.awaited))
    return refuse_locked(explorer, name);
  if (!images) return open_visitor_file(explorer, name, bytes);
  guarded(
      name, [&] { use_originals(explorer, read_visitor_images(bytes, name)); },
      [&](std::string words) { refuse(explorer, std::move(words)); });
}

void open_pack_header(Explorer& explorer, std::string_view name, std::span<const std::byte> header) {
  explorer.opened_pack = {};
  if (is_locked(explorer.state, Lock::image)) return refuse_locked(explorer, name);
  const auto open = [&] {
    TestImages images(std::string(name), header);
    check_originals(explorer, images);
    explorer.opened_pack = std::move(images);
  };
  guarded(name, open, [&](std::string words) { refuse(explorer, std::move(words)); });
}

void open_pack_block(Explorer& explorer, std::size_t block, std::span<const std::byte> unpacked) {
  TestImages& pack = explorer.opened_pack;
  if (!pack.pack()) return;  // it was refused
  if (is_locked(explorer.state, Lock::image)) {  // since its header was read
    const std::string name = std::exchange(pack, {}).name();
    return refuse_locked(explorer, name);
  }
  const auto open = [&] {
    pack.receive(block, unpacked);
    if (pack.complete()) use_originals(explorer, std::exchange(pack, {}));
  };
  const std::string name = pack.name();
  guarded(name, open, [&](std::string words) {
    pack = {};
    refuse(explorer, std::move(words));
  });
}

void open_visitor_image(Explorer& explorer, std::string_view name, std::span<const std::uint8_t> grey, Index width,
                        Index height) {
  if (!explorer.model) return;
  if (is_locked(explorer.state, Lock::image)) return refuse_locked(explorer, name);
  const auto open = [&] {
    Matrix pixels = fitted_image(grey, width, height, explorer.model->file.model.spec.image, name);
    const std::size_t gestures = explorer.history.count();
    const Moment before = moment_of(explorer);
    VisitorImage& own = explorer.visitor_image;
    own = {std::string(name), std::move(pixels), own.serial + 1, std::nullopt};
    explorer.history.record(before, moment_of(explorer), {});
    if (!tools()[explorer.state.tool].uses_input) open_tool(explorer, "image");
    explorer.history.join(gestures);
  };
  guarded(name, open, [&](std::string words) { refuse(explorer, std::move(words)); });
}

}  // namespace loom
