// TensorFlow.js: a layers model on the WebAssembly backend, one thread.
import {setWasmPaths} from '@tensorflow/tfjs-backend-wasm';
import {add, env, mul, serialization, setBackend, tanh, tensor2d, tidy} from '@tensorflow/tfjs-core';
import {loadLayersModel} from '@tensorflow/tfjs-layers';

// Version 4.22 of the library has this activation (gelu_new), but looks it up under a name that is not registered. This
// one uses products instead of a power, because they are faster.
class GeluTanh extends serialization.Serializable {
  static className = 'geluTanh';

  getConfig() { return {}; }

  apply(x) {
    const inner = mul(Math.sqrt(2 / Math.PI), mul(x, add(1, mul(0.044715, mul(x, x)))));
    return mul(0.5, mul(x, add(1, tanh(inner))));
  }
}
serialization.registerClass(GeluTanh);

export async function open(model) {
  setWasmPaths(new URL('./', import.meta.url).href);
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  const files = Promise.all([`${model}.json`, `${model}.bin`].map(async (name) => (await fetch(name)).arrayBuffer()));
  await setBackend('wasm');
  const [json, weightData] = await files;
  const description = JSON.parse(new TextDecoder().decode(json));
  const loaded = await loadLayersModel({load: async () => ({...description, weightData})});
  const latent = loaded.inputs[0].shape[1];
  return {decode: (points) => tidy(() => loaded.predict(tensor2d(points, [points.length / latent, latent])).dataSync())};
}
