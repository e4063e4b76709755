#include "explorer/link/link.h"

#include <doctest/doctest.h>

#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "core/text.h"
#include "explorer/link/link_rows.h"
#include "explorer/overlays/overlay.h"
#include "explorer/state/parts.h"
#include "explorer/state/tour.h"
#include "explorer/tools/tool.h"

namespace loom {
namespace {

std::string full_link() {
  std::string link;
  for (const LinkRow& row : link_rows()) link += text(link.empty() ? "" : "&", row.key, '=', row.example);
  return link;
}

ExplorerState full_state() { return read_link(full_link()); }

TEST_CASE("link: every field, short and readable") {
  const std::string link = write_link(full_state());
  CHECK(link == full_link());
  CHECK(
      link.starts_with("m=fashion-conv-vae-2d&file=mine.safetensors&z=0.5,-1.25&v=-0.125,2,0.75&plane=pc2,5&overlay="
                       "holes&tool=path&a=1,2&"));
  CHECK(link.ends_with("&theme=dark&size=large&hide=choosers,legend&lock=model,z&w=0.5,0,0,-1.25"));
  CHECK(write_link(read_link(link)) == link);
  CHECK(write_link(read_link("#" + link)) == link);
}

TEST_CASE("link: every member of the state has a row") {
  // A new member stops this function from compiling: give it a row in explorer/link/link_rows.cpp, then add its name in
  // both places here.
  const auto members = [](const ExplorerState& state) {
    const auto& [model, file, z, placed, view, plane, isolated, theme, display, class_names, marks, overlay, tool, pins,
                 places, path, image, drawing, noise_kind, noise, source, source_class, bernoulli, draw, pair, other,
                 cursor, frame, watch, unit, epsilon, train, tour, hidden, locked, help] = state;
    return std::tie(help, model, file, z, placed, view, plane, isolated, theme, display, class_names, marks, overlay,
                    tool, pins, places, path, image, drawing, noise_kind, noise, source, source_class, bernoulli, draw,
                    pair, other, cursor, frame, watch, unit, epsilon, train, tour, hidden, locked);
  };
  const ExplorerState full = full_state(), usual;
  const auto all = members(full), defaults = members(usual);
  // The rows' examples set every member but the first, help, which is in no link.
  const auto check = [](std::size_t member, bool is_set) {
    CHECK_MESSAGE(is_set, "no row sets member ", member, " of these");
  };
  [&]<std::size_t... I>(std::index_sequence<I...>) {
    (check(I + 1, std::get<I + 1>(all) != std::get<I + 1>(defaults)), ...);
  }(std::make_index_sequence<std::tuple_size_v<decltype(all)> - 1>());
}

TEST_CASE("link: each row of the table round-trips alone and belongs to its own field") {
  const ExplorerState full = full_state();
  std::set<std::string> fields;
  for (const LinkRow& row : link_rows()) {
    CAPTURE(row.key);
    std::string value;
    row.field.write(full, value);
    REQUIRE(value == row.example);
    ExplorerState alone;
    row.field.read(value, alone);
    std::string again;
    row.field.write(alone, again);
    CHECK(again == value);
    const std::string link = write_link(alone);
    CHECK(link == text(row.key, '=', value));  // no other field has changed
    CHECK(write_link(read_link(link)) == link);
    CHECK(fields.insert(std::string(row.key)).second);
    std::string nothing;
    row.field.write(ExplorerState{}, nothing);
    CHECK(nothing.empty());
    row.field.keep(ExplorerState{}, alone);
    CHECK(alone == ExplorerState{});  // it keeps all that it reads
    for (const std::string_view broken : {"", "-", "x", "nan", "1e999", "-1", "<b>", ","}) {
      CAPTURE(broken);
      row.field.read(broken, alone);
      std::string written;
      row.field.write(alone, written);
      if (written != broken) CHECK(alone == ExplorerState{});
      alone = {};
    }
    const bool named = row.lock == kNoLock || !lock_names(row.lock).empty();
    CHECK_MESSAGE(named, "its lock has no row in explorer/state/parts.cpp");
  }
}

TEST_CASE("link: every overlay, tool and step of the tour has a link") {
  for (std::size_t i = 1; i < overlays().size(); ++i) {
    CAPTURE(overlays()[i].key);
    CHECK(read_link(text("overlay=", overlays()[i].key)).overlay == i);
  }
  for (std::size_t i = 1; i < tools().size(); ++i) {
    CAPTURE(tools()[i].key);
    CHECK(read_link(text("tool=", tools()[i].key)).tool == i);
  }
  CHECK(tour().size() <= 10);
  for (const TourStep& step : tour()) {
    CAPTURE(step.link);
    CHECK(write_link(read_link(step.link)) == step.link);
  }
}

TEST_CASE("link: names of parts and locks round-trip") {
  const auto check = [](const auto& rows, std::string_view key, auto set_of, auto mask_of) {
    NameSet all = 0;
    for (const auto& row : rows) {
      CAPTURE(row.key);
      const std::string link = text(key, '=', row.key);
      CHECK(set_of(read_link(link)) == mask_of(row));
      CHECK(write_link(read_link(link)) == link);
      CHECK_FALSE(row.what.empty());
      const std::string others = text(key, "=all,-plane,-", row.key);
      CHECK((set_of(read_link(others)) & mask_of(row)) == 0);
      CHECK(set_of(read_link(write_link(read_link(others)))) == set_of(read_link(others)));
      all |= mask_of(row);
    }
    CHECK(set_of(read_link(text(key, "=all"))) == all);
    CHECK(write_link(read_link(text(key, "=all"))) == text(key, "=all"));
  };
  check(
      part_rows(), "hide", [](const ExplorerState& s) { return s.hidden; },
      [](const PartRow& row) { return row.parts; });
  check(
      lock_rows(), "lock", [](const ExplorerState& s) { return s.locked; },
      [](const LockRow& row) { return row.lock; });
  CHECK(write_link(read_link("hide=later,legend,<b>")) == "hide=legend");
  CHECK(write_link(read_link("hide=picker,theme,help,share,controls")) == "hide=header");
  CHECK(write_link(read_link("hide=all,-plane,-decoded")) == "hide=all,-plane,-decoded");
  CHECK(write_link(read_link("hide=all,-plane,-garment")) == "hide=all,-plane,-decoded");  // the name before
  CHECK(read_link("hide=all,-plane,axes").hidden ==
        (read_link("hide=all").hidden & ~read_link("hide=plane").hidden) + bit(Part::axes));
}

TEST_CASE("link: all locks together keep every field except size, hide and lock") {
  const ExplorerState before;
  ExplorerState after = full_state();
  ExplorerState all;
  all.locked = read_link("lock=all").locked;
  after.help = true;
  after.hidden = after.locked = 0;
  after.display = DisplaySize::usual;  // what one can read is the visitor's own choice
  keep_locked(all, after);
  CHECK(after == before);
  after = full_state();
  keep_locked(before, after);
  CHECK(write_link(after) == write_link(full_state()));
}

TEST_CASE("link: defaults are not written") { CHECK(write_link({}).empty()); }

TEST_CASE("link: numbers with more decimals than a link has are rounded") {
  CHECK(read_link("z=0.123456789,1e-12").z == Point{0.12346f, 0});
  CHECK(write_link(read_link("noise=gaussian,1e-12")).empty());
  for (const std::string_view value : {"1e-12", "4e-6", "0.123456789", "-1e-9", "9999.999996"})
    for (const std::string_view before : {"z=0.5,", "v=0,1,", "a=1,", "b=2,", "noise=gaussian,", "noise=masking,",
                                          "w=0.5,1,", "train=fashion,tiny,2,vae,b"}) {
      CAPTURE(before);
      CAPTURE(value);
      const std::string link = write_link(read_link(text(before, value)));
      CHECK(write_link(read_link(link)) == link);
    }
}

TEST_CASE("link: percent-encoded by messaging apps") {
  CHECK(read_link("z=0.5%2C-1.25").z == Point{0.5f, -1.25f});
  CHECK(read_link("z=1,2%").z == Point{});
  CHECK(read_link("z=1,2%2").z == Point{});
}

TEST_CASE("link: hostile and broken values leave the defaults") {
  for (const char* link : {"z=nan,0",
                           "z=inf,1",
                           "z=1",
                           "z=1,2,3",
                           "z=,",
                           "z=0x10,1",
                           "z= 1,2",
                           "z=1,2 ",
                           "z=1e999,0",
                           "v=1,2",
                           "v=nan,nan,nan",
                           "c=99",
                           "c=-1",
                           "c=x",
                           "c=",
                           "theme=blue",
                           "names=2",
                           "marks=2",
                           "m=",
                           "m=<script>",
                           "m=a/../b",
                           "m=%00",
                           "=",
                           "&&&",
                           "z",
                           "Z=1,2",
                           "overlay=nothing",
                           "tool=<b>",
                           "a=1",
                           "b=nan,1",
                           "path=curly",
                           "x=-1",
                           "x=1.5",
                           "x=99999999999",
                           "noise=gaussian",
                           "noise=snow,0.1",
                           "noise=gaussian,x",
                           "from=class",
                           "from=class:300",
                           "from=prior:1",
                           "from=none",
                           "draw=-1",
                           "dots=yes",
                           "pair=1",
                           "pair=1,1",
                           "pair=1,999",
                           "with=../x",
                           "cursor=both",
                           "frame=-2",
                           "unit=3,4",
                           "unit=encoder,0,1",
                           "unit=decoder,1,1",
                           "unit=decoder,1,0",
                           "unit=middle,1,2",
                           "unit=encoder,1",
                           "unit=encoder,1,99999999999",
                           "unit=encoder,1,2,3",
                           "eps=-1",
                           "tour=11",
                           "tour=x",
                           "plane=1,1",
                           "plane=pc0",
                           "plane=0,1024",
                           "plane=0,70000",
                           "hide=nobody",
                           "hide=-legend",
                           "hide=,,-",
                           "hide=all,-all",
                           "lock=",
                           "lock=Z,zz",
                           "w=x",
                           "w=1,,2"}) {
    CAPTURE(link);
    CHECK(write_link(read_link(link)).empty());
  }
}

TEST_CASE("link: numbers are clamped, long links cut, unknown keys ignored") {
  CHECK(read_link("z=1e30,-1e30").z == Point{1e4f, -1e4f});
  CHECK(read_link("v=0,0,0").view->half > 0);
  CHECK(read_link("v=0,0,-5").view->half > 0);
  CHECK(read_link("noise=gaussian,99").noise <= 1);
  CHECK(read_link("future=1&z=1,2&other").z == Point{1, 2});
  const std::string padding(kMaxLinkLength, 'x');
  CHECK(read_link("q=" + padding + "&z=1,2").z == Point{});
  CHECK(read_link("z=1,2&q=" + padding).z == Point{1, 2});
  CHECK(read_link("m=" + std::string(65, 'a')).model.empty());
  CHECK(write_link(full_state()).size() < kMaxLinkLength);
}

TEST_CASE("link: reading and writing gives the same link") {
  for (const char* link : {"m=a&z=0.00001,-3&v=1,2,3&c=0,1", "theme=light", "z=-0.00001,0"})
    CHECK(write_link(read_link(link)) == link);
}

}  // namespace
}  // namespace loom
