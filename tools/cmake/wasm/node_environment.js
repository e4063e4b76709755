// Emscripten's C library has an artificial environment; the tests need LOOM_DATA from the real one.
Module.preRun = () => {
  for (const [name, value] of Object.entries(process.env)) if (name.startsWith('LOOM_')) ENV[name] = value;
};
