#include "model/checkpoint.h"

#include <algorithm>
#include <limits>
#include <set>

#include "core/error.h"
#include "core/json/json_item.h"
#include "model/spec_json.h"
#include "weights/safetensors.h"

namespace loom {
namespace {

constexpr std::string_view kModelKey = "model", kFirstCode = "first_code", kGenerator = "latent-loom", kVersion = "1";
constexpr std::size_t kMaxErrors = 8;  // the first few are enough for a file that does not fit at all

// Tensors named "aux.*" are not weights. Readers ignore those that they do not know.
constexpr std::string_view kAuxPrefix = "aux.";
constexpr std::string_view kMu = "aux.test_mu", kLogvar = "aux.test_logvar", kLabel = "aux.test_label",
                           kExcess = "aux.test_excess";

bool is_reserved(std::string_view key) {
  return key == kModelKey || key == kFirstCode || key == "format" || key == "generator" || key == "spec_version";
}

bool is_of_decoder(std::string_view tensor) { return tensor.starts_with("decoder."); }

// Tensors together with the bytes that they view, kept until the file is written.
struct Outgoing {
  std::vector<std::vector<std::byte>> storage;
  std::vector<TensorView> tensors;

  void add(std::string name, DType dtype, Shape shape, std::vector<std::byte> bytes) {
    storage.push_back(std::move(bytes));
    tensors.push_back({std::move(name), dtype, std::move(shape), storage.back()});
  }
  void add_floats(std::string name, DType dtype, Shape shape, std::span<const Scalar> values) {
    const std::vector<float> floats(values.begin(), values.end());
    if (!all_finite(floats)) fail("save: ", name, " holds a number that is not finite; nothing was written");
    std::vector<std::byte> bytes = from_floats(floats, dtype, name);
    add(std::move(name), dtype, std::move(shape), std::move(bytes));
  }
  void add_matrix(std::string_view name, DType dtype, const Matrix& m) {
    add_floats(std::string(name), dtype, {m.rows(), m.cols()}, {m.data(), static_cast<std::size_t>(m.size())});
  }
};

// The first row as it was rounded for the file, so that loading and saving gives the same bytes again.
std::string first_row_json(const TensorView& matrix) {
  Json row;
  const std::vector<float> numbers = to_floats(matrix);
  for (Index d = 0; d < matrix.shape[1]; ++d) row.push(numbers[static_cast<std::size_t>(d)]);
  return row.dump();
}

bool is_float(DType dtype) { return dtype == DType::f32 || dtype == DType::f16 || dtype == DType::bf16; }

// Collects everything that is wrong with the tensors of a file, to report it in one message.
class Problems {
 public:
  template <class... Parts>
  void add(const Parts&... parts) {
    if (++count_ <= kMaxErrors) text_ += text(count_ > 1 ? "; " : "", parts...);
  }
  void raise(std::string_view file_name) const {
    if (count_ == 0) return;
    fail(file_name, ": ", text_, count_ > kMaxErrors ? text("; and ", count_ - kMaxErrors, " more") : std::string());
  }

