#include <memory>

#include "cli/commands/commands.h"
#include "cli/common.h"
#include "cli/common_options.h"
#include "cli/figures/uses_json.h"
#include "cli/latent_place.h"
#include "cli/pictures/draw_uses.h"
#include "core/error.h"
#include "train/evaluate.h"

namespace loom {
namespace {

struct MergeOptions : CommonOptions {
  std::string a, b;
  DataSource data;
};

std::string code_text(const Matrix& z, Index row) {
  std::string out;
  for (Index d = 0; d < z.cols(); ++d) out += (d > 0 ? ", " : "") + fixed_text(static_cast<double>(z(row, d)), 4);
  return out;
}

void print_merge_text(const Merging& m) {
  print(text("a                      ", m.a.words, "  z ", code_text(m.codes.z, 0)));
  print(text("b                      ", m.b.words, "  z ", code_text(m.codes.z, 1)));
  print(text("latent average         z ", code_text(m.codes.z, 2)));
  if (m.class_a.empty()) return;
  print(text("class-mean arithmetic  z ", code_text(m.codes.z, 3), "  (a + mean of ", m.class_b, " - mean of ",
             m.class_a, ")"));
}

void run_merge(const MergeOptions& o) {
  const PictureStyle style = o.picture.style();
  for (const auto& [option, place] : {std::pair("--a", o.a), std::pair("--b", o.b)})
    if (!is_image_place(place)) fail(option, " is '", place, "', expected an image: image:17");
  const ModelFile file = read_model(o.file);
  const Dataset data = read_test_set(o.data, file.model);
  const LatentPlace a = latent_place(o.a, file.model, &data, "--a"), b = latent_place(o.b, file.model, &data, "--b");
  ThreadPool pool(thread_count(o.threads));
  const Merging result = merge_images(file.model, data, encode_dataset(file.model, data, pool), a, b);
  if (o.json)
    print(merging_json(result).dump());
  else
    print_merge_text(result);
  if (o.picture.wanted()) o.picture.save(draw_merging(result, file.model.spec.image, style));
}

}  // namespace

void add_merge(CLI::App& app) {
  auto options = std::make_shared<MergeOptions>();
  MergeOptions& o = *options;
  auto* command =
      app.add_subcommand("merge", "Merge two images: by their codes, by the means of their classes, by their pixels");
  add_file_option(*command, o.file);
  add_data_options(*command, o.data);
  command->add_option("--a", o.a, "first test image, as image:17")->required();
  command->add_option("--b", o.b, "second test image, as image:42")->required();
  add_common_options(*command, o, Threads::yes, "the merged images side by side");
  command->callback([options] { run_merge(*options); });
}

}  // namespace loom
