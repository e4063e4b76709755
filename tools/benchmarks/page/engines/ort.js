// ONNX Runtime Web: its smallest build with the CPU provider, one thread.
import {InferenceSession, Tensor, env} from 'onnxruntime-web/wasm';

export async function open(model) {
  env.wasm.numThreads = 1;
  env.wasm.wasmPaths = {wasm: new URL('ort-wasm-simd-threaded.wasm', import.meta.url).href};
  const session = await InferenceSession.create(`${model}.onnx`);
  const LATENT = 2; // the measured models have two latent dimensions
  return {
    async decode(points) {
      const {picture} = await session.run({z: new Tensor('float32', points, [points.length / LATENT, LATENT])});
      return picture.data;
    },
  };
}
