// Self-contained HTML pages: text, tables and inline SVG, light and dark by the reader's system, made to be printed.
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

  // A part of the page with a heading; what follows belongs to it.
  void section(std::string_view heading);
  void paragraph(std::string_view words);
  void exercise(std::string_view words);  // something for the reader to try, set apart
  // A picture drawn in the light theme; its colours follow the page's.
  void figure(const Canvas&);
  // Rows of a name and a value.
  void facts(const std::vector<std::pair<std::string, std::string>>& rows);
  // A head and rows; the first column is text, the others numbers.
  void table(const std::vector<std::string>& head, const std::vector<std::vector<std::string>>& rows);

  std::string html() const;  // the whole page; asks for nothing else

 private:
  std::string title_, lead_, body_;
  bool open_ = false;
  int figures_ = 0;
};

}  // namespace loom
