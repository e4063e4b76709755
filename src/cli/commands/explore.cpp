#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "cli/commands/commands.h"
#include "core/error.h"

namespace loom {

// The explorer is a separate program in the same folder, so that training needs neither a window system nor OpenGL.
void add_explore(CLI::App& app, const char* program) {
  auto* command = app.add_subcommand("explore", "Open the explorer of the latent space in a window");
  command->prefix_command();  // everything after "explore" belongs to the explorer
  command->set_help_flag();
  command->callback([command, program] {
    std::error_code error;
    std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe", error);
    if (error) self = program;
    const std::string explorer = self.replace_filename("loom-explorer").string();
    std::vector<std::string> arguments = command->remaining();
    std::vector<char*> argv{const_cast<char*>(explorer.c_str())};
    for (std::string& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    execv(explorer.c_str(), argv.data());
    fail(explorer, ": ", std::strerror(errno), "; tools/build builds the explorer if SDL2 is installed");
  });
}

}  // namespace loom
