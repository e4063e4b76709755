#include "explorer/tools/image_answer.h"

#include <algorithm>

#include "core/text.h"
#include "explorer/state/number_text.h"
#include "explorer/texts/texts.h"

namespace loom {
namespace {

std::string classes_at(const LoadedModel& model, const Neighbourhood& near) {
  std::string list;
  for (std::size_t i = 0; i < near.shown; ++i)
    list += text(i == 0 ? "" : ", ", model.class_names[near.top[i].class_id], ' ', share_text(near.top[i]));
  return list;
}

}  // namespace

const std::string& ImageAnswer::words(const Session& session, std::optional<double> excess) {
  const LoadedModel& model = *session.model;
  const InputImage& input = session.input.current();
  if (model_ == &model && serial_ == input.serial && plane_ == model.plane_serial && excess_ == excess) return words_;
  model_ = &model, serial_ = input.serial, plane_ = model.plane_serial, excess_ = excess;
  const Neighbourhood near = neighbourhood(model, input.mu, by_class_);
  words_ = !model.labelled   ? std::string()
           : near.shown == 0 ? std::string(texts::kLandsNowhere)
                             : texts::lands_among(classes_at(model, near));
  const std::vector<Scalar>& scores = model.file.test.excess;
  if (!excess || scores.empty()) return words_;
  const auto below = std::ranges::count_if(scores, [&](Scalar score) { return score < *excess; });
  words_ += texts::stranger_than(percent_text(static_cast<double>(below) / static_cast<double>(scores.size())));
  if (words_.starts_with(' ')) words_.erase(0, 1);
  return words_;
}

}  // namespace loom
