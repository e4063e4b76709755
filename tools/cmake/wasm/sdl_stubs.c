/* Functions that ImGui's backend and SDL_egl.c refer to but the page never uses: game controllers, shared libraries. */
#include <stddef.h>
#include <string.h>

#include "SDL.h"

int SDL_NumJoysticks(void) { return 0; }
SDL_bool SDL_IsGameController(int index) { (void)index; return SDL_FALSE; }
SDL_GameController *SDL_GameControllerOpen(int index) { (void)index; return NULL; }
void SDL_GameControllerClose(SDL_GameController *controller) { (void)controller; }
Sint16 SDL_GameControllerGetAxis(SDL_GameController *controller, SDL_GameControllerAxis axis) {
  (void)controller; (void)axis; return 0;
}
Uint8 SDL_GameControllerGetButton(SDL_GameController *controller, SDL_GameControllerButton button) {
  (void)controller; (void)button; return 0;
}
void *SDL_LoadObject(const char *file) { (void)file; return NULL; }
void *SDL_LoadFunction(void *handle, const char *name) { (void)handle; (void)name; return NULL; }
void SDL_UnloadObject(void *handle) { (void)handle; }

/* Emscripten's own eglGetProcAddress keeps a table of all GL functions alive: 55 kB of JavaScript. SDL asks only for
   these four; everything else is linked by name. */
extern const unsigned char *glGetString(unsigned int name);
extern const unsigned char *glGetStringi(unsigned int name, unsigned int index);
extern void glGetIntegerv(unsigned int name, int *value);
extern unsigned int glGetError(void);

void *eglGetProcAddress(const char *name) {
  if (strcmp(name, "glGetString") == 0) return (void *)glGetString;
  if (strcmp(name, "glGetStringi") == 0) return (void *)glGetStringi;
  if (strcmp(name, "glGetIntegerv") == 0) return (void *)glGetIntegerv;
  if (strcmp(name, "glGetError") == 0) return (void *)glGetError;
  return NULL;
}
