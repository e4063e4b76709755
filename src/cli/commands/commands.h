// The subcommands of `loom`. Each adds itself to the command line and runs when chosen; errors are thrown as Error.
#pragma once

#include <CLI/CLI.hpp>

namespace loom {

void add_train(CLI::App& app);
void add_evaluate(CLI::App& app);
void add_analyse(CLI::App& app);
void add_info(CLI::App& app);
void add_decode(CLI::App& app);
void add_data(CLI::App& app);
void add_encode(CLI::App& app);
void add_convert(CLI::App& app);
void add_reconstruct(CLI::App& app);
void add_sample(CLI::App& app);
void add_interpolate(CLI::App& app);
void add_merge(CLI::App& app);
void add_denoise(CLI::App& app);
void add_anomaly(CLI::App& app);
void add_compress(CLI::App& app);
void add_plot(CLI::App& app);
void add_report(CLI::App& app);
void add_recipes(CLI::App& app);
void add_render(CLI::App& app);
void add_animate(CLI::App& app);
void add_explore(CLI::App& app, const char* program);

}  // namespace loom
