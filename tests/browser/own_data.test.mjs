// The user's own images of an unusual size, from a folder of PNG files to the page: trained by the native program, then
// opened by loom-core in node and by the explorer, which must both decode the same as the native program.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';
import {pathToFileURL} from 'node:url';
import {NO_WEBGL, setUp, withExplorer} from './help/explorer.mjs';
import {TOLERANCE, decodeFile, largestDifference} from './help/pictures.mjs';
import {dist, manifest, root} from './help/server.mjs';

const LOOM = process.env.LOOM ?? join(root, 'build/release/loom');
const HEIGHT = 20, WIDTH = 16;
const WRITE_PICTURES = 'import sys; sys.path.insert(0, "tests/cli"); from png_files import write_pictures; write_pictures(sys.argv[1])';

// A colour image with random samples and opacity; tests/test_data_images.cpp makes the same for the native program.
const SIDE = 64;
function randomSamples() {
  let state = 1;
  return Array.from({length: 4 * SIDE * SIDE}, () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 24);
}
const WRITE_RGBA = 'import sys, json; sys.path.insert(0, "tests/cli"); from png_files import png; ' +
  'sys.stdout.buffer.write(png(int(sys.argv[1]), int(sys.argv[1]), json.loads(sys.stdin.read()), 6))';

describe('own pictures', () => {
  const shared = setUp({}, NO_WEBGL);

  test('transparency is blended over black, with the same bytes as in the native program', async () => {
    const samples = randomSamples();
    const file = execFileSync('python3', ['-c', WRITE_RGBA, String(SIDE)], {cwd: root, input: JSON.stringify(samples)});
    const expected = Array.from({length: SIDE * SIDE}, (_, i) => {
      const overBlack = (c) => Math.round(samples[4 * i + c] * samples[4 * i + 3] / 255);
      return Math.floor((2126 * overBlack(0) + 7152 * overBlack(1) + 722 * overBlack(2) + 5000) / 10000);
    });
    await withExplorer(shared, {}, async (explorer, page) => {
      const shown = await page.evaluate(async (bytes) => {
        const {openFile} = await import('./own_files.js');
        let seen = null;
        await openFile({
          tell(text) { throw new Error(text); },
          openImage: (name, grey, width, height) => { seen = {width, height, grey: [...grey]}; },
        }, new File([Uint8Array.from(bytes)], 'cut out.png', {type: 'image/png'}));
        return seen;
      }, [...file]);
      assert.deepEqual([shown.width, shown.height], [SIDE, SIDE]);
      assert.deepEqual(shown.grey, expected);
    });
  });

  let folder;
  const files = {};
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'loom-own-'));
    execFileSync('python3', ['-c', WRITE_PICTURES, join(folder, 'data')], {cwd: root});
    for (const recipe of ['fashion-dense-vae-2d', 'fashion-conv-vae-2d']) {
      files[recipe] = join(folder, `${recipe}.safetensors`);
      execFileSync(LOOM, ['train', recipe, '--data', join(folder, 'data'), '--out', files[recipe], '--epochs', '2', '--validation', '20'],
        {stdio: ['ignore', 'pipe', 'ignore']});
    }
  });
  after(() => rmSync(folder, {recursive: true}));

  for (const recipe of ['fashion-dense-vae-2d', 'fashion-conv-vae-2d']) {
    test(`loom-core opens ${recipe}`, async () => {
      const {default: create} = await import(pathToFileURL(join(dist, manifest().files['loom-core.js'].path)));
      const module = await create();
      const bytes = readFileSync(files[recipe]);
      const at = module._malloc(bytes.length), z = module._malloc(8), picture = module._malloc(4 * HEIGHT * WIDTH);
      module.HEAPU8.set(bytes, at);
      const model = module._loom_open(at, bytes.length, 0);
      assert.notEqual(model, 0);
      assert.deepEqual([module._loom_image_height(model), module._loom_image_width(model)], [HEIGHT, WIDTH]);
      for (const point of [[0, 0], [1.5, -0.7]]) {
        module.HEAPF32.set(point, z / 4);
        assert.ok(module._loom_decode(model, z, 1, picture));
        const shown = module.HEAPF32.slice(picture / 4, picture / 4 + HEIGHT * WIDTH);
        assert.ok(largestDifference(shown, decodeFile(files[recipe], [point])[0]) <= TOLERANCE);
      }
    });

    test(`the page opens ${recipe}`, async () => {
      const bytes = readFileSync(files[recipe]);
      const model = {...manifest().models[0], name: 'own', title: 'Own pictures', what: 'blobs', path: 'own.safetensors',
        bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex')};
      shared.server.answers['build.json'] = {type: 'application/json', body: JSON.stringify({...manifest(), models: [model]})};
      shared.server.answers['own.safetensors'] = {body: bytes};
      await withExplorer(shared, {}, async (explorer) => {
        await explorer.ready('own');
        for (const key of ['', 'Shift+ArrowRight', 'Shift+ArrowUp']) {
          if (key) await explorer.press(key);
          const shown = await explorer.shown();
          assert.deepEqual([shown.height, shown.width], [HEIGHT, WIDTH]);
          assert.ok(largestDifference(shown.pixels, decodeFile(files[recipe], [shown.z])[0]) <= TOLERANCE);
        }
      });
    });
  }
});
