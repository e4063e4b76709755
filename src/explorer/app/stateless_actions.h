// The actions that leave the state as it is: shapes, drawings, downloads, files and messages.
#pragma once

#include "explorer/app/explorer.h"

namespace loom {

void perform(Explorer& explorer, const PressOverlay&);
void perform(Explorer& explorer, const Play&);
void perform(Explorer& explorer, const SetPlay& set);
void perform(Explorer& explorer, const MakeFilm&);
void perform(Explorer& explorer, const WantShape&);
void perform(Explorer& explorer, const DropShape&);
void perform(Explorer& explorer, const DrawStroke& stroke);
void perform(Explorer& explorer, const ClearDrawing&);
void perform(Explorer& explorer, const LoadModel& load);
void perform(Explorer& explorer, const LoadReplay&);
void perform(Explorer& explorer, const LoadOriginals& load);
void perform(Explorer& explorer, const SaveFile& file);
void perform(Explorer& explorer, const ChooseFile&);
void perform(Explorer& explorer, const Share&);
void perform(Explorer& explorer, const OpenLesson&);
void perform(Explorer& explorer, const DismissWelcome&);
void perform(Explorer& explorer, const Find& find);
void perform(Explorer& explorer, const DismissMessage&);

}  // namespace loom
