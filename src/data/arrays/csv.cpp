#include "data/arrays/csv.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>

#include "core/error.h"
#include "core/files/file.h"
#include "core/image.h"
#include "core/parse.h"
#include "data/gzip.h"
#include "data/idx_header.h"

namespace loom {
namespace {

constexpr std::uint64_t kMaxCsvBytes = std::uint64_t{2} << 30;
constexpr std::size_t kMaxColumns =
    1 + static_cast<std::size_t>(kMaxImageSide) * static_cast<std::size_t>(kMaxImageSide);

std::vector<std::byte> read_unpacked(const std::filesystem::path& path) {
  std::vector<std::byte> stored = read_file(path.string(), kMaxCsvBytes);
  if (!is_gzip(stored)) return stored;
  GzipReader reader(stored, path.string());
  std::vector<std::byte> out, portion(1 << 20);
  for (std::size_t count = portion.size(); count == portion.size();) {
    count = reader.read(portion);
    out.insert(out.end(), portion.begin(), portion.begin() + static_cast<std::ptrdiff_t>(count));
    if (out.size() > kMaxCsvBytes) fail(path.string(), ": unpacks to more than ", kMaxCsvBytes, " bytes");
  }
  return out;
}

std::string_view trimmed(std::string_view cell) {
  const auto blank = [](char c) { return c == ' ' || c == '"' || c == '\r'; };
  while (!cell.empty() && blank(cell.front())) cell.remove_prefix(1);
  while (!cell.empty() && blank(cell.back())) cell.remove_suffix(1);
  return cell;
}

// A whole number of 0 to 255, also written as "12.0".
std::optional<std::uint8_t> value_of(std::string_view cell) {
  const std::optional<double> number = parse_number(cell);
  if (!number || !(*number >= 0 && *number <= 255) || *number != std::floor(*number)) return std::nullopt;
  return static_cast<std::uint8_t>(*number);
}

std::optional<Index> square_side(std::size_t count) {
  const auto side = static_cast<std::size_t>(std::lround(std::sqrt(static_cast<double>(count))));
  return side > 0 && side * side == count ? std::optional(static_cast<Index>(side)) : std::nullopt;
}

char separator_of(std::string_view line) {
  for (const char c : {',', ';', '\t'})
    if (line.find(c) != std::string_view::npos) return c;
  return ',';
}

bool names_label(std::string_view cell) {
  std::string name(cell);
  std::ranges::transform(name, name.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return name == "label" || name == "labels" || name == "class" || name == "target" || name == "y";
}

// Which column is the label, and the side of the images.
struct Columns {
  std::size_t count = 0;
  std::optional<std::size_t> label;
  Index side = 0;
};

Columns columns_of(const std::vector<std::string_view>& cells, bool named, const std::string& where) {
  Columns columns{cells.size(), {}, 0};
  if (named)
    for (std::size_t i = 0; i < cells.size() && !columns.label; ++i)
      if (names_label(trimmed(cells[i]))) columns.label = i;
  if (!columns.label && !square_side(cells.size())) columns.label = 0;
  const std::size_t pixels = cells.size() - (columns.label ? 1 : 0);
  const std::optional<Index> side = square_side(pixels);
  if (!side || *side > kMaxImageSide)
    fail(where, ": ", cells.size(), " values in a row, expected a label and the pixels of a square image of at most ",
         kMaxImageSide, "x", kMaxImageSide, ", such as 785");
  columns.side = *side;
  return columns;
}

}  // namespace

CsvImages read_csv_images(const std::filesystem::path& path) {
  const std::vector<std::byte> bytes = read_unpacked(path);
  return parse_csv_images({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, path.string());
}

CsvImages parse_csv_images(std::string_view table, const std::string& where) {
  std::string_view rest = table;
  if (rest.starts_with("\xef\xbb\xbf")) rest.remove_prefix(3);
  CsvImages images;
  std::optional<Columns> columns;
  char separator = ',';
  for (std::size_t row = 1; !rest.empty(); ++row) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    if (trimmed(line).empty()) continue;
    if (!columns) separator = separator_of(line);
    const std::vector<std::string_view> cells = split(line, separator);
    if (cells.size() > kMaxColumns)
      fail(where, ": row ", row, " has ", cells.size(), " values, expected at most ", kMaxColumns);
    if (!columns) {
      const bool named =
          !std::ranges::all_of(cells, [](std::string_view cell) { return parse_number(trimmed(cell)).has_value(); });
      columns = columns_of(cells, named, where);
      images.side = columns->side;
      if (named) continue;
    }
    if (cells.size() != columns->count)
      fail(where, ": row ", row, " has ", cells.size(), " values, expected ", columns->count, " as in the first row");
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const std::string_view cell = trimmed(cells[i]);
      const std::optional<std::uint8_t> value = value_of(cell);
      if (!value)
        fail(where, ": row ", row, ", column ", i + 1, " holds '", cell.substr(0, 20),
             "', expected a whole number of 0 to 255");
      (columns->label == i ? images.labels : images.pixels).push_back(*value);
    }
    if (images.pixels.size() > kMaxIdxBytes) fail(where, ": more than ", kMaxIdxBytes, " pixels in all");
  }
  if (images.pixels.empty()) fail(where, ": no rows of numbers");
  return images;
}

}  // namespace loom
