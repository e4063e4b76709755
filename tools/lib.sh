# Shared by the scripts in this folder: `source "$(dirname "$0")/lib.sh"`. Afterwards the working directory is the top
# of the repository. It only defines variables and functions.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
ROOT=$PWD
TOOLCHAIN=$ROOT/build/toolchain

say() { printf '%s\n' "$*"; }
die() { printf '%s: %s\n' "${0##*/}" "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# show_help FILE: prints the comment at the top of a script, which is its help text.
show_help() { sed -n '2,/^[^#]/{s/^# \{0,1\}//p}' "$1"; }

# quietly LOG COMMAND...: writes the output to build/log/LOG and shows its end only on failure.
quietly() {
  local log=$ROOT/build/log/$1; shift
  mkdir -p "$ROOT/build/log"
  if ! "$@" >"$log" 2>&1; then
    tail -n 12 "$log" >&2
    return 1
  fi
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif have sudo; then sudo "$@"
  else die "needs root or sudo for: $*"; fi
}

is_debian() { have apt-get && [ "$(. /etc/os-release 2>/dev/null && printf '%s' "${ID:-}")" = debian ]; }

# The Emscripten on the PATH is used if it is at least 3.1.50: older ones (Debian 12 has 3.1.6) lack flags that we use.
path_has_emscripten() {
  have emcc && have em-config || return 1
  local version
  version=$(emcc --version 2>/dev/null | sed -n '1s/.* \([0-9]*\.[0-9]*\.[0-9]*\).*/\1/p')
  [ -n "$version" ] && [ "$(printf '%s\n3.1.50\n' "$version" | sort -V | head -n 1)" = 3.1.50 ]
}

# If Emscripten, CMake and Ninja are on the PATH, or the system is not Debian, no Debian packages are installed.
brings_own_tools() { ! is_debian || { path_has_emscripten && have cmake && have ninja; }; }

# The clang that Emscripten uses is also used for sanitizers and fuzzing.
newest_clang() { local c; for c in clang++-19 clang++; do have "$c" && { printf '%s' "$c"; return; }; done; return 1; }

# Prints the folder with the real data sets; nothing if there is none.
find_data() {
  local folder
  for folder in "${LOOM_DATA:-}" "$ROOT/../shared/data" "$ROOT/data"; do
    if [ -n "$folder" ] && [ -d "$folder/fashion-mnist" ]; then (cd "$folder" && pwd); return; fi
  done
}
