#include "cli/samples.h"

#include <algorithm>
#include <cmath>

#include "core/error.h"
#include "core/rng.h"
#include "plot/image_colors.h"

namespace loom {
namespace {

constexpr Index kAcross = 10;
constexpr double kGap = 6;
constexpr Index kSide = 56;  // pixels of a picture, about

std::string class_words(const ModelSpec& spec, std::size_t label) {
  return label < spec.class_names.size() ? spec.class_names[label] : text(label);
}

char lower_case(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

// The label that `name` or a number stands for.
std::size_t label_called(const ModelFile& file, std::string_view name) {
  std::string names;
  const std::size_t count = file.test.labels.empty() ? 0 : 1u + *std::ranges::max_element(file.test.labels);
  for (std::size_t label = 0; label < count; ++label) {
    const std::string known = class_words(file.model.spec, label);
    if (std::ranges::equal(known, name, {}, lower_case, lower_case) || text(label) == name) return label;
    names += text(label > 0 ? ", " : "", known);
  }
  fail("--from class:", name, ": there is no such class; there are: ", names);
}

// The encoded images that may be drawn from.
std::vector<Index> candidates(const ModelFile& file, const std::string& from) {
  if (file.test.size() == 0) fail("--from ", from, ": the weight file holds no encoded images to draw from");
  std::vector<Index> out;
  const bool all = from == "aggregate";
  const std::size_t wanted = all ? 0 : label_called(file, std::string_view(from).substr(6));
  for (Index n = 0; n < file.test.size(); ++n)
    if (all || file.test.labels[static_cast<std::size_t>(n)] == wanted) out.push_back(n);
  if (out.empty()) fail("--from ", from, ": the weight file holds no encoded image of that class");
  return out;
}

void draw_codes(const ModelFile& file, const SampleRequest& request, Samples& out) {
  const bool variational = file.model.spec.variational;
  if (request.from == "prior") {
    if (!variational)
      fail("--from prior: a plain autoencoder has no prior; draw from its codes with aggregate or class:NAME");
    out.words = "z drawn from the prior N(0, I)";
  } else if (request.from == "aggregate") {
    out.words = variational ? "z drawn from the posteriors of the test images" : "codes of test images";
  } else if (request.from.starts_with("class:")) {
    const std::string name = class_words(file.model.spec, label_called(file, request.from.substr(6)));
    out.words = text(variational ? "z drawn from the posteriors of the class " : "codes of the class ", name);
  } else {
    fail("--from is '", request.from, "', expected prior, aggregate or class:NAME");
  }
  const std::vector<Index> from = request.from == "prior" ? std::vector<Index>{} : candidates(file, request.from);
  for (Index i = 0; i < request.count; ++i) {
    Rng rng(request.seed, Stream::sample, static_cast<std::uint64_t>(i));
    const Index image = from.empty() ? -1 : from[static_cast<std::size_t>(rng.below(from.size()))];
    for (Index d = 0; d < out.z.cols(); ++d) {
      const double mean = image < 0 ? 0 : static_cast<double>(file.test.mu(image, d));
      const double sigma = image < 0      ? 1
                           : !variational ? 0
                                          : std::exp(static_cast<double>(file.test.logvar(image, d)) / 2);
      out.z(i, d) = static_cast<Scalar>(mean + sigma * rng.normal());
    }
  }
}

}  // namespace

Samples draw_samples(const ModelFile& file, const SampleRequest& request) {
  Samples out;
  out.bernoulli = request.bernoulli;
  out.z.resize(request.count, file.model.spec.latent_dim);
  draw_codes(file, request, out);
  Workspace workspace;
  decode(file.model, out.z, workspace, out.pictures);
  if (!request.bernoulli) return out;
  for (Index i = 0; i < out.pictures.rows(); ++i) {
    // Keys beyond those of the codes, so that pixels do not repeat their numbers.
    Rng rng(request.seed, Stream::sample, (std::uint64_t{1} << 32) + static_cast<std::uint64_t>(i));
    for (Index p = 0; p < out.pictures.cols(); ++p)
      out.pictures(i, p) = rng.uniform() < static_cast<double>(out.pictures(i, p)) ? Scalar(1) : Scalar(0);
  }
  return out;
}

Json samples_json(const Samples& samples, const SampleRequest& request) {
  Json points{Json::Array{}};
  for (Index i = 0; i < samples.z.rows(); ++i) {
    Json point{Json::Array{}};
    for (Index d = 0; d < samples.z.cols(); ++d) point.push(static_cast<double>(samples.z(i, d)));
    points.push(std::move(point));
  }
  Json json;
  json.set("from", request.from).set("count", request.count).set("seed", request.seed);
  return json.set("pictures", samples.bernoulli ? "bernoulli samples" : "means").set("z", std::move(points));
}

Canvas draw_sample_sheet(const Samples& samples, const ImageShape& shape, const PictureStyle& style) {
  const Index scale = std::max<Index>(1, (kSide + shape.width / 2) / shape.width), count = samples.pictures.rows();
  const double width = static_cast<double>(shape.width * scale), height = static_cast<double>(shape.height * scale);
  const Index across = std::min(kAcross, count);
  PicturePage page =
      begin_page(style, 2 * kMargin + static_cast<double>(across) * (width + kGap) - kGap, "New pictures",
                 text("Each picture is decoded from its own point z: ", samples.words, ". ",
                      samples.bernoulli ? "Every pixel is drawn black or white with the decoder's probability."
                                        : "Shown is the mean of what the decoder expects there."));
  for (Index i = 0; i < count; ++i)
    page.canvas.add(grey_image(samples.pictures.row(i).data(), shape, scale,
                               {kMargin + static_cast<double>(i % across) * (width + kGap),
                                page.top + static_cast<double>(i / across) * (height + kGap)},
                               *style.theme));
  page.top += static_cast<double>((count + across - 1) / across) * (height + kGap) - kGap;
  return page.finish();
}

}  // namespace loom
