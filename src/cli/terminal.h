// Everything that the commands write to a terminal. What comes from files or their names cannot control it.
#pragma once

#include <string>
#include <string_view>

namespace loom {

// The text with everything escaped that a terminal would act on or that would change how the rest reads: control
// characters (also ESC, line breaks and C1), marks of writing direction, invisible characters, and bytes that are no
// UTF-8. As \uXXXX, which is right in JSON, too; such a byte B becomes \udcBB as in Python's surrogateescape.
std::string printable(std::string_view text);

// One line to standard output. Throws Error if it cannot be written (for example to a full disk).
void print(std::string_view line);

// One line to standard error: "loom: note: ...", "loom: warning: ...", and an error, "loom: ...".
void print_note(std::string_view sentence);
void print_warning(std::string_view sentence);
void print_error(std::string_view sentence);

}  // namespace loom
