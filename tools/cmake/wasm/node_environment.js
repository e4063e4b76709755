// Emscripten gives C a made-up environment; the tests want LOOM_DATA of the real one.
Module.preRun = () => {
  for (const [name, value] of Object.entries(process.env)) if (name.startsWith('LOOM_')) ENV[name] = value;
};
