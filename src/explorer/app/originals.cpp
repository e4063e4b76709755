#include "explorer/app/originals.h"

#include "explorer/app/guarded.h"
#include "explorer/texts/texts.h"

namespace loom {
namespace {

bool request(Download& download, bool again) {
  if (download != Download::none && !(again && download == Download::failed)) return false;
  download = Download::requested;
  return true;
}

// The button of the message asks again for what is looked at now.
void refuse(Explorer& explorer, Download& download, std::string words) {
  download = Download::failed;
  explorer.message = Message{text(words, texts::kOriginalsMissing),
                             LoadOriginals{{explorer.interaction.hovered, std::int64_t{explorer.state.image}},
                                           true,
                                           explorer.interaction.hovered_compared}};
}

PackDownload& pack_of(Explorer& explorer, std::size_t entry) {
  return explorer.packs[explorer.catalogue.at(entry).images];
}

}  // namespace

void request_originals(Explorer& explorer, const LoadedModel& model, std::span<const std::int64_t> images, bool again) {
  const std::optional<std::size_t> entry = find_entry(explorer, model.id);
  if (!entry || explorer.catalogue[*entry].images.empty()) return;
  const TestImages* found = originals_of(explorer, model);
  for (const std::int64_t n : images) {
    if (n < 0 || n >= model.file.test.size() || (found && found->has(static_cast<Index>(n)))) continue;
    PackDownload& pack = pack_of(explorer, *entry);
    if (pack.header != Download::loaded) {
      if (request(pack.header, again)) explorer.requests.push_back({Request::Kind::pack_header, *entry});
      return;
    }
    if (!found) return;  // the pack is of other images than this model's test set
    const std::size_t block = found->block_of(static_cast<Index>(n));
    if (request(pack.blocks[block], again)) explorer.requests.push_back({Request::Kind::pack_block, *entry, block});
  }
}

void receive_pack_header(Explorer& explorer, std::size_t entry, std::span<const std::byte> header) {
  PackDownload& pack = pack_of(explorer, entry);
  const std::string& file = explorer.catalogue[entry].images;
  const auto load = [&] {
    pack.images = TestImages(file, header);
    pack.blocks.assign(pack.images.pack()->blocks.size(), Download::none);
    pack.header = Download::loaded;
  };
  guarded(file, load, [&](std::string words) { refuse(explorer, pack.header, std::move(words)); });
}

void receive_pack_block(Explorer& explorer, std::size_t entry, std::size_t block, std::span<const std::byte> unpacked) {
  PackDownload& pack = pack_of(explorer, entry);
  if (block >= pack.blocks.size()) return;
  const auto load = [&] {
    pack.images.receive(block, unpacked);
    pack.blocks[block] = Download::loaded;
  };
  guarded(pack.images.name(), load, [&](std::string words) { refuse(explorer, pack.blocks[block], std::move(words)); });
}

void receive_pack_header_failure(Explorer& explorer, std::size_t entry, std::string_view reason) {
  refuse(explorer, pack_of(explorer, entry).header, text(explorer.catalogue[entry].images, ": ", reason));
}

void receive_pack_block_failure(Explorer& explorer, std::size_t entry, std::size_t block, std::string_view reason) {
  PackDownload& pack = pack_of(explorer, entry);
  if (block < pack.blocks.size()) refuse(explorer, pack.blocks[block], text(pack.images.name(), ": ", reason));
}

}  // namespace loom
