// What a weight file says about itself, as rows for people: its words first, then the figures of each JSON object in
// it.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace loom {

struct ProvenanceRow {
  std::string name, value;
  bool heading = false;  // of the rows below it; then value is empty
};

// Whether the file says that its model was trained to give the clean image of a noisy one: settings.corruption.
bool was_trained_to_denoise(const std::map<std::string, std::string>& provenance);

// Any text is taken: what is not a JSON object stands as it is, long values and hashes are cut.
std::vector<ProvenanceRow> provenance_rows(const std::map<std::string, std::string>& provenance);

}  // namespace loom
