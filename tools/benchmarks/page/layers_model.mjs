// One of our models in the format of TensorFlow.js: the decoder as a layers model, weights in half precision as in our
// own file.
import {readFileSync} from 'node:fs';

const BYTES = 2; // of a half-precision number
const ACTIVATIONS = {gelu_tanh: 'gelu_tanh'}; // in engines/tfjs.js

function readTensors(path) {
  const bytes = readFileSync(path), begin = 8 + Number(bytes.readBigUInt64LE(0));
  const header = JSON.parse(bytes.toString('utf8', 8, begin));
  const tensor = (name) => {
    const {dtype, shape, data_offsets: [from, to]} = header[name];
    if (dtype !== 'F16') throw new Error(`${path}: ${name} is ${dtype}, and only F16 is written for TensorFlow.js`);
    return {shape, halves: new Uint16Array(bytes.buffer.slice(bytes.byteOffset + begin + from, bytes.byteOffset + begin + to))};
  };
  return {model: JSON.parse(header.__metadata__.model), tensor};
}

// Reorders a tensor: the new element at `index` is the old one at from(index).
function reordered(halves, shape, from) {
  const out = new Uint16Array(halves.length), index = shape.map(() => 0);
  for (let n = 0; n < out.length; n++) {
    out[n] = halves[from(index)];
    for (let axis = shape.length - 1; axis >= 0 && ++index[axis] === shape[axis]; axis--) index[axis] = 0;
  }
  return {shape, halves: out};
}

// PyTorch's (out, in) becomes (in, out). `image` is the shape that the outputs are unflattened to, with channels last.
function dense({shape: [outputs, inputs], halves}, image) {
  const [, height, width] = image ?? [outputs, 1, 1], channels = outputs / (height * width);
  const old = (out) => image ? (out % channels) * height * width + Math.floor(out / channels) : out;
  return reordered(halves, [inputs, outputs], ([i, o]) => old(o) * inputs + i);
}

function unflattened({shape, halves}, [channels, height, width]) {
  return reordered(halves, shape, ([o]) => (o % channels) * height * width + Math.floor(o / channels));
}

// PyTorch's (in, out, height, width) becomes (height, width, out, in).
function transposed({shape: [inputs, outputs, height, width], halves}) {
  return reordered(halves, [height, width, outputs, inputs], ([y, x, o, i]) => ((i * outputs + o) * height + y) * width + x);
}

// {json, weights} for loadLayersModel, from a decoder of linear layers, transposed convolutions and activations, whose
// pictures are the sigmoid of its logits.
export function layersModel(path) {
  const {model, tensor} = readTensors(path), layers = [], specs = [], parts = [];
  if (model.likelihood !== 'bernoulli') throw new Error(`${path}: the likelihood ${model.likelihood} is not written for TensorFlow.js`);
  const add = (class_name, config, weights = {}) => {
    const name = `layer${layers.length}`;
    layers.push({class_name, config: {name, trainable: true, ...layers.length ? {} : {batch_input_shape: [null, model.latent_dim]}, ...config}});
    for (const [what, {shape, halves}] of Object.entries(weights)) {
      specs.push({name: `${name}/${what}`, shape, dtype: 'float32', quantization: {dtype: 'float16', original_dtype: 'float32'}});
      parts.push(Buffer.from(halves.buffer, halves.byteOffset, BYTES * halves.length));
    }
  };
  model.decoder.forEach((layer, n) => {
    const weight = () => tensor(`decoder.${n}.weight`), bias = () => tensor(`decoder.${n}.bias`);
    const after = model.decoder.slice(n + 1).find(({kind}) => !(kind in ACTIVATIONS));
    if (layer.kind in ACTIVATIONS) return add('Activation', {activation: ACTIVATIONS[layer.kind]});
    if (layer.kind === 'unflatten') return add('Reshape', {target_shape: [...layer.shape.slice(1), layer.shape[0]]});
    if (layer.kind === 'linear') {
      const image = after?.kind === 'unflatten' ? after.shape : null;
      return add('Dense', {units: layer.out, activation: 'linear', use_bias: true},
        {kernel: dense(weight(), image), bias: image ? unflattened(bias(), image) : bias()});
    }
    if (layer.kind !== 'conv_transpose2d') throw new Error(`${path}: layer ${layer.kind} is not written for TensorFlow.js`);
    add('Conv2DTranspose', {filters: layer.out[0], kernel_size: layer.kernel, strides: layer.stride, padding: 'valid', use_bias: true,
      activation: 'linear', data_format: 'channels_last'}, {kernel: transposed(weight()), bias: bias()});
    const [top, left, bottom, right] = layer.pad;
    if (layer.pad.some(Boolean)) add('Cropping2D', {cropping: [[top, bottom], [left, right]], data_format: 'channels_last'});
  });
  add('Activation', {activation: 'sigmoid'});
  if (layers.at(-2).class_name !== 'Dense') add('Flatten', {data_format: 'channels_last'}); // the pictures have one channel
  const modelTopology = {class_name: 'Sequential', config: {name: 'decoder', layers}};
  return {json: JSON.stringify({format: 'layers-model', modelTopology, weightSpecs: specs}), weights: Buffer.concat(parts)};
}
