import type {Training, TrainingData, TrainingOptions, TrainingSettings} from './loom.js';

/**
 * Begins a run: with random weights; from the weights of a file (`weights`, whose recipe `settings` change); or where an
 * earlier run was when its `state` was saved. Rejects with an Error that names the item, what was found and expected.
 */
export function createTraining(data: TrainingData & {
  settings?: TrainingSettings;
  weights?: Uint8Array | ArrayBuffer;
  state?: Uint8Array | ArrayBuffer;
  /** The bytes of loom-train.wasm, if it cannot be downloaded. Only the first run uses it. */
  wasm?: ArrayBuffer | Uint8Array | Promise<ArrayBuffer | Uint8Array>;
  /** 'worker': only in a worker; 'page': only on the page's own thread. */
  worker?: 'auto' | 'worker' | 'page';
}, options?: TrainingOptions): Promise<Training>;
