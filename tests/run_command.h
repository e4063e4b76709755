// Runs other programs, for tests that compare with their results.
#pragma once

#include <cstdio>
#include <string>

namespace loom {

struct Run {
  int status;          // 0: success
  std::string output;  // standard output and standard error
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

// The first python3 that can import `module`, or empty if there is none. The one on the PATH may lack the module.
inline std::string python_with(const std::string& module) {
  for (const std::string python : {"python3", "/usr/bin/python3"})
    if (run_command(python + " -c 'import " + module + "'").status == 0) return python;
  return "";
}

}  // namespace loom
