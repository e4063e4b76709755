// The subcommands of `loom`. Each adds itself to the command line and runs when chosen; errors are thrown as Error.
#pragma once

#include <CLI/CLI.hpp>

namespace loom {

void add_train(CLI::App& app);
void add_evaluate(CLI::App& app);
void add_info(CLI::App& app);
void add_decode(CLI::App& app);
void add_encode(CLI::App& app);
void add_recipes(CLI::App& app);
void add_render(CLI::App& app);
void add_explore(CLI::App& app, const char* program);

}  // namespace loom
