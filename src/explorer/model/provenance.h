// The provenance stored in a weight file, as rows for a panel: texts first, then the members of each JSON object.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace loom {

struct ProvenanceRow {
  std::string name, value;
  bool heading = false;  // of the rows below it; then value is empty
};

// Whether the model was trained to denoise, as settings.corruption in the file says.
bool was_trained_to_denoise(const std::map<std::string, std::string>& provenance);

// Whether the file has the recipe and settings of its training, and was trained by gradient descent, so that training
// can be continued.
bool was_trained_in_steps(const std::map<std::string, std::string>& provenance);

// Accepts any text: what is not a JSON object is shown as it is; long values and hashes are truncated.
std::vector<ProvenanceRow> provenance_rows(const std::map<std::string, std::string>& provenance);

}  // namespace loom
