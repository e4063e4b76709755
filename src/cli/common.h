// What several subcommands share: reading models and data, printing.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "core/parallel.h"
#include "core/text.h"
#include "data/dataset.h"
#include "model/checkpoint.h"

namespace loom {

ModelFile read_model(const std::string& path);

// Adds --data, and --resize and --skip-broken that go with it. `source` must outlive the command.
enum class Needed { no, yes };
void add_data_options(CLI::App& command, DataSource& source, Needed needed = Needed::yes);

// The training or the test set. Says on stderr how many image files could not be read, and the first of them.
Dataset read_data(const DataSource& source, Split split);

// "--resize 20x16 --skip-broken": all of the source but its folder, for a command line that gives the same result
// again.
std::string data_options_text(const DataSource& source);

// The test set of `source`, checked to have the model's image shape. Says on stderr if it is another data set than the
// one the model was trained on.
Dataset read_test_set(const DataSource& source, const Model& model);

// Numbers separated by commas: "0.3,-1.2". Throws Error naming `what` unless there are `count` finite ones.
RowVector parse_vector(std::string_view numbers, Index count, std::string_view what);

// Whole numbers separated by commas. Throws Error naming `what` for anything else and for one not below `size`.
std::vector<Index> parse_indices(std::string_view numbers, Index size, std::string_view what);

void print(std::string_view line);  // to stdout; throws Error if it cannot be written (a full disk behind a pipe)

void write_text(const std::string& path, std::string_view content);  // atomically

// `requested` threads, or all of the machine for 0.
int thread_count(int requested);

}  // namespace loom