 private:
  std::size_t count_ = 0;
  std::string text_;
};

// Copies a tensor into `out` if it has the wanted shape and a valid type and values; else records the problem.
void read_floats(const TensorView& tensor, const Shape& wanted, std::span<Scalar> out, Problems& problems) {
  if (tensor.shape != wanted)
    return problems.add(tensor.name, " is ", shape_text(tensor.shape), ", expected ", shape_text(wanted));
  if (!is_float(tensor.dtype)) return problems.add(tensor.name, " holds integers, expected F32, F16 or BF16");
  if (!all_finite(tensor)) return problems.add(tensor.name, " holds infinite numbers or NaN");
  const std::vector<float> values = to_floats(tensor);
  std::copy(values.begin(), values.end(), out.begin());
}

void read_weight(const TensorFile& file, Parameter& p, Problems& problems) {
  if (const TensorView* tensor = file.find(p.name))
    read_floats(*tensor, p.shape, p.value, problems);
  else
    problems.add(p.name, " ", shape_text(p.shape), " is missing");
}

void read_weights(const TensorFile& file, Model& model, Problems& problems) {
  std::set<std::string, std::less<>> wanted;
  for (Parameter& p : parameters(model)) {
    wanted.insert(p.name);
    read_weight(file, p, problems);
  }
  for (const TensorView& tensor : file.tensors)
    if (!tensor.name.starts_with(kAuxPrefix) && !wanted.contains(tensor.name))
      problems.add(tensor.name, " ", shape_text(tensor.shape), " belongs to no layer");
}

void read_matrix(const TensorFile& file, std::string_view name, Index rows, Index columns, Matrix& out,
                 Problems& problems) {
  const TensorView* tensor = file.find(name);
  if (!tensor) return problems.add(name, " is missing, though ", kMu, " is there");
  if (tensor->shape != Shape{rows, columns})
    return problems.add(name, " is ", shape_text(tensor->shape), ", expected ", shape_text({rows, columns}));
  out.resize(rows, columns);
  read_floats(*tensor, {rows, columns}, {out.data(), static_cast<std::size_t>(out.size())}, problems);
}

void read_labels(const TensorFile& file, Index rows, const ModelSpec& spec, EncodedSet& set, Problems& problems) {
  const TensorView* tensor = file.find(kLabel);
  if (!tensor) return problems.add(kLabel, " is missing, though ", kMu, " is there");
  if (tensor->shape != Shape{rows} || tensor->dtype != DType::u8)
    return problems.add(kLabel, " is ", shape_text(tensor->shape), ", expected U8 ", shape_text({rows}));
  for (const std::byte b : tensor->bytes) set.labels.push_back(static_cast<std::uint8_t>(b));
  const auto largest = std::max_element(set.labels.begin(), set.labels.end());
  if (largest != set.labels.end() && !spec.class_names.empty() && *largest >= spec.class_names.size())
    problems.add(kLabel, " holds class ", int{*largest}, ", but there are ", spec.class_names.size(), " class names");
}

// logvar of the encoded set must lie within the clamp range, because a hostile file could otherwise make the density
// infinite.
void check_logvar(const ModelSpec& spec, const Matrix& logvar, Problems& problems) {
  constexpr Scalar kRounding = Scalar(0.01);  // of f16 at the ends of the range
  const auto outside = [&](Scalar value) {
    return value < spec.logvar_min - kRounding || value > spec.logvar_max + kRounding;
  };
  if (std::any_of(logvar.data(), logvar.data() + logvar.size(), outside))
    problems.add(kLogvar, " leaves the model's range [", spec.logvar_min, ", ", spec.logvar_max, "]");
}

void read_encoded_set(const TensorFile& file, const ModelSpec& spec, EncodedSet& set, Problems& problems) {
  const TensorView* mu = file.find(kMu);
  if (!mu) return;
  const Index rows = mu->shape.empty() ? 0 : mu->shape[0];
  read_matrix(file, kMu, rows, spec.latent_dim, set.mu, problems);
  if (spec.variational) read_matrix(file, kLogvar, rows, spec.latent_dim, set.logvar, problems);
  check_logvar(spec, set.logvar, problems);
  read_labels(file, rows, spec, set, problems);
  const TensorView* excess = file.find(kExcess);
  if (!excess) return;
  if (excess->shape == Shape{rows}) set.excess.resize(static_cast<std::size_t>(rows));
  read_floats(*excess, {rows}, set.excess, problems);
}

// The model that the metadata describes, with at most `budget` weights, which are not yet set.
Model described_model(const TensorFile& file, Index budget, std::string_view file_name) {
  const auto description = file.metadata.find(kModelKey);
  if (description == file.metadata.end())
    fail(file_name, ": a safetensors file, but not of a model of this program: its metadata has no entry \"", kModelKey,
         "\" that describes the layers");
  const auto version = file.metadata.find("spec_version");
  if (version == file.metadata.end() || version->second != kVersion)
    fail(file_name, ": spec_version is ", version == file.metadata.end() ? "missing" : quoted_name(version->second),
         ", this program reads ", kVersion);

  return model_from_json(description->second, text(file_name, ": model"), budget);
}

}  // namespace

std::vector<std::byte> save_model(const ModelFile& file, Precision precision) {
  const DType dtype = precision == Precision::f16 ? DType::f16 : DType::f32;
  Outgoing out;
  Metadata metadata;
  for (const auto& [key, value] : file.model.spec.provenance)
    if (!is_reserved(key)) metadata[key] = value;
  const auto add_weights = [&](bool decoder) {
    for (const ConstParameter& p : parameters(file.model))
      if (is_of_decoder(p.name) == decoder) out.add_floats(p.name, dtype, p.shape, p.value);
  };
  add_weights(true);  // first, so that the page can draw before the rest has arrived
  add_weights(false);
  if (file.test.size() > 0) {
    out.add_matrix(kMu, dtype, file.test.mu);
    metadata[std::string(kFirstCode)] = first_row_json(out.tensors.back());
    if (file.model.spec.variational) out.add_matrix(kLogvar, dtype, file.test.logvar);
    const auto labels = std::as_bytes(std::span(file.test.labels));
    out.add(std::string(kLabel), DType::u8, {file.test.size()}, {labels.begin(), labels.end()});
    if (!file.test.excess.empty()) out.add_floats(std::string(kExcess), dtype, {file.test.size()}, file.test.excess);
  }
  metadata["format"] = "pt";  // some readers refuse files without it
  metadata["generator"] = kGenerator;
  metadata["spec_version"] = kVersion;
  metadata[std::string(kModelKey)] = model_json(file.model);
  return write_safetensors(metadata, out.tensors);
}

void check_saveable(const Model& model, Precision precision, Index encoded_images, std::string_view where) {
  constexpr std::uint64_t kHeader = 1 << 16;  // more than any file needs
  const std::uint64_t number = precision == Precision::f16 ? 2 : 4;
  const auto weights = static_cast<std::uint64_t>(parameter_count(model));
  const auto codes = static_cast<std::uint64_t>(model.spec.latent_dim) * (model.spec.variational ? 2 : 1);
  const std::uint64_t bytes =
      kHeader + number * weights + static_cast<std::uint64_t>(encoded_images) * (number * (codes + 1) + 1);
  if (bytes > kMaxWeightFileBytes)
    fail(where, ": a weight file would have ", bytes, " bytes (", weights, " weights, ", encoded_images,
         " encoded images), expected at most ", kMaxWeightFileBytes);
  model_from_json(model_json(model), where, parameter_count(model));
}

ModelFile load_model(std::span<const std::byte> bytes, std::string_view file_name) {
  const TensorFile file = read_safetensors(bytes, file_name);
  ModelFile loaded;
  loaded.model =
      described_model(file, static_cast<Index>(bytes.size() / 2), file_name);  // a weight has 2 bytes or more
  for (const auto& [key, value] : file.metadata)
    if (!is_reserved(key)) loaded.model.spec.provenance[key] = value;
  Problems problems;
  read_weights(file, loaded.model, problems);
  read_encoded_set(file, loaded.model.spec, loaded.test, problems);
  problems.raise(file_name);
  return loaded;
}

std::optional<DecoderStart> load_decoder(std::span<const std::byte> bytes, std::string_view file_name) {
  const TensorFile file = read_safetensors_start(bytes, file_name);
  DecoderStart start{described_model(file, kMaxWeightFileBytes / 2, file_name), {}};
  Problems problems;
  for (Parameter& p : parameters(start.model)) {
    if (!is_of_decoder(p.name)) continue;
    if (!file.find(p.name)) return std::nullopt;
    read_weight(file, p, problems);
  }
  problems.raise(file_name);
  const auto first = file.metadata.find(kFirstCode);
  if (first == file.metadata.end()) return start;
  const std::string where = text(file_name, ": ", kFirstCode);
  const Json code = parse_json(first->second, where);
  const JsonItem item(code, where);
  if (static_cast<Index>(item.size()) != start.model.spec.latent_dim)
    item.refuse(text(item.size(), " numbers"), text(start.model.spec.latent_dim));
  start.first_code.resize(start.model.spec.latent_dim);
  for (Index d = 0; d < start.first_code.size(); ++d)
    start.first_code[d] = item.at(static_cast<std::size_t>(d)).float_number();
  return start;
}

}  // namespace loom
