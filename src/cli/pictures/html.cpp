#include "cli/pictures/html.h"

#include "core/text.h"
#include "plot/svg.h"
#include "plot/theme.h"

namespace loom {
namespace {

// The pixels of an image have the colours of the light theme; inverted, with their hues kept, those of the dark one.
constexpr std::string_view kStyle = R"(
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:17px/1.6 Roboto,"Helvetica Neue",Arial,sans-serif;
  -webkit-text-size-adjust:100%}
main{max-width:960px;margin:0 auto;padding:40px 20px 80px}
h1{font-size:34px;line-height:1.2;font-weight:500;margin:0 0 10px}
h2{font-size:23px;line-height:1.3;font-weight:500;margin:56px 0 10px}
p{max-width:46em;margin:0 0 14px}
.lead{font-size:19px;color:var(--muted)}
.try{border-left:3px solid var(--accent);padding:2px 0 2px 14px;margin:18px 0}
.try b{color:var(--accent);font-weight:500}
figure{margin:18px 0;overflow-x:auto}
figure svg{display:block;max-width:100%;height:auto;min-width:min(100%,560px)}
.wide{overflow-x:auto;margin:16px 0}
table{border-collapse:collapse;font-size:15px;font-variant-numeric:tabular-nums}
th,td{padding:5px 18px 5px 0;text-align:right;border-bottom:1px solid var(--grid);vertical-align:top}
th{font-weight:500;color:var(--muted)}
th:first-child,td:first-child{text-align:left}
table.facts td{text-align:left}
table.facts td:first-child{color:var(--muted);white-space:nowrap}
table.facts td:last-child{overflow-wrap:anywhere}
@media (max-width:640px){main{padding:24px 16px 60px}h1{font-size:27px}h2{margin-top:44px}body{font-size:16px}
  figure svg{min-width:560px}}
@media print{main{max-width:none;padding:0}h2{break-after:avoid;margin-top:28px}figure,.try{break-inside:avoid}
  body{font-size:11pt}figure,.wide{overflow:visible}}
)";

}  // namespace

void HtmlPage::section(std::string_view heading) {
  if (open_) body_ += "</section>\n";
  open_ = true;
  body_ += text("<section>\n<h2>", escaped(heading), "</h2>\n");
}

void HtmlPage::paragraph(std::string_view words) { body_ += text("<p>", escaped(words), "</p>\n"); }

void HtmlPage::exercise(std::string_view words) {
  body_ += text("<p class=\"try\"><b>Try.</b> ", escaped(words), "</p>\n");
}

void HtmlPage::figure(const Canvas& canvas) {
  const SvgStyle style{&kLightTheme, text("f", ++figures_, "-")};
  body_ += text("<figure>\n", svg_of(canvas, style), "</figure>\n");
}

void HtmlPage::facts(const std::vector<std::pair<std::string, std::string>>& rows) {
  body_ += "<div class=\"wide\"><table class=\"facts\">\n";
  for (const auto& [name, value] : rows)
    body_ += text("<tr><td>", escaped(name), "</td><td>", escaped(value), "</td></tr>\n");
  body_ += "</table></div>\n";
}

void HtmlPage::table(const std::vector<std::string>& head, const std::vector<std::vector<std::string>>& rows) {
  body_ += "<div class=\"wide\"><table>\n<tr>";
  for (const std::string& cell : head) body_ += text("<th>", escaped(cell), "</th>");
  body_ += "</tr>\n";
  for (const std::vector<std::string>& row : rows) {
    body_ += "<tr>";
    for (const std::string& cell : row) body_ += text("<td>", escaped(cell), "</td>");
    body_ += "</tr>\n";
  }
  body_ += "</table></div>\n";
}

std::string HtmlPage::html() const {
  return text(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n<title>",
      escaped(title_), "</title>\n<style>\n:root{", theme_variables(kLightTheme),
      "}\n@media screen and (prefers-color-scheme:dark){:root{", theme_variables(kDarkTheme),
      "}.pixels{filter:invert(.9) hue-rotate(180deg)}}", kStyle, "</style>\n</head>\n<body>\n<main>\n<h1>",
      escaped(title_), "</h1>\n<p class=\"lead\">", escaped(lead_), "</p>\n", body_, open_ ? "</section>\n" : "",
      "</main>\n</body>\n</html>\n");
}

}  // namespace loom
