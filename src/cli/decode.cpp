#include <memory>

#include "cli/commands.h"
#include "cli/common.h"
#include "cli/png.h"

namespace loom {

void add_decode(CLI::App& app) {
  struct Options {
    std::string file, z, out;
    Index scale = 8;
  };
  auto options = std::make_shared<Options>();
  auto* command = app.add_subcommand("decode", "The picture at a point of the latent space, as PNG");
  command->add_option("file", options->file, "weight file")->required();
  command->add_option("--z", options->z, "coordinates, separated by commas: 0.3,-1.2")->required();
  command->add_option("--out", options->out, "PNG to write")->required();
  command->add_option("--scale", options->scale, "side of a pixel in the PNG")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
  command->callback([options] {
    const ModelFile file = read_model(options->file);
    const Matrix z = parse_vector(options->z, file.model.spec.latent_dim, "--z");
    Activations activations;
    Matrix picture;
    decode(file.model, z, activations, picture);
    write_png(options->out, picture.data(), file.model.spec.image, options->scale);
    print(text("wrote ", options->out));
  });
}

}  // namespace loom
