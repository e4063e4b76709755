#include "cli/sample_source.h"

#include "analysis/plane/latent_plane.h"
#include "core/error.h"
#include "core/text.h"
#include "uses/images.h"

namespace loom {
namespace {

constexpr std::string_view kClass = "class:";

// The name of every label in the file; its number if it has no name.
std::vector<std::string> class_names(const ModelFile& file) {
  std::vector<std::string> names = file.model.spec.class_names;
  while (names.size() < class_count(file)) names.push_back(text(names.size()));
  return names;
}

}  // namespace

void set_source(SampleRequest& request, std::string_view from, const ModelFile& file) {
  if (from == "prior") {
    if (!file.model.spec.variational)
      fail("--from prior: a plain autoencoder has no prior; draw from its codes with aggregate or class:NAME");
    request.source = SampleSource::prior;
    return;
  }
  if (from == "aggregate") {
    request.source = SampleSource::aggregate;
  } else if (from.starts_with(kClass)) {
    request.source = SampleSource::one_class;
  } else {
    fail("--from is '", from, "', expected prior, aggregate or class:NAME");
  }
  if (file.test.size() == 0) fail("--from ", from, ": the weight file holds no encoded images to draw from");
  if (request.source == SampleSource::aggregate) return;
  request.label =
      static_cast<std::size_t>(find_class(class_names(file), from.substr(kClass.size()), text("--from ", from)));
  if (images_to_draw_from(file.test, request).empty())
    fail("--from ", from, ": the weight file holds no encoded image of this class");
}

std::string source_text(const SampleRequest& request, const ModelFile& file) {
  if (request.source == SampleSource::prior) return "z drawn from the prior N(0, I)";
  const bool variational = file.model.spec.variational;
  if (request.source == SampleSource::aggregate)
    return variational ? "z drawn from the posteriors of the test images" : "z: codes of test images";
  return text(variational ? "z drawn from the posteriors of the class " : "z: codes of the class ",
              class_names(file)[request.label]);
}

}  // namespace loom
