// Reads the state of the module.

import {rectOf} from './heap.js';

// As TrainPhase of src/explorer/session/training_run.h.
const PHASES = ['none', 'kept', 'loading', 'starting', 'running', 'paused', 'finished', 'failed'];

export function textReader(module) {
  return (at) => new TextDecoder().decode(module.HEAPU8.subarray(at, module.HEAPU8.indexOf(0, at)));
}

export const place = (module, part) => rectOf(module, module._loom_place, part);

// Read-only view of the explorer (window.loom), for tests and for the browser's console.
export function inspector(module) {
  const text = textReader(module);
  return Object.freeze({
    get drawnWith() { return module._loom_draws_on_cpu() ? '2d' : 'webgl2'; },
    get z() { return [module._loom_z(0), module._loom_z(1)]; },
    screen: (z1, z2) => [module._loom_screen(0, z1, z2), module._loom_screen(1, z1, z2)],
    place: (part) => place(module, part),
    pressable: (id) => rectOf(module, module._loom_pressable, id),
    get frameMilliseconds() { return module._loom_frame_milliseconds(); },
    encoded: (n) => [module._loom_encoded(0, n), module._loom_encoded(1, n)],
    drawn: (n) => [module._loom_drawn(0, n), module._loom_drawn(1, n)],
    get frames() { return module._loom_frames(); },
    get decodeMicroseconds() { return module._loom_decode_microseconds(); },
    get hovered() { return module._loom_hovered(); },
    get hoveredOriginal() { return Boolean(module._loom_hovered_original()); },
    get state() { return text(module._loom_state()); },
    get model() { return text(module._loom_model()); },
    get message() { return text(module._loom_message()); },
    get spoken() { return text(module._loom_spoken()); },
    get training() {
      return {phase: PHASES[module._loom_training_phase()], epoch: module._loom_training_epoch(), loss: module._loom_training_loss()};
    },
    get picture() {
      const [width, height] = [module._loom_picture_size(0), module._loom_picture_size(1)];
      const at = module._loom_picture() / 4;
      return {width, height, pixels: module.HEAPF32.slice(at, at + width * height)};
    },
  });
}
