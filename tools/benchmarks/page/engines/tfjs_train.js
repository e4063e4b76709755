// Trains a network of dense layers with TensorFlow.js as our trainer does: the same layers, initial weights, loss and
// optimiser (Adam), on one thread. What our trainer does beside a plain step (average of the weights, schedule of the
// rate) is left out here, in favour of TensorFlow.js.
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import {setWasmPaths} from '@tensorflow/tfjs-backend-wasm';
import {add, addN, clipByValue, concat, cos, env, exp, matMul, memory, mul, randomNormal, ready, relu, setBackend, sin, slice, softplus, square,
  sub, sum, tanh, tensor, tensor2d, tidy, train, variable} from '@tensorflow/tfjs-core';

const geluTanh = (x) => mul(0.5, mul(x, add(1, tanh(mul(Math.sqrt(2 / Math.PI), mul(x, add(1, mul(0.044715, square(x)))))))));

// {layer: function of (x, weight, bias)}; weights are (outputs, inputs), as in our files.
const LAYERS = {
  linear: (x, weight, bias) => add(matMul(x, weight, false, true), bias),
  gelu_tanh: geluTanh,
  relu,
  fourier(x, weight) {
    const angles = matMul(x, weight, false, true);
    return concat([x, sin(angles), cos(angles)], 1);
  },
};

// Opens a back end ('wasm' or 'cpu'). `model` is the description in our weight file, weights {name: {shape, values}}.
// Returns {step(pixels, count), memory()}: one step on `count` images with values from 0 to 1; a promise of the loss.
export async function openTraining(backend, model, weights, {beta, learningRate}) {
  if (backend === 'wasm') {
    setWasmPaths(new URL('./', import.meta.url).href);
    env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  }
  await setBackend(backend);
  await ready();
  const variables = Object.fromEntries(Object.entries(weights).map(([name, {shape, values}]) => [name, variable(tensor(values, shape))]));
  const run = (part, x) => model[part].reduce((h, {kind}, n) => LAYERS[kind](h, variables[`${part}.${n}.weight`], variables[`${part}.${n}.bias`]), x);
  const optimizer = train.adam(learningRate, 0.9, 0.999, 1e-8), d = model.latent_dim, pixels = model.image[1] * model.image[2];

  // Mean over the images of binary cross-entropy with logits + beta KL, in nats.
  function loss(x, count) {
    const code = run('encoder', x), mu = slice(code, [0, 0], [-1, d]), logvar = clipByValue(slice(code, [0, d], [-1, d]), ...model.logvar_clamp);
    const z = add(mu, mul(exp(mul(0.5, logvar)), randomNormal([count, d])));
    const logits = run('decoder', z);
    const reconstruction = sum(sub(softplus(logits), mul(x, logits)));
    const kl = mul(0.5, sum(sub(addN([square(mu), exp(logvar)]), add(logvar, 1))));
    return mul(1 / count, add(reconstruction, mul(beta, kl)));
  }

  return {
    step: (batch, count) => tidy(() => {
      const x = tensor2d(batch, [count, pixels]);
      return optimizer.minimize(() => loss(x, count), true).dataSync()[0];
    }),
    memory: () => memory().numBytes,
  };
}
