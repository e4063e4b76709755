#include "explorer/app/visitor_files.h"

#include "explorer/app/guarded.h"
#include "explorer/app/update.h"
#include "explorer/model/provenance.h"
#include "explorer/texts/texts.h"

namespace loom {
namespace {

void refuse(Explorer& explorer, std::string words) { explorer.message = Message{std::move(words), std::nullopt}; }

void refuse_locked(Explorer& explorer, std::string_view name) { refuse(explorer, text(name, texts::kLockedByAuthor)); }

// Opens the tool that shows the opened file or image.
void open_tool(Explorer& explorer, std::string_view key) { apply(explorer, ChooseTool{std::string(key)}); }

}  // namespace

void open_visitor_file(Explorer& explorer, std::string_view name, std::span<const std::byte> bytes) {
  const bool first = explorer.model == nullptr;
  const auto open = [&] {
    CatalogueEntry entry = visitor_file_entry(name, explorer.catalogue);
    auto model = std::make_unique<LoadedModel>(load_for_explorer(bytes, name, entry.id));
    entry.denoises = was_trained_to_denoise(model->file.model.spec.provenance);
    explorer.catalogue.push_back(std::move(entry));
    explorer.models.push_back(std::move(model));
    explorer.downloads.push_back({.model = Download::loaded});
    show_model(explorer, explorer.catalogue.size() - 1);
  };
  if (guarded(name, open, [&](std::string words) {
        if (explorer.model) words += texts::kStillTheOldModel;
        refuse(explorer, std::move(words));
      }))
    if (!first) open_tool(explorer, "model");
}

void open_any_file(Explorer& explorer, std::string_view name, std::span<const std::byte> bytes) {
  if (is_locked(explorer.state, is_idx_of_images(bytes) ? Lock::image : Lock::model))
    return refuse_locked(explorer, name);
  if (!is_idx_of_images(bytes)) return open_visitor_file(explorer, name, bytes);
  const auto open = [&] {
    VisitorImages set = read_visitor_images(bytes, name);
    if (explorer.model && set.shape != explorer.model->file.model.spec.image)
      fail(name, ": images of ", image_shape_text(set.shape), ", this model has ",
           image_shape_text(explorer.model->file.model.spec.image));
    if (explorer.model && set.size() != explorer.model->file.test.size())
      fail(name, ": ", set.size(), " images, but this model's file has ", explorer.model->file.test.size(),
           " encoded ones: they must be the same test set");
    set.serial = explorer.visitor_images.serial + 1;
    explorer.visitor_images = std::move(set);
    apply(explorer, SelectImage{std::max(0, explorer.state.image)});
    open_tool(explorer, "image");
  };
  guarded(name, open, [&](std::string words) { refuse(explorer, std::move(words)); });
}

void open_visitor_image(Explorer& explorer, std::string_view name, std::span<const std::uint8_t> grey, Index width,
                        Index height) {
  if (!explorer.model) return;
  if (is_locked(explorer.state, Lock::image)) return refuse_locked(explorer, name);
  const auto open = [&] {
    explorer.visitor_image.pixels = fitted_image(grey, width, height, explorer.model->file.model.spec.image, name);
    explorer.visitor_image.name = name;
    ++explorer.visitor_image.serial;
    if (!tools()[explorer.state.tool].uses_input) open_tool(explorer, "image");
  };
  guarded(name, open, [&](std::string words) { refuse(explorer, std::move(words)); });
}

}  // namespace loom
