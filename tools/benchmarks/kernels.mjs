// node kernels.mjs REPEAT: GFLOP/s of kernels.cpp as wasm, with and without SIMD, in node and in Chromium, as JSON.
import {inChromium, root} from './browser.mjs';

const MODULES = {'wasm with SIMD': 'build/wasm/bench_kernels.mjs', 'wasm without SIMD': 'build/wasm/bench_kernels_scalar.mjs'};

// Runs both in node and in the page, so it must not use anything from outside. Returns {kernel: GFLOP/s}.
async function measure(url) {
  const {default: create} = await import(url);
  const module = await create();
  const results = {};
  for (let kernel = 0; kernel < module._bench_count(); kernel++) {
    const at = module._bench_name(kernel);
    const end = module.HEAPU8.indexOf(0, at);
    results[new TextDecoder().decode(module.HEAPU8.subarray(at, end))] = module._bench_gflops(kernel);
  }
  return results;
}

const rounds = [];
await inChromium(async (page) => {
  for (let round = 0; round < Number(process.argv[2] ?? 5); round++)
    for (const [name, path] of Object.entries(MODULES)) {
      rounds.push({where: `node, ${name}`, kernels: await measure(`${root}/${path}`)});
      rounds.push({where: `Chromium, ${name}`, kernels: await page.evaluate(measure, `/${path}`)});
    }
});
console.log(JSON.stringify(rounds));
