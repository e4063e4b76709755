#include <cmath>
#include <map>

#include "core/text.h"
#include "explorer/overlays/lattice.h"
#include "explorer/overlays/overlay.h"
#include "explorer/state/number_text.h"
#include "explorer/texts/legends.h"

namespace loom {
namespace {

constexpr float kWidestTile = 64;            // points on the screen
constexpr std::int32_t kBlock = 8;           // tiles along a side of one texture
constexpr std::size_t kMostTiles = 1600;      // enough for a very large window
constexpr std::size_t kMostBlocks = 400;     // kept in memory: 25,600 tiles, 20 MB of 28 x 28 bytes
constexpr Index kTileBatch = 4;                  // tiles decoded between two checks of the deadline
constexpr float kHomeTiles = 6;              // tiles of level 0 from the middle of the home view to its edge

// kBlock x kBlock neighbouring tiles of a level.
struct Block {
  std::vector<std::uint8_t> values;          // pixel rows of the whole block, from the top
  std::uint64_t present = 0;                 // bit per tile
  std::uint64_t serial = 0;
};

std::int32_t block_of(std::int32_t cell) { return cell >= 0 ? cell / kBlock : -((-cell + kBlock - 1) / kBlock); }

class Manifold : public OverlayLayer {
 public:
  bool work(const OverlayContext& context, Fields&, const Deadline& deadline) override {
    if (context.model.plane_serial != plane_serial_) {
      blocks_.clear();
      plane_serial_ = context.model.plane_serial;
      ++serial_;
    }
    lattice_ = Lattice(context.model.home.half / kHomeTiles);
    level_ = lattice_.level_for(context.view, context.plane, kWidestTile);
    std::vector<LatticeCell> missing;
    for (const LatticeCell& cell : lattice_.seen(context.view, context.plane, level_, kMostTiles))
      if (!has(cell)) missing.push_back(cell);
    if (blocks_.size() > kMostBlocks) forget_other_levels();
    for (std::size_t first = 0; first < missing.size(); first += kTileBatch) {
      if (first > 0 && deadline.passed()) return true;
      decode_tiles(context.model,
                   std::span(missing).subspan(first, std::min<std::size_t>(kTileBatch, missing.size() - first)));
    }
    return false;
  }

  void draw(const OverlayContext& context, const PlaneCanvas& canvas, Textures& textures) const override {
    const ImageShape& shape = context.model.file.model.spec.image;
    // Coarse levels first: they remain visible where finer tiles are still missing.
    for (const auto& [place, block] : blocks_) {
      if (place.level > level_ || place.level < level_ - 3) continue;
      const float side = lattice_.side(place.level);
      const Point low{static_cast<float>(place.x * kBlock) * side, static_cast<float>(place.y * kBlock) * side};
      const Point high = low + Point{kBlock * side, kBlock * side};
      const Point a = canvas.low(), b = canvas.high();
      if (high.x < a.x || low.x > b.x || high.y < a.y || low.y > b.y) continue;
      const Palette& colors = canvas.painter.colors();
      const std::string name = text("overlay tile ", context.model.id, ' ', place.level, ' ', place.x, ' ', place.y);
      canvas.image(textures.get(name, texture_serial(context.model, block.serial, colors.dark),
                                [&] { return pixels(block, shape, colors); }),
                   low, high);
    }
  }

  Legend legend(const OverlayContext& context) const override {
    Legend out;
    out.brief = texts::tile_width_brief(number_text(lattice_.side(level_), level_ > 2 ? 3 : 2));
    out.lines.push_back(texts::tile_width(number_text(lattice_.side(level_), level_ > 2 ? 3 : 2)));
    (void)context;
    return out;
  }

  std::uint64_t serial() const override { return serial_; }

 private:
  static LatticeCell block_place(const LatticeCell& cell) { return {cell.level, block_of(cell.x), block_of(cell.y)}; }
  static int bit(const LatticeCell& cell) {
    return (cell.y - kBlock * block_of(cell.y)) * kBlock + cell.x - kBlock * block_of(cell.x);
  }
  bool has(const LatticeCell& cell) const {
    const auto found = blocks_.find(block_place(cell));
    return found != blocks_.end() && (found->second.present >> bit(cell) & 1) != 0;
  }

  void forget_other_levels() {
    std::erase_if(blocks_,
                  [this](const auto& entry) { return entry.first.level < level_ - 1 || entry.first.level > level_; });
    if (blocks_.size() > kMostBlocks) blocks_.clear();
  }

  void decode_tiles(const LoadedModel& model, std::span<const LatticeCell> cells) {
    codes_.resize(static_cast<Index>(cells.size()), model.latent_dim());
    for (std::size_t i = 0; i < cells.size(); ++i)
      codes_.row(static_cast<Index>(i)) = model.plane.code(lattice_.middle(cells[i]));
    decode(model.file.model, codes_, workspace_, pictures_);
    for (std::size_t i = 0; i < cells.size(); ++i)
      put(cells[i], pictures_.row(static_cast<Index>(i)), model.file.model.spec.image);
    ++serial_;
  }

  void put(const LatticeCell& cell, const RowVector& picture, const ImageShape& shape) {
    Block& block = blocks_[block_place(cell)];
    const Index width = shape.width * kBlock;
    if (block.values.empty()) block.values.resize(static_cast<std::size_t>(width * shape.height * kBlock));
    const Index column = (cell.x - kBlock * block_of(cell.x)) * shape.width;
    const Index row = (kBlock - 1 - (cell.y - kBlock * block_of(cell.y))) * shape.height;  // z2 grows upwards
    for (Index y = 0; y < shape.height; ++y)
      for (Index x = 0; x < shape.width; ++x) {
        float sum = 0;
        for (Index c = 0; c < shape.channels; ++c)
          sum += static_cast<float>(picture[(c * shape.height + y) * shape.width + x]);
        const float value = unit_interval(sum / static_cast<float>(shape.channels));
        block.values[static_cast<std::size_t>((row + y) * width + column + x)] =
            static_cast<std::uint8_t>(255 * value + 0.5f);
      }
    block.present |= std::uint64_t{1} << bit(cell);
    block.serial = ++serial_;
  }

  // Opaque where there is a tile, so that it hides coarser ones.
  static Pixels pixels(const Block& block, const ImageShape& shape, const Palette& colors) {
    const auto width = static_cast<int>(shape.width * kBlock), height = static_cast<int>(shape.height * kBlock);
    Pixels out{{}, width, height};
    out.values.reserve(block.values.size());
    for (int y = 0; y < height; ++y)
      for (int x = 0; x < width; ++x) {
        const int tile = (kBlock - 1 - y / static_cast<int>(shape.height)) * kBlock + x / static_cast<int>(shape.width);
        const std::size_t at =
            static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x);
        const Color color = mixed(colors.plane, colors.pencil, static_cast<float>(block.values[at]) / 255);
        out.values.push_back((block.present >> tile & 1) != 0 ? color : colors.plane & 0x00ffffffu);
      }
    return out;
  }

  Lattice lattice_;
  std::int32_t level_ = 0;
  std::map<LatticeCell, Block> blocks_;  // by level first: coarse before fine
  std::uint64_t plane_serial_ = 0, serial_ = 1;
  Matrix codes_, pictures_;
  Workspace workspace_;
};

}  // namespace

std::unique_ptr<OverlayLayer> make_manifold() { return std::make_unique<Manifold>(); }

}  // namespace loom
