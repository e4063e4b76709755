// Functions that several subcommands share: reading models and data, printing.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "cli/terminal.h"
#include "core/parallel.h"
#include "core/text.h"
#include "data/dataset.h"
#include "model/checkpoint.h"

namespace loom {

ModelFile read_model(const std::string& path);

// Adds --data and its companions --resize, --transpose, --invert and --skip-broken. `source` must outlive the command.
enum class Needed { no, yes };
void add_data_options(CLI::App& command, DataSource& source, Needed needed = Needed::yes);

// Adds --test-data, to commands that need the training and the test set.
void add_test_data_option(CLI::App& command, DataSource& source);

// Reads the training or the test set. Reports on stderr how many image files could not be read, and the first of them.
Dataset read_data(const DataSource& source, Split split);

// The options of the source, each after a space: " --data DIR --resize 20x16 --skip-broken". For the command line that
// repeats a run, so folders of this machine are left out; a data pack is named, because its name identifies it.
std::string data_options_text(const DataSource& source);

// The test set of `source`. Throws Error unless it has the model's image shape. Reports on stderr if it is not the
// data set that the model was trained on.
Dataset read_test_set(const DataSource& source, const Model& model);

// Numbers separated by commas: "0.3,-1.2". Throws Error naming `what` unless there are `count` finite ones.
RowVector parse_vector(std::string_view numbers, Index count, std::string_view what);

// Integers separated by commas. Throws Error naming `what` for anything else and for numbers outside [0, size).
std::vector<Index> parse_indices(std::string_view numbers, Index size, std::string_view what);

void write_text(const std::string& path, std::string_view content);  // atomically

// The number of threads to use: `requested`, or all that are available if that is 0.
int thread_count(int requested);

}  // namespace loom
