#pragma once

#include "core/palette.h"
