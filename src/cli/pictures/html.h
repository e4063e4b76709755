// Self-contained HTML pages for printing: text, tables and inline SVG, light or dark like the reader's system.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "plot/canvas.h"

namespace loom {

class HtmlPage {
 public:
  HtmlPage(std::string title, std::string lead) : title_(std::move(title)), lead_(std::move(lead)) {}

  // Begins a part of the page with a heading.
  void section(std::string_view heading);
  void paragraph(std::string_view words);
  void exercise(std::string_view words);  // a suggestion for the reader to try, in a box
  // A picture drawn in the light theme; its colours follow the page's.
  void figure(const Canvas&);
  // Rows of a name and a value.
  void facts(const std::vector<std::pair<std::string, std::string>>& rows);
  // A header and rows; the first column is text, the others numbers.
  void table(const std::vector<std::string>& head, const std::vector<std::vector<std::string>>& rows);

  std::string html() const;  // the whole page; it loads nothing else

 private:
  std::string title_, lead_, body_;
  bool open_ = false;
  int figures_ = 0;
};

}  // namespace loom
