#include "cli/replay.h"

#include <filesystem>

#include "core/error.h"
#include "core/files/file.h"
#include "core/json/json_item.h"
#include "weights/safetensors.h"

namespace loom {
namespace {

constexpr std::uint64_t kMaxRecordBytes = 64 << 20;

const TensorView& tensor(const TensorFile& file, const std::string& path, std::string_view name, std::size_t rank) {
  const TensorView* found = file.find(name);
  if (!found) fail(path, ": has no tensor ", name);
  if (found->shape.size() != rank)
    fail(path, ": ", name, " is ", shape_text(found->shape), ", expected ", rank, " dimensions");
  if (!all_finite(*found)) fail(path, ": ", name, " has numbers that are not finite");
  return *found;
}

std::vector<EpochLoss> losses_of(const TensorView& history, const std::string& path) {
  const Index columns = history.shape[1];
  if (columns != 2 && columns != 4)
    fail(path, ": ", history.name, " is ", shape_text(history.shape), ", expected 2 or 4 columns");
  const std::vector<float> values = to_floats(history);
  std::vector<EpochLoss> out;
  for (Index row = 0; row < history.shape[0]; ++row) {
    const auto at = [&](Index column) { return double{values[static_cast<std::size_t>(row * columns + column)]}; };
    EpochLoss loss{static_cast<double>(row + 1), at(0), at(1), {}, {}};
    if (columns == 4) loss.validation_reconstruction = at(2), loss.validation_kl = at(3);
    out.push_back(loss);
  }
  return out;
}

std::vector<EpochLoss> losses_of_record(const std::string& path) {
  const std::vector<std::byte> bytes = read_file(path, kMaxRecordBytes);
  std::string_view rest(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  std::vector<EpochLoss> out;
  for (Index number = 1; !rest.empty(); ++number) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    if (line.empty()) continue;
    const std::string where = text(path, ": line ", number);
    const Json json = parse_json(line, where);
    const JsonItem item(json, where);
    if (item.at("event").string() != "epoch") continue;
    const JsonItem training = item.at("training");
    EpochLoss loss{
        item.at("epoch").number(), training.at("reconstruction").number(), training.at("kl").number(), {}, {}};
    if (const auto validation = item.find("validation")) {
      loss.validation_reconstruction = validation->at("reconstruction").number();
      loss.validation_kl = validation->at("kl").number();
    }
    out.push_back(loss);
  }
  return out;
}

}  // namespace

std::string replay_path(const std::string& weights) {
  return std::filesystem::path(weights).replace_extension(".replay.safetensors").string();
}

std::string record_path(const std::string& weights) {
  return std::filesystem::path(weights).replace_extension(".jsonl").string();
}

std::optional<ReplayFile> read_replay(const std::string& path) {
  if (!std::filesystem::exists(path)) return std::nullopt;
  const std::vector<std::byte> bytes = read_file(path, kMaxWeightFileBytes);
  const TensorFile file = read_safetensors(bytes, path);
  const TensorView& mu = tensor(file, path, "aux.replay.mu", 3);
  const TensorView& epoch = tensor(file, path, "aux.replay.epoch", 1);
  const TensorView& label = tensor(file, path, "aux.replay.label", 1);
  const Index frames = mu.shape[0], images = mu.shape[1], dimensions = mu.shape[2];
  if (frames < 1 || images < 1 || dimensions < 1 || epoch.shape[0] != frames || label.shape[0] != images)
    fail(path, ": aux.replay.mu is ", shape_text(mu.shape), ", with aux.replay.epoch ", shape_text(epoch.shape),
         " and aux.replay.label ", shape_text(label.shape));
  if (label.dtype != DType::u8) fail(path, ": aux.replay.label must be U8");
  ReplayFile out;
  const std::vector<float> codes = to_floats(mu);
  for (Index frame = 0; frame < frames; ++frame) {
    Matrix code(images, dimensions);
    for (Index i = 0; i < code.size(); ++i)
      code.data()[i] = static_cast<Scalar>(codes[static_cast<std::size_t>(frame * code.size() + i)]);
    out.codes.push_back(std::move(code));
  }
  for (const float value : to_floats(epoch)) out.epochs.push_back(double{value});
  for (const std::byte value : label.bytes) out.labels.push_back(static_cast<std::uint8_t>(value));
  if (file.find("aux.replay.history")) out.losses = losses_of(tensor(file, path, "aux.replay.history", 2), path);
  return out;
}

std::vector<EpochLoss> read_losses(const std::string& weights) {
  if (std::filesystem::exists(record_path(weights))) return losses_of_record(record_path(weights));
  if (std::optional<ReplayFile> replay = read_replay(replay_path(weights))) return std::move(replay->losses);
  fail(weights, ": there is no record of its training beside it, neither ", record_path(weights), " nor ",
       replay_path(weights));
}

}  // namespace loom
