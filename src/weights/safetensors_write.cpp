#include <set>

#include "core/error.h"
#include "core/json/json.h"
#include "weights/safetensors.h"

namespace loom {
namespace {

constexpr std::string_view kWhere = "write_safetensors";

// Widest type first; tensors of the same width keep their order.
std::vector<const TensorView*> in_file_order(std::span<const TensorView> tensors) {
  std::vector<const TensorView*> order;
  for (const std::uint64_t width : {8u, 4u, 2u, 1u})
    for (const TensorView& tensor : tensors)
      if (dtype_info(tensor.dtype).size == width) order.push_back(&tensor);
  return order;
}

void check_unique_names(std::span<const TensorView> tensors) {
  std::set<std::string_view> names;
  for (const TensorView& tensor : tensors) {
    if (!names.insert(tensor.name).second) fail(kWhere, ": found two tensors ", tensor.name, ", expected unique names");
  }
}

void check(const TensorView& tensor, const FileLimits& limits) {
  check_tensor_name(tensor.name, kWhere);
  const std::string where = text(kWhere, ": tensor ", tensor.name);
  const std::uint64_t size = tensor_byte_size(tensor.shape, tensor.dtype, limits, where);
  if (tensor.bytes.size() != size) {
    fail(where, ": found ", tensor.bytes.size(), " bytes, expected ", size, " for ", dtype_info(tensor.dtype).name, ' ',
         shape_text(tensor.shape));
  }
}

Json entry(const TensorView& tensor, std::uint64_t begin) {
  Json json;
  json.set("dtype", dtype_info(tensor.dtype).name);
  json.set("shape", Json::Array(tensor.shape.begin(), tensor.shape.end()));
  json.set("data_offsets", Json::Array{begin, begin + tensor.bytes.size()});
  return json;
}

// The header, padded so that the tensors begin at a multiple of 8 bytes and are aligned when the file is mapped.
std::string header_json(const Metadata& metadata, const std::vector<const TensorView*>& order,
                        const FileLimits& limits) {
  Json::Object header;
  if (!metadata.empty()) {
    Json::Object pairs;
    for (const auto& [key, value] : metadata) pairs.emplace_back(key, value);
    header.emplace_back("__metadata__", std::move(pairs));
  }
  std::uint64_t end = 0;
  for (const TensorView* tensor : order) {
    header.emplace_back(tensor->name, entry(*tensor, end));
    end += tensor->bytes.size();
    if (end > limits.bytes) fail(kWhere, ": found more than ", limits.bytes, " bytes of tensors");
  }
  std::string out = Json(std::move(header)).dump();
  out.resize((out.size() + 7) / 8 * 8, ' ');
  if (out.size() > kMaxHeaderBytes) {
    fail(kWhere, ": found a header of ", out.size(), " bytes, expected at most ", kMaxHeaderBytes);
  }
  return out;
}

}  // namespace

std::vector<std::byte> write_safetensors(const Metadata& metadata, std::span<const TensorView> tensors,
                                         const FileLimits& limits) {
  if (tensors.size() > kMaxTensors) {
    fail(kWhere, ": found ", tensors.size(), " tensors, expected at most ", kMaxTensors);
  }
  for (const TensorView& tensor : tensors) check(tensor, limits);
  check_unique_names(tensors);
  const std::vector<const TensorView*> order = in_file_order(tensors);
  const std::string header = header_json(metadata, order, limits);
  std::uint64_t size = 8 + header.size();
  for (const TensorView* tensor : order) size += tensor->bytes.size();
  if (size > limits.bytes) fail(kWhere, ": found ", size, " bytes, expected at most ", limits.bytes);

  std::vector<std::byte> out;
  out.reserve(static_cast<std::size_t>(size));
  for (unsigned shift = 0; shift < 64; shift += 8) {
    out.push_back(static_cast<std::byte>(std::uint64_t{header.size()} >> shift & 0xFF));
  }
  const auto header_bytes = std::as_bytes(std::span(header));
  out.insert(out.end(), header_bytes.begin(), header_bytes.end());
  for (const TensorView* tensor : order) out.insert(out.end(), tensor->bytes.begin(), tensor->bytes.end());
  return out;
}

}  // namespace loom
