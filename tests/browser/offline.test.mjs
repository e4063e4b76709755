// After the first visit no network is needed, unless the page may not store files.
import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {clickPickerRow} from './help/controls.mjs';
import {settle, setUp, until, withExplorer} from './help/explorer.mjs';
import {assertDecoded} from './help/pictures.mjs';
import {manifest} from './help/server.mjs';

const {files, models: [first, second]} = manifest();
// Chromium reports a worker that it could not fetch in either of two ways.
const ALLOWED = {offline: true, allowed: [/ERR_CONNECTION_REFUSED|Failed to load resource|error occurred when fetching the script/, /^request failed/, /^answer 50/]};
const kept = (page) => page.evaluate(async () => {
  const names = (await caches.keys()).filter((name) => !name.endsWith('state')), all = [];
  for (const name of names) all.push(...await (await caches.open(name)).keys());
  return all.map(({url}) => new URL(url).pathname.slice(1));
});
const untilKept = (page, path) => until(async () => (await kept(page)).includes(path), `${path} to be kept`);

describe('offline', () => {
  const frame = '<!doctype html><link rel="icon" href="data:,"><iframe sandbox="allow-scripts" src="index.html" width="800" height="600"></iframe>';
  const shared = setUp({answers: {'lesson.html': {type: 'text/html', body: frame}}});
  const registrations = (page) => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length);

  test('after a visit the explorer works without the server, and choosing another model reports what is missing', () => withExplorer(shared, ALLOWED, async (explorer, page) => {
    for (const path of ['index.html', files['loom-explorer.wasm'].path, files['loom-explorer.js'].path, first.path, 'build.json', 'page.js', 'style.css'])
      await (path === 'index.html' ? until(async () => (await kept(page)).some((name) => name === '' || name === 'index.html'), 'the page to be kept') : untilKept(page, path));
    shared.server.down = true;
    try {
      await page.reload();
      await explorer.ready();
      assertDecoded(first.name, await explorer.shown());
      await explorer.press('Shift+ArrowRight');
      assertDecoded(first.name, await explorer.shown());
      await clickPickerRow(explorer, 1);
      assert.match(await until(() => explorer.message(), 'a message'), /offline|cannot be reached/);
      assert.equal(await explorer.model(), first.name);
    } finally {
      shared.server.down = false;
    }
    await page.reload();
    await explorer.ready();
    await clickPickerRow(explorer, 1);
    await explorer.ready(second.name);
    await untilKept(page, second.path); // now that the service worker handles requests
  }));

  test('a damaged cached file is requested again', () => withExplorer(shared, ALLOWED, async (explorer, page) => {
    const {path} = files['loom-explorer.wasm'];
    await untilKept(page, path);
    await untilKept(page, 'build.json');
    await page.evaluate(async (url) => (await caches.open((await caches.keys()).find((name) => !name.endsWith('state')))).put(url, new Response(new Uint8Array(1000), {headers: {'Content-Type': 'application/wasm'}})), path);
    await page.reload();
    await explorer.ready();
    assertDecoded(first.name, await explorer.shown());
    await until(() => page.evaluate(async (url) => (await (await caches.match(url)).arrayBuffer()).byteLength > 1000, path), 'the sound file to be kept');
  }));

  test('a service worker that could not be fetched is fetched when the network is back', () => withExplorer(shared, {...ALLOWED, before: () => {
    shared.server.answers['sw.js'] = {destroy: true};
    shared.server.requests.length = 0;
  }}, async (explorer, page) => {
    await page.waitForTimeout(3500); // the request has failed
    assert.equal(await registrations(page), 0);
    delete shared.server.answers['sw.js'];
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await until(async () => await registrations(page) === 1, 'the worker');
    await untilKept(page, first.path);
  }));

  test('a sandboxed frame registers no service worker and works', () => withExplorer(shared, {...ALLOWED, url: `${shared.server.url}lesson.html`, ready: false, before: (page) => page.clock.install()}, async (explorer, page) => {
    const inner = await until(() => page.frames().find((one) => one !== page.mainFrame()), 'the frame');
    await until(() => inner.evaluate(() => window.loom?.model && window.loom.frames > 0), 'the model in the frame');
    await page.clock.fastForward(20000); // the explorer asks 2 seconds after its start
    await inner.evaluate(settle);
    assert.equal(await registrations(page), 0);
  }));
});
