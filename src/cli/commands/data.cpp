#include <cstdio>
#include <memory>

#include "cli/commands/commands.h"
#include "cli/common.h"
#include "cli/common_options.h"
#include "core/error.h"
#include "core/files/file.h"
#include "core/json/json.h"
#include "data/identity.h"
#include "data/pack/pack_file.h"
#include "data/pack/pack_header.h"

namespace loom {
namespace {

struct PackCommand {
  DataSource data;
  std::string split, out;
  PackOptions options;
};

// "10,000 of 60,000 images of Fashion-MNIST (training), 16 grey levels"
std::string content_text(const PackHeader& pack) {
  return text(count_text(pack.images), " of ", count_text(pack.origin.images), " images of ", pack.origin.title, " (",
              split_text(pack.split), "), ", pack.levels, " grey levels");
}

void run_pack(const PackCommand& c) {
  const Dataset data = read_data(c.data, c.split == "train" ? Split::train : Split::test);
  const std::vector<std::byte> bytes = write_pack(data, c.options);
  const PackHeader pack = parse_pack_header(bytes, c.out);
  if (pack.origin.licence.empty())
    print_note(
        "the licence of these images is not known, so the pack names none; --licence TEXT and --source TEXT say what "
        "it is and whose images they are");
  write_file_atomic(c.out, bytes);
  print(text("wrote ", c.out, ": ", content_text(pack), ", ", count_text(static_cast<Index>(bytes.size())), " bytes"));
}

Json pack_json(const PackHeader& pack, const Dataset& data) {
  Json json, original, classes{Json::Array{}};
  for (const std::string& name : pack.class_names) classes.push(name);
  original.set("images", pack.origin.images).set("images_sha256", pack.origin.images_sha256);
  original.set("labels_sha256", pack.origin.labels_sha256);
  json.set("name", pack.origin.name).set("title", pack.origin.title).set("published", data.name != kCustomDataset);
  json.set("split", pack.split == Split::train ? "train" : "test");
  json.set("licence", pack.origin.licence).set("source", pack.origin.source);
  json.set("image", Json::Array{pack.shape.channels, pack.shape.height, pack.shape.width});
  json.set("images", pack.images).set("levels", pack.levels).set("class_names", std::move(classes));
  json.set("labels", pack.labels.has_value()).set("original", std::move(original));
  json.set("images_sha256", data.images_sha256).set("labels_sha256", data.labels_sha256);
  json.set("pixels_sha256", pack.pixels_sha256).set("blocks", pack.blocks.size());
  return json.set("bytes", pack.file_bytes()).set("sha256", data.pack->sha256);
}

void print_pack(const PackHeader& pack, const Dataset& data, const std::string& file) {
  const auto or_none = [](const std::string& words, const char* none) { return words.empty() ? none : words.c_str(); };
  std::string classes;
  for (const std::string& name : pack.class_names) classes += text(classes.empty() ? "" : ", ", name);
  print(text(file, ": ", content_text(pack)));
  print(text("image shape: ", image_shape_text(pack.shape)));
  print(text("classes: ", pack.labels ? or_none(classes, "labels without names") : "none"));
  print(text("licence: ", or_none(pack.origin.licence, "not known")));
  print(text("source: ", or_none(pack.origin.source, "not known")));
  print(text("blocks of images: ", pack.blocks.size(), ", the first of ", pack.blocks[0].images));
  print(text("bytes: ", count_text(static_cast<Index>(pack.file_bytes()))));
  print(text("SHA-256 of the pack: ", data.pack->sha256));
  print(text("SHA-256 of its images as IDX: ", data.images_sha256,
             data.name == kCustomDataset ? "" : text(", those published as ", dataset_title(data))));
  print(text("SHA-256 of the original images: ", pack.origin.images_sha256));
  if (pack.labels) print(text("SHA-256 of the original labels: ", pack.origin.labels_sha256));
  print("all hashes of the pack are correct");
}

void add_data_pack(CLI::App& data) {
  auto options = std::make_shared<PackCommand>();
  PackCommand& c = *options;
  auto* command = data.add_subcommand("pack", "Write the training or the test set, or its first images, as one file");
  add_data_options(*command, c.data);
  command->add_option("--split", c.split, "which images: train or test")
      ->required()
      ->check(CLI::IsMember({"train", "test"}));
  command->add_option("--images", c.options.images, "number of images to keep, from the first on; 0 for all")
      ->check(CLI::Range(0, 1 << 24))
      ->capture_default_str();
  command->add_option("--levels", c.options.levels, "number of grey levels to keep, 2 to 256; 0 for all")
      ->check(CLI::Range(0, kGreyLevels))
      ->capture_default_str();
  command->add_option("--name", c.options.title, "name of your own data, for display");
  command->add_option("--licence", c.options.licence, "licence of your own images");
  command->add_option("--source", c.options.source, "owner of your own images");
  command->add_option("--out", c.out, "data pack to write (.pack)")->required();
  command->callback([options] { run_pack(*options); });
}

void add_data_info(CLI::App& data) {
  struct InfoOptions {
    std::string file;
    bool json = false;
  };
  auto options = std::make_shared<InfoOptions>();
  auto* command = data.add_subcommand("info", "Describe a data pack and check all its hashes");
  command->add_option("file", options->file, "data pack")->required();
  add_json_option(*command, options->json);
  command->callback([options] {
    const std::vector<std::byte> bytes = read_pack_file(options->file);
    const Dataset unpacked = read_pack(bytes, options->file);
    const PackHeader pack = parse_pack_header(bytes, options->file);
    if (options->json)
      print(pack_json(pack, unpacked).dump());
    else
      print_pack(pack, unpacked, options->file);
  });
}

}  // namespace

void add_data(CLI::App& app) {
  auto* data = app.add_subcommand("data", "Data packs: images with labels and licence in one file");
  data->require_subcommand(1);
  add_data_pack(*data);
  add_data_info(*data);
}

}  // namespace loom
