# cmake -DINPUT=font.ttf -DOUTPUT=font_data.cpp -P embed_font.cmake
file(READ ${INPUT} bytes HEX)
string(LENGTH ${bytes} digits)
math(EXPR size "${digits} / 2")
string(REGEX REPLACE "(................................)" "\\1\n" bytes ${bytes})
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
file(WRITE ${OUTPUT}
"#include \"font_data.h\"

namespace loom {
const unsigned int kFontSize = ${size};
const unsigned char kFontData[] = {
${bytes}};
}  // namespace loom
")
