#include <cstdio>
#include <exception>

#include "cli/commands/commands.h"
#include "cli/terminal.h"
#include "core/arithmetic.h"

int main(int argc, char** argv) {
  loom::fix_arithmetic();
  CLI::App app{"Trains small (variational) autoencoders on images and shows what they have learned."};
  app.require_subcommand(1);
  loom::add_train(app);
  loom::add_evaluate(app);
  loom::add_analyse(app);
  loom::add_info(app);
  loom::add_decode(app);
  loom::add_data(app);
  loom::add_encode(app);
  loom::add_convert(app);
  loom::add_reconstruct(app);
  loom::add_sample(app);
  loom::add_interpolate(app);
  loom::add_merge(app);
  loom::add_denoise(app);
  loom::add_anomaly(app);
  loom::add_compress(app);
  loom::add_plot(app);
  loom::add_report(app);
  loom::add_recipes(app);
#ifdef LOOM_WITH_EXPLORER
  loom::add_render(app);
  loom::add_animate(app);
#endif
  loom::add_explore(app, argv[0]);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // prints the help
    std::fprintf(stderr, "%s\nRun with --help for more information.\n", loom::printable(error.what()).c_str());
    return error.get_exit_code();
  } catch (const std::exception& error) {
    loom::print_error(error.what());
    return 1;
  }
  return 0;
}
