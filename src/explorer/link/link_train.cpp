#include "explorer/link/link_train.h"

#include <algorithm>
#include <concepts>
#include <limits>

#include "core/parse.h"
#include "core/text.h"
#include "explorer/link/link_values.h"

namespace loom {
namespace {

constexpr std::array<std::string_view, 3> kDataWords{"fashion", "digits", "own"};
constexpr std::array<std::string_view, 2> kKindWords{"ae", "vae"};
constexpr std::array<std::string_view, 4> kSizeWords{"tiny", "small", "medium", "default"};
constexpr std::array<std::string_view, 4> kConvSizeWords{"tiny", "small", "medium", "large"};
constexpr std::string_view kConvSign = "conv-";  // before the size
constexpr std::size_t kPlainWords = 4, kMostWords = 24;

// The index of the word, if it is one of them.
template <std::size_t N>
std::optional<std::size_t> index_of(const std::array<std::string_view, N>& words, std::string_view word) {
  const auto found = std::ranges::find(words, word);
  if (found == words.end()) return std::nullopt;
  return static_cast<std::size_t>(found - words.begin());
}

bool read_float(std::string_view digits, float& value) {
  std::array<float, 1> number;
  if (!read_numbers(digits, number)) return false;
  value = number[0];
  return true;
}

// Clamps a whole number to a type that bounded() then clamps further.
template <class Integer>
Integer clamped(std::uint32_t number) {
  return static_cast<Integer>(std::min<std::uint32_t>(number, std::numeric_limits<Integer>::max()));
}

// A letter and a number, such as "b0.5".
bool read_numbered(std::string_view word, TrainChoice& choice) {
  if (word.size() < 2) return false;
  const std::string_view digits = word.substr(1);
  if (word[0] == 'b') return read_float(digits, choice.beta);
  if (word[0] == 'r') return read_float(digits, choice.learning_rate);
  const std::optional<std::uint32_t> number = parse_integer<std::uint32_t>(digits);
  if (!number) return false;
  switch (word[0]) {
    case 'e': choice.epochs = clamped<std::uint8_t>(*number); return true;
    case 's': choice.seed = *number; return true;
    case 'x': choice.leave_out = clamped<std::int8_t>(*number); return true;
    case 'k': choice.only = clamped<std::int8_t>(*number); return true;
    case 'm': choice.batch_size = clamped<std::uint16_t>(*number); return true;
    case 'n': choice.images = *number; return true;
    default: return false;
  }
}

// A name of the trainer: an optimizer, an activation, or a kind of noise with its level, "gaussian:0.3".
bool read_named(std::string_view word, TrainChoice& choice) {
  const std::size_t colon = std::min(word.find(':'), word.size());
  if (colon < word.size()) {
    const auto noise = index_of(kTrainNoises, word.substr(0, colon));
    if (noise) choice.noise = static_cast<std::uint8_t>(*noise);
    return noise && read_float(word.substr(colon + 1), choice.noise_level);
  }
  if (const auto optimizer = index_of(kTrainOptimizers, word)) {
    choice.optimizer = static_cast<std::uint8_t>(*optimizer);
    return true;
  }
  const auto activation = index_of(kTrainActivations, word);
  if (activation) choice.activation = static_cast<std::uint8_t>(*activation);
  return activation.has_value();
}

// Appends ",b0.5" if the value is not the usual one.
void write_number(std::string& out, char letter, float value, float usual) {
  if (value == usual) return;
  out += text(',', letter);
  append_number(out, value);
}
template <std::integral Integer>
void write_number(std::string& out, char letter, Integer value, Integer usual) {
  if (value != usual) out += text(',', letter, std::int64_t{value});
}

}  // namespace

void write_train(const ExplorerState& state, std::string& out) {
  const TrainChoice &choice = state.train, usual;
  if (choice == usual) return;
  const bool conv = choice.network == TrainNetwork::conv;
  const auto& sizes = conv ? kConvSizeWords : kSizeWords;
  out += text(kDataWords[static_cast<std::size_t>(choice.data)], ',', conv ? kConvSign : std::string_view(),
              sizes[static_cast<std::size_t>(choice.size)], ',', int{choice.latent_dim}, ',',
              kKindWords[choice.variational ? 1 : 0]);
  write_number(out, 'b', choice.beta, usual.beta);
  write_number(out, 'e', choice.epochs, usual.epochs);
  write_number(out, 's', choice.seed, usual.seed);
  write_number(out, 'x', choice.leave_out, usual.leave_out);
  write_number(out, 'k', choice.only, usual.only);
  write_number(out, 'r', choice.learning_rate, usual.learning_rate);
  write_number(out, 'm', choice.batch_size, usual.batch_size);
  write_number(out, 'n', choice.images, usual.images);
  if (choice.optimizer != usual.optimizer) out += text(',', kTrainOptimizers[choice.optimizer]);
  if (choice.activation != usual.activation) out += text(',', kTrainActivations[choice.activation]);
  if (choice.noise == usual.noise) return;
  out += text(',', kTrainNoises[choice.noise], ':');
  append_number(out, choice.noise_level);
}

void read_train(std::string_view text, ExplorerState& state) {
  const std::vector<std::string_view> words = split(text, ',');
  if (words.size() < kPlainWords || words.size() > kMostWords) return;
  TrainChoice choice;
  const bool conv = words[1].starts_with(kConvSign);
  const auto data = index_of(kDataWords, words[0]);
  const auto size = conv ? index_of(kConvSizeWords, words[1].substr(kConvSign.size())) : index_of(kSizeWords, words[1]);
  const auto dimensions = parse_integer<std::uint32_t>(words[2]);
  const auto kind = index_of(kKindWords, words[3]);
  if (!data || !size || !dimensions || !kind) return;
  choice.data = static_cast<TrainData>(*data);
  choice.size = static_cast<TrainSize>(*size);
  choice.network = conv ? TrainNetwork::conv : TrainNetwork::dense;
  choice.latent_dim = static_cast<std::uint8_t>(std::min<std::uint32_t>(*dimensions, kTrainDimensions.back()));
  choice.variational = *kind == 1;
  for (std::size_t i = kPlainWords; i < words.size(); ++i)
    if (!read_numbered(words[i], choice) && !read_named(words[i], choice)) return;
  state.train = bounded(choice);
}

}  // namespace loom
