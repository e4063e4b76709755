#include "golden_checks.h"

namespace loom {

// Sums of up to some hundred products, each rounded at 6e-8, through up to eight layers and back.
TEST_CASE("golden: forward, loss and gradients are PyTorch's") {
  for (const std::string_view name : kGoldenCases) {
    CAPTURE(name);
    const double worst = check_golden(Golden(name), 3e-6);
    MESSAGE(name, ": worst relative difference ", worst);
  }
}

TEST_CASE("golden: the description in the file equals what we write") {
  for (const std::string_view name : kGoldenCases) {
    Golden golden(name);
    const ModelFile again = load_model(save_model({golden.model, {}}, Precision::f32), "again");
    const auto a = parameters(golden.model);
    const auto b = parameters(again.model);
    REQUIRE(a.size() == b.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
      CHECK(a[i].name == b[i].name);
      CHECK(a[i].shape == b[i].shape);
      CHECK(std::equal(a[i].value.begin(), a[i].value.end(), b[i].value.begin()));
    }
  }
}

}  // namespace loom
