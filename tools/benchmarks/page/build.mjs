// node build.mjs LOOM: builds the pages that ours is compared with in build/bench-page: for each engine a folder with
// its bundle, its WebAssembly, the models in its own format, a page for each model, and brotli files of all that. LOOM
// is the native program.
import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {brotliCompressSync, constants} from 'node:zlib';
import {build} from 'esbuild';
import {layersModel} from './layers_model.mjs';
import {dist, here, models, pages, root} from './places.mjs';

const [loom] = process.argv.slice(2);
const npm = (name) => join(here, 'node_modules', name);

// wasm: files that the engine loads besides its bundle; model(name, weights, folder): writes the model and returns the
// names of its files.
const ENGINES = {
  loom: {
    wasm: join(dist, 'npm/loom-core.wasm'),
    model: (name, weights, folder) => (copyFileSync(weights, join(folder, `${name}.safetensors`)), [`${name}.safetensors`]),
  },
  tfjs: {
    wasm: npm('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm'),
    model(name, weights, folder) {
      const {json, weights: bytes} = layersModel(weights);
      writeFileSync(join(folder, `${name}.json`), json);
      writeFileSync(join(folder, `${name}.bin`), bytes);
      return [`${name}.json`, `${name}.bin`];
    },
  },
  ort: {
    wasm: npm('onnxruntime-web/dist/ort-wasm-simd-threaded.wasm'),
    model(name, weights, folder) {
      execFileSync(loom, ['convert', weights, '--to', 'onnx', '--part', 'decoder', '--out', join(folder, `${name}.onnx`)]);
      return [`${name}.onnx`];
    },
  },
};

// All pages preload all files, so that none has to wait for its script to request them.
const page = (engine, model, files) => `<!doctype html>
<html lang="en" data-model="${model}">
<meta charset="utf-8">
<title>${engine}, ${model}</title>
<link rel="icon" href="data:,">
${files.map((file) => `<link rel="preload" as="fetch" crossorigin href="${file}">`).join('\n')}
<script type="module" src="first.js"></script>
<canvas></canvas>
</html>
`;

function bundle(engine, folder) {
  const source = join(here, 'engines', `${engine}.js`);
  const first = `import {open} from '${source}'; import {showFirst} from '${join(here, 'engines/first.js')}'; showFirst(open);`;
  const options = {bundle: true, minify: true, format: 'esm', target: 'es2022', platform: 'browser', external: ['node:*'], legalComments: 'none',
    define: {'process.env.NODE_ENV': '"production"'}, alias: {'latent-loom': join(dist, 'npm/loom.js')}, logLevel: 'error'};
  return Promise.all([
    build({...options, stdin: {contents: first, resolveDir: here}, outfile: join(folder, 'first.js')}),
    build({...options, entryPoints: [source], outfile: join(folder, 'engine.js')}),
  ]);
}

// The engine that we train beside (tools/bench page-train).
function bundleTraining(folder) {
  return build({bundle: true, minify: true, format: 'esm', target: 'es2022', platform: 'browser', external: ['node:*'], legalComments: 'none',
    define: {'process.env.NODE_ENV': '"production"'}, logLevel: 'error', entryPoints: [join(here, 'engines/tfjs_train.js')], outfile: join(folder, 'train.js')});
}

// Quality 11 takes a minute for ten megabytes, so compressed files are cached by their hash.
function pack(folder) {
  const cache = join(pages, 'packed');
  mkdirSync(cache, {recursive: true});
  for (const name of readdirSync(folder)) {
    const content = readFileSync(join(folder, name)), packed = join(cache, createHash('sha256').update(content).digest('hex'));
    if (!existsSync(packed))
      writeFileSync(packed, brotliCompressSync(content, {params: {[constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24,
        [constants.BROTLI_PARAM_SIZE_HINT]: content.length}}));
    copyFileSync(packed, join(folder, `${name}.br`));
  }
}

for (const [engine, {wasm, model}] of Object.entries(ENGINES)) {
  const folder = join(pages, engine);
  rmSync(folder, {recursive: true, force: true});
  mkdirSync(folder, {recursive: true});
  const binary = wasm.split('/').at(-1);
  copyFileSync(wasm, join(folder, binary));
  for (const name of models) {
    const files = model(name, join(root, 'weights', `${name}.safetensors`), folder);
    writeFileSync(join(folder, `${name}.html`), page(engine, name, [binary, ...files]));
  }
  await bundle(engine, folder);
  if (engine === 'tfjs') await bundleTraining(folder);
  pack(folder);
}
