// Ten Adam steps, the batch cut into two chunks, against torch.optim.Adam and clip_grad_norm_.
#include "golden.h"
#include "model/objective.h"
#include "train/optimizer.h"

namespace loom {
namespace {

// An image range of the batch with the gradient it gives.
struct Chunk {
  Matrix x, eps;
  Gradient gradient;
  ObjectiveScratch scratch;
};

}  // namespace

TEST_CASE("golden: ten Adam steps are PyTorch's") {
  for (const std::string_view name : kGoldenCases) {
    CAPTURE(name);
    Golden golden(name);
    const Matrix x = golden.matrix("x"), eps = golden.matrix("eps");
    const Index images = x.rows(), first = 2;
    const double beta = golden.number("beta"), clip = golden.number("clip_norm");
    const std::vector<float> losses = golden.values("losses"), norms = golden.values("norms");
    Chunk chunks[] = {{x.topRows(first), eps.topRows(first), zero_gradient(golden.model), {}},
                      {x.bottomRows(images - first), eps.bottomRows(images - first), zero_gradient(golden.model), {}}};
    const std::vector<Parameter> weights = parameters(golden.model);
    const std::vector<std::vector<Parameter>> gradients = {parameters(chunks[0].gradient),
                                                           parameters(chunks[1].gradient)};
    OptimizerState state = make_optimizer_state(find_optimizer("adam"), weights, false);
    ThreadPool pool(2);
    double worst_loss = 0, worst_norm = 0;
    for (std::size_t step = 0; step < losses.size(); ++step) {
      ElboSums sums;
      for (Chunk& c : chunks)
        sums.add(evaluate(golden.model, c.x, c.eps, static_cast<Scalar>(beta), Scalar(1) / static_cast<Scalar>(images),
                          &c.gradient, c.scratch));
      const double loss = sums.mean_reconstruction() + beta * sums.mean_kl();
      worst_loss = std::max(worst_loss, std::abs(loss / static_cast<double>(losses[step]) - 1));
      const double norm = optimizer_step({}, {.learning_rate = golden.number("learning_rate"), .clip_norm = clip},
                                         weights, gradients, state, pool);
      if (clip > 0) worst_norm = std::max(worst_norm, std::abs(norm / static_cast<double>(norms[step]) - 1));
    }
    CHECK(worst_loss <= 3e-6);
    CHECK(worst_norm <= 3e-5);  // a gradient repeats, enlarged, the small differences of the weights so far

    // Adam divides by the gradient's own size, so where a gradient is a sum that cancels (largest 10, here 1e-6) its
    // rounding is as large as the step. Measured by the way that weights went: ten steps of the learning rate.
    double worst = 0;
    for (const Parameter& p : weights) {
      const std::vector<float> after = golden.values(text("after.", p.name));
      for (std::size_t i = 0; i < after.size(); ++i)
        worst = std::max(worst,
                         static_cast<double>(std::abs(p.value[i] - after[i])) / (10 * golden.number("learning_rate")));
    }
    CHECK(worst <= 1e-4);
    MESSAGE(name, ": loss ", worst_loss, ", norm ", worst_norm, ", weights ", worst, " of the way they went");
  }
}

}  // namespace loom
