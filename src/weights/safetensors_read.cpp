#include <algorithm>
#include <set>
#include <tuple>

#include "core/error.h"
#include "core/json/json_item.h"
#include "weights/safetensors.h"

namespace loom {
namespace {

constexpr std::size_t kLengthBytes = 8;

// One tensor of the header; begin and end are byte offsets from the end of the header.
struct Entry {
  TensorView tensor;
  std::uint64_t begin = 0;
  std::uint64_t end = 0;

  // In the order of the data; tensors without bytes at the same offset are ordered by name.
  bool operator<(const Entry& other) const {
    return std::tie(begin, end, tensor.name) < std::tie(other.begin, other.end, other.tensor.name);
  }
};

std::string_view header_text(std::span<const std::byte> bytes, const FileLimits& limits, std::string_view file) {
  const std::uint64_t size = bytes.size();
  if (size > limits.bytes) fail(file, ": found ", size, " bytes, expected at most ", limits.bytes);
  if (size < kLengthBytes) fail(file, ": found ", size, " bytes, expected at least 8, the length of the header");
  std::uint64_t length = 0;
  for (std::size_t i = kLengthBytes; i-- > 0;) length = length << 8 | std::to_integer<std::uint64_t>(bytes[i]);
  if (length > kMaxHeaderBytes) {
    fail(file, ": found a header of ", length, " bytes, expected at most ", kMaxHeaderBytes);
  }
  if (length > size - kLengthBytes) {
    fail(file, ": found ", size, " bytes, expected at least ", kLengthBytes + length, " for its header");
  }
  const auto header = bytes.subspan(kLengthBytes, static_cast<std::size_t>(length));
  // White space is legal after the object, as padding, but not before it: the ninth byte must identify the format.
  const std::string_view text(reinterpret_cast<const char*>(header.data()), header.size());
  if (!text.starts_with('{'))
    fail(file, ": found ", quoted_name(text.substr(0, 1)), " at byte 8, expected '{', the header");
  return text;
}

DType dtype_named(const JsonItem& item) {
  std::string wanted = "one of";
  for (const DTypeInfo& info : kDTypes) {
    if (info.name == item.string()) return info.dtype;
    wanted += text(' ', info.name);
  }
  item.refuse(quoted_name(item.string()), wanted);
}

Entry read_entry(const std::string& name, const Json& json, const FileLimits& limits, std::string_view file) {
  const std::string where = text(file, ": tensor ", name);
  const JsonItem item(json, where);
  item.allow_only({"dtype", "shape", "data_offsets"});
  Entry entry;
  entry.tensor.name = name;
  entry.tensor.dtype = dtype_named(item.at("dtype"));
  const JsonItem shape = item.at("shape");
  if (shape.size() > kMaxRank) shape.refuse(text(shape.size(), " dimensions"), text("at most ", kMaxRank));
  for (const JsonItem& dimension : shape.elements()) {
    entry.tensor.shape.push_back(static_cast<Index>(dimension.integer(0, limits.dimension)));
  }
  const std::uint64_t size = tensor_byte_size(entry.tensor.shape, entry.tensor.dtype, limits, where);
  const JsonItem offsets = item.at("data_offsets");
  if (offsets.size() != 2) offsets.refuse(text(offsets.size(), " elements"), "[begin, end]");
  const auto last = static_cast<std::int64_t>(limits.bytes);
  entry.begin = static_cast<std::uint64_t>(offsets.at(0).integer(0, last));
  entry.end = static_cast<std::uint64_t>(offsets.at(1).integer(0, last));
  if (entry.begin > entry.end) offsets.refuse(offsets.json().dump(), "begin <= end");
  if (entry.end - entry.begin != size) {
    offsets.refuse(text(offsets.json().dump(), ", which is ", entry.end - entry.begin, " bytes"),
                   text(size, " bytes for ", dtype_info(entry.tensor.dtype).name, ' ', shape_text(entry.tensor.shape)));
  }
  return entry;
}

// Tensors must lie back to back and fill the data exactly. No byte may belong to two of them (a small file could expand
// to a large amount of memory) or to none (a file could hide another one).
void check_layout(const std::set<Entry>& entries, std::uint64_t data_size, bool whole, std::string_view file) {
  std::uint64_t end = 0;
  for (const Entry& entry : entries) {
    if (entry.begin != end) {
      fail(file, ": tensor ", entry.tensor.name, ": data_offsets begin at ", entry.begin, ", expected ", end,
           entry.begin < end ? " (overlap)" : " (hole)");
    }
    end = entry.end;
  }
  if (whole && data_size != end) {
    fail(file, ": found ", data_size, " bytes of tensors, expected ", end,
         data_size < end ? " (the file is cut short)" : " (something follows the last tensor)");
  }
}

}  // namespace

const TensorView* TensorFile::find(std::string_view name) const {
  const auto at = std::find_if(tensors.begin(), tensors.end(), [&](const TensorView& t) { return t.name == name; });
  return at == tensors.end() ? nullptr : &*at;
}

namespace {

TensorFile read(std::span<const std::byte> bytes, bool whole, const FileLimits& limits, std::string_view file_name) {
  const std::string_view header = header_text(bytes, limits, file_name);
  const Json json = parse_json(header, text(file_name, ": header"));
  TensorFile file;
  std::set<Entry> entries;  // a set takes a tenth of the code size of std::sort
  for (const auto& [name, value] : *json.as_object()) {
    if (name == "__metadata__") {
      const JsonItem item(value, text(file_name, ": __metadata__"));
      for (const auto& [key, text] : item.members()) file.metadata.emplace(key, text.string());
      continue;
    }
    check_tensor_name(name, file_name);
    if (entries.size() == kMaxTensors) fail(file_name, ": found more than ", kMaxTensors, " tensors");
    entries.insert(read_entry(name, value, limits, file_name));
  }
  const auto data = bytes.subspan(kLengthBytes + header.size());
  check_layout(entries, data.size(), whole, file_name);
  for (const Entry& entry : entries) {
    if (entry.end > data.size()) break;
    file.tensors.push_back(entry.tensor);
    file.tensors.back().bytes =
        data.subspan(static_cast<std::size_t>(entry.begin), static_cast<std::size_t>(entry.end - entry.begin));
  }
  return file;
}

}  // namespace

TensorFile read_safetensors(std::span<const std::byte> bytes, std::string_view file_name, const FileLimits& limits) {
  return read(bytes, true, limits, file_name);
}

TensorFile read_safetensors_start(std::span<const std::byte> bytes, std::string_view file_name) {
  return read(bytes, false, kWeightFile, file_name);
}

}  // namespace loom
