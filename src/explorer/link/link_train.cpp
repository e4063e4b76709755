#include "explorer/link/link_train.h"

#include <algorithm>

#include "core/parse.h"
#include "core/text.h"
#include "explorer/link/link_values.h"

namespace loom {
namespace {

constexpr std::array<std::string_view, 2> kDataWords{"fashion", "digits"}, kKindWords{"ae", "vae"};
constexpr std::array<std::string_view, 4> kSizeWords{"tiny", "small", "medium", "default"};
constexpr std::size_t kPlainWords = 4, kMostWords = 8;

// The index of the word, if it is one of them.
template <std::size_t N>
std::optional<std::size_t> index_of(const std::array<std::string_view, N>& words, std::string_view word) {
  const auto found = std::ranges::find(words, word);
  if (found == words.end()) return std::nullopt;
  return static_cast<std::size_t>(found - words.begin());
}

// A letter and a number, such as "b0.5". Returns false for anything else.
bool read_extra(std::string_view word, TrainChoice& choice) {
  if (word.size() < 2) return false;
  const std::string_view digits = word.substr(1);
  if (word[0] == 'b') {
    std::array<float, 1> beta;
    if (!read_numbers(digits, beta)) return false;
    choice.beta = beta[0];
    return true;
  }
  const std::optional<std::uint32_t> number = parse_integer<std::uint32_t>(digits);
  if (!number) return false;
  if (word[0] == 'e') choice.epochs = static_cast<std::uint8_t>(std::min<std::uint32_t>(*number, kMostTrainEpochs));
  if (word[0] == 's') choice.seed = *number;
  if (word[0] == 'x') choice.leave_out = static_cast<std::int8_t>(std::min<std::uint32_t>(*number, kTrainClasses - 1));
  return word[0] == 'e' || word[0] == 's' || word[0] == 'x';
}

}  // namespace

void write_train(const ExplorerState& state, std::string& out) {
  const TrainChoice &choice = state.train, usual;
  if (choice == usual) return;
  out += text(kDataWords[static_cast<std::size_t>(choice.data)], ',', kSizeWords[static_cast<std::size_t>(choice.size)],
              ',', int{choice.latent_dim}, ',', kKindWords[choice.variational ? 1 : 0]);
  if (choice.beta != usual.beta) {
    out += ",b";
    append_number(out, choice.beta);
  }
  if (choice.epochs != usual.epochs) out += text(",e", int{choice.epochs});
  if (choice.seed != usual.seed) out += text(",s", choice.seed);
  if (choice.leave_out != usual.leave_out) out += text(",x", int{choice.leave_out});
}

void read_train(std::string_view text, ExplorerState& state) {
  const std::vector<std::string_view> words = split(text, ',');
  if (words.size() < kPlainWords || words.size() > kMostWords) return;
  TrainChoice choice;
  const auto data = index_of(kDataWords, words[0]), size = index_of(kSizeWords, words[1]);
  const auto dimensions = parse_integer<std::uint32_t>(words[2]);
  const auto kind = index_of(kKindWords, words[3]);
  if (!data || !size || !dimensions || !kind) return;
  choice.data = static_cast<TrainData>(*data);
  choice.size = static_cast<TrainSize>(*size);
  choice.latent_dim = static_cast<std::uint8_t>(std::min<std::uint32_t>(*dimensions, kTrainDimensions.back()));
  choice.variational = *kind == 1;
  for (std::size_t i = kPlainWords; i < words.size(); ++i)
    if (!read_extra(words[i], choice)) return;
  state.train = bounded(choice);
}

}  // namespace loom
