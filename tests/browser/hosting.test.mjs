// Any static host works: below any path, compressed or not, with wrong MIME types, inside a sandboxed frame.
import assert from 'node:assert/strict';
import {spawn} from 'node:child_process';
import {join} from 'node:path';
import {describe, test} from 'node:test';
import {setUp, until, withExplorer} from './help/explorer.mjs';
import {assertDecoded} from './help/pictures.mjs';
import {dist, manifest, root} from './help/server.mjs';

const {files, models: [first]} = manifest();

describe('hosting', () => {
  const frame = '<!doctype html><link rel="icon" href="data:,"><iframe sandbox="allow-scripts" src="index.html#z=1,0.5" width="800" height="600"></iframe>';
  const shared = setUp({prefix: '/course/week-3/loom/', answers: {'lesson.html': {type: 'text/html', body: frame}}});

  test('below a path, compressed with brotli: no file is requested twice, and none from other hosts', () => withExplorer(shared, {}, async (explorer) => {
    assertDecoded(first.name, await explorer.shown());
    const {requests} = shared.server, paths = requests.map(({path}) => path);
    assert.deepEqual(paths, [...new Set(paths)], 'a file is asked for twice');
    for (const {path, encoding, status} of requests) {
      assert.equal(status, 200, path);
      if (/\.(html|js|css|json|wasm|safetensors)$/.test(path) && path !== first.path) assert.equal(encoding, 'br', `${path} is not compressed`);
    }
    assert.ok(!paths.some((path) => path.includes('loom-core')), 'the page needs only one of the modules');
  }));

  test('a host that does not know the MIME type of wasm', async () => {
    const {path} = files['loom-explorer.wasm'];
    shared.server.answers[path] = {type: 'application/octet-stream'};
    await withExplorer(shared, {}, async (explorer) => assertDecoded(first.name, await explorer.shown()));
    delete shared.server.answers[path];
  });

  test('with and without index.html in the address', () => withExplorer(shared, {url: `${shared.server.url}index.html?lti=1`}, async (explorer) => {
    assertDecoded(first.name, await explorer.shown());
  }));

  test('inside a frame with sandbox="allow-scripts"', () => withExplorer(shared, {url: `${shared.server.url}lesson.html`, ready: false},
    async (explorer, page) => {
      const inner = await until(() => page.frames().find((frame) => frame !== page.mainFrame()), 'the frame');
      await until(() => inner.evaluate(() => window.loom?.model && window.loom.frames > 0), 'the model in the frame');
      const shown = await inner.evaluate(() => ({z: window.loom.z, pixels: Array.from(window.loom.picture.pixels)}));
      assert.deepEqual(shown.z, [1, 0.5]);
      assertDecoded(first.name, shown);
      assert.equal(await page.evaluate(() => document.activeElement.tagName), 'BODY', 'a frame takes no focus unasked');
    }));

  test('tools/serve', async () => {
    const serve = spawn('python3', [join(root, 'tools/serve'), '--port', '0', dist], {stdio: ['ignore', 'pipe', 'inherit']});
    try {
      let said = '';
      serve.stdout.on('data', (text) => { said += text; });
      const url = await until(() => /http:\S+/.exec(said)?.[0], 'the address');
      await withExplorer(shared, {url}, async (explorer) => assertDecoded(first.name, await explorer.shown()));
      const response = await fetch(url + files['loom-explorer.wasm'].path, {headers: {'Accept-Encoding': 'br'}});
      assert.equal(response.headers.get('content-type'), 'application/wasm');
      assert.match(response.headers.get('cache-control'), /immutable/);
      assert.equal(response.headers.get('content-encoding'), 'br');
    } finally {
      serve.kill();
    }
  });
});
