// node density.mjs REPEAT FILE: milliseconds of density.cpp for a weight file (from the repository) in node and in
// Chromium, as JSON.
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {inChromium, root} from './browser.mjs';

const MODULE = 'build/wasm/bench_density.mjs', RUNS = 21;
const [repeat, file] = process.argv.slice(2), bytes = readFileSync(join(root, file)).toString('base64');

// Runs both in node and in the page, so it must not use anything from outside.
async function measure({url, bytes, runs}) {
  const {default: create} = await import(url);
  const module = await create(), content = Uint8Array.from(atob(bytes), (character) => character.charCodeAt(0));
  const at = module._malloc(content.length);
  module.HEAPU8.set(content, at);
  const posteriors = module._bench_open(at, content.length);
  return {posteriors, times: Array.from({length: runs}, () => module._bench_density())};
}

const rounds = [];
await inChromium(async (page) => {
  for (let round = 0; round < Number(repeat); round++) {
    rounds.push({where: 'node', ...await measure({url: join(root, MODULE), bytes, runs: RUNS})});
    rounds.push({where: 'Chromium', ...await page.evaluate(measure, {url: `/${MODULE}`, bytes, runs: RUNS})});
  }
});
console.log(JSON.stringify(rounds));
