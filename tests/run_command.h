// Programs of others, for tests that ask them for a second opinion.
#pragma once

#include <cstdio>
#include <string>

namespace loom {

struct Run {
  int status;          // 0: success
  std::string output;  // and errors
};

inline Run run_command(const std::string& command) {
  Run result{-1, ""};
  std::FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) return result;
  char buffer[4096];
  while (const std::size_t size = std::fread(buffer, 1, sizeof buffer, pipe)) result.output.append(buffer, size);
  result.status = ::pclose(pipe);
  return result;
}

// The first python3 that can import `module`: the one in the path may be a private one without it. Empty if none can.
inline std::string python_with(const std::string& module) {
  for (const std::string python : {"python3", "/usr/bin/python3"})
    if (run_command(python + " -c 'import " + module + "'").status == 0) return python;
  return "";
}

}  // namespace loom
