#include <filesystem>
#include <memory>

#include "cli/commands/commands.h"
#include "cli/common.h"
#include "convert/foreign.h"
#include "convert/onnx.h"
#include "core/error.h"
#include "core/files/file.h"
#include "core/files/sha256.h"
#include "weights/tensor.h"

namespace loom {
namespace {

constexpr std::uint64_t kMaxLayersBytes = 1 << 20;

struct ConvertOptions {
  std::string file, from, layers, to, part, out;
};

struct Output {
  std::string path;
  std::vector<std::byte> bytes;
};

std::vector<std::byte> bytes_of(std::string_view content) {
  const auto bytes = std::as_bytes(std::span(content));
  return {bytes.begin(), bytes.end()};
}

// "model.onnx" to "model-encoder.onnx".
std::string with_part(const std::string& out, const char* part) {
  const std::filesystem::path path(out);
  return (path.parent_path() / text(path.stem().string(), '-', part, path.extension().string())).string();
}

std::vector<Output> onnx_files(const Model& model, const ConvertOptions& o) {
  if (o.part == "encoder") return {{o.out, bytes_of(onnx_encoder(model))}};
  if (o.part == "decoder") return {{o.out, bytes_of(onnx_decoder(model))}};
  return {{with_part(o.out, "encoder"), bytes_of(onnx_encoder(model))},
          {with_part(o.out, "decoder"), bytes_of(onnx_decoder(model))}};
}

ModelFile read_foreign(const ConvertOptions& o) {
  const std::vector<std::byte> tensors = read_file(o.from, kMaxWeightFileBytes);
  const std::vector<std::byte> layers = read_file(o.layers, kMaxLayersBytes);
  ModelFile file;
  file.model = import_model(tensors, o.from, {reinterpret_cast<const char*>(layers.data()), layers.size()}, o.layers);
  file.model.spec.provenance["imported_from"] = std::filesystem::path(o.from).filename().string();
  file.model.spec.provenance["imported_sha256"] = sha256_hex(tensors);
  return file;
}

void run_convert(const ConvertOptions& o) {
  if (o.file.empty() == o.from.empty())
    fail("convert: give ", o.file.empty() ? "a weight file or --from" : "only one of a weight file and --from");
  if (o.from.empty() != o.layers.empty())
    fail("convert: --from (the tensors) and --layers (what they mean) must be given together");
  if (!o.part.empty() && o.to != "onnx") fail("convert: --part is for --to onnx");
  const ModelFile file = o.from.empty() ? read_model(o.file) : read_foreign(o);
  const std::vector<Output> outputs =
      o.to == "onnx" ? onnx_files(file.model, o)
                     : std::vector<Output>{{o.out, save_model(file, o.to == "f16" ? Precision::f16 : Precision::f32)}};
  for (const Output& output : outputs) {
    write_file_atomic(output.path, output.bytes);
    print(text("wrote ", output.path, ", ", output.bytes.size(), " bytes"));
  }
}

}  // namespace

void add_convert(CLI::App& app) {
  auto options = std::make_shared<ConvertOptions>();
  ConvertOptions& o = *options;
  o.to = "f32";
  auto* command = app.add_subcommand("convert", "Change the precision, export ONNX, or import from PyTorch or Keras");
  command->add_option("file", o.file, "weight file to convert");
  command->add_option("--from", o.from, "convert a safetensors file of PyTorch or Keras instead");
  command->add_option("--layers", o.layers,
                      "with --from: JSON file that names its layers and tensors, see weights/README.md");
  command->add_option("--to", o.to, "f32 or f16 for a weight file, onnx for encoder and decoder in other runtimes")
      ->check(CLI::IsMember({"f32", "f16", "onnx"}))
      ->capture_default_str();
  command->add_option("--part", o.part, "with --to onnx: write only this network, to exactly the name of --out")
      ->check(CLI::IsMember({"encoder", "decoder"}));
  command
      ->add_option("--out", o.out, "file to write; for ONNX, NAME.onnx gives NAME-encoder.onnx and NAME-decoder.onnx")
      ->required();
  command->callback([options] { run_convert(*options); });
}

}  // namespace loom
