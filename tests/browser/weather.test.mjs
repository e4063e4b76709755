// Network failures: slow, silent, broken, wrong and missing responses. Progress is shown, one retry is made, then a
// readable message appears; nothing hangs and no page stays blank.
import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {clickPickerRow, clickRetry} from './help/controls.mjs';
import {NO_WEBGL, setUp, until, withExplorer} from './help/explorer.mjs';
import {assertDecoded} from './help/pictures.mjs';
import {distFile, manifest} from './help/server.mjs';

const {files, models: [first, second]} = manifest();
const wasm = files['loom-explorer.wasm'], script = files['loom-explorer.js'];
const NETWORK = [/Failed to load resource/, /^answer \d+/, /^request failed/, /integrity/, /preload/];
const flipped = (path) => {
  const bytes = Buffer.from(distFile(path));
  bytes[bytes.length >> 1] ^= 1;
  return bytes;
};

const status = (page) => page.evaluate(() => ({hidden: document.getElementById('status').hidden, text: document.getElementById('status-text').textContent,
  retry: !document.getElementById('retry').hidden}));
const told = (page, pattern) => until(async () => {
  const found = await status(page);
  return !found.hidden && pattern.test(found.text) && found;
}, `a message like ${pattern}`);

describe('network failures', () => {
  const shared = setUp({}, NO_WEBGL);
  const withPage = (answers, options, run) => {
    for (const path of Object.keys(shared.server.answers)) delete shared.server.answers[path];
    Object.assign(shared.server.answers, answers);
    shared.server.requests.length = 0;
    return withExplorer(shared, {ready: false, ...options}, run);
  };
  const asked = (path) => shared.server.requests.filter((request) => request.path === path).length;

  test('a slow network: progress rises, then the explorer starts', () => withPage({[wasm.path]: {slow: 3000}}, {}, async (explorer, page) => {
    const seen = [];
    await until(async () => {
      const {hidden, text} = await status(page), share = /(\d+) %/.exec(text)?.[1];
      if (share !== undefined && seen.at(-1) !== +share) seen.push(+share);
      return hidden;
    }, 'the start');
    assert.ok(seen.length >= 3, `only ${seen} was shown`);
    assert.deepEqual(seen, [...seen].sort((a, b) => a - b), 'progress goes back');
    await explorer.ready();
    assertDecoded(first.name, await explorer.shown());
  }));

  for (const [what, path, answer] of [
    ['the wasm file altered', wasm.path, () => ({body: flipped(wasm.path)})],
    ['the wasm file cut', wasm.path, () => ({body: distFile(wasm.path).subarray(0, 300000)})],
    ['the script altered', script.path, () => ({body: Buffer.concat([distFile(script.path), Buffer.from('\n;globalThis.altered = true;')])})],
    ['the wasm file broken off', wasm.path, () => ({breakAfter: 100000})]]) {
    test(`${what} once: the retry succeeds without a message`, () => withPage({[path]: {...answer(), times: 1}}, {allowed: NETWORK}, async (explorer, page) => {
      await explorer.ready();
      assertDecoded(first.name, await explorer.shown());
      assert.equal(await page.evaluate(() => globalThis.altered), undefined, 'an altered script was run');
      assert.ok(asked(path) >= 2);
    }));
    test(`${what} every time: a message says so, Try again works once the network does`, () => withPage({[path]: answer()}, {allowed: NETWORK}, async (explorer, page) => {
      const {text, retry} = await told(page, /does not start/);
      assert.match(text, /loom-explorer\.(wasm|js): .*(damaged|instead of|broke off|reached)/);
      assert.ok(retry);
      assert.equal(await page.evaluate(() => globalThis.altered), undefined, 'an altered script was run');
      assert.ok(asked(path) <= 4, `${asked(path)} requests`);
      delete shared.server.answers[path];
      await page.click('#retry');
      await explorer.ready();
    }));
  }

  test('the connection for host.js breaks once: no message; every time: the message names it', async () => {
    await withPage({'host.js': {destroy: true, times: 1}}, {allowed: NETWORK}, async (explorer) => {
      await explorer.ready();
      assertDecoded(first.name, await explorer.shown());
    });
    await withPage({'host.js': {destroy: true}}, {allowed: NETWORK}, async (explorer, page) => {
      const {text, retry} = await told(page, /does not start/);
      assert.match(text, /host\.js: the server cannot be reached/);
      assert.ok(retry);
      delete shared.server.answers['host.js'];
      await page.click('#retry');
      await explorer.ready();
    });
  });

  for (const [what, path, pattern] of [['wasm file', wasm.path, /loom-explorer\.wasm: nothing has come for 20 seconds/],
    ['script', script.path, /loom-explorer\.js: nothing has come/], ['list of models', 'build.json', /build\.json: nothing has come/]])
    test(`a server that never sends the ${what}: given up after two timeouts`, () => withPage({[path]: {silent: true}},
      {allowed: NETWORK, before: (page) => page.clock.install()}, async (explorer, page) => {
        await until(() => asked(path) > 0, 'the first request');
        await until(async () => {
          await page.clock.fastForward(21000);
          await new Promise((done) => setTimeout(done, 300)); // for what happens on the network meanwhile
          return /does not start/.test((await status(page)).text);
        }, 'the page to give up');
        assert.match((await status(page)).text, pattern);
        assert.ok((await status(page)).retry);
      }));

  test('the download of a model breaks off: a message says so, the explorer still works', () => withPage({[second.path]: {breakAfter: 50000}}, {allowed: NETWORK}, async (explorer) => {
    await explorer.ready();
    await clickPickerRow(explorer, 1);
    const message = await until(() => explorer.message(), 'a message');
    assert.match(message, /broke off|reached/);
    assert.ok(message.includes(second.path), message);
    assert.equal(asked(second.path), 2, 'one retry');
    assert.equal(await explorer.model(), first.name);
    delete shared.server.answers[second.path];
    await clickRetry(explorer);
    await explorer.ready(second.name);
  }));

  test('offline when a model is chosen: the message says so', () => withPage({}, {allowed: NETWORK}, async (explorer, page) => {
    await explorer.ready();
    await page.context().setOffline(true);
    await clickPickerRow(explorer, 1);
    assert.match(await until(() => explorer.message(), 'a message'), /offline/);
    await page.context().setOffline(false);
    await clickRetry(explorer);
    await explorer.ready(second.name);
  }));

  test('a model whose size in the manifest exceeds the limit is refused before it is requested', () => {
    const large = structuredClone(manifest());
    large.models[1].bytes = 80 * 2 ** 20;
    return withPage({'build.json': {body: JSON.stringify(large)}}, {}, async (explorer) => {
      await explorer.ready();
      await clickPickerRow(explorer, 1);
      assert.match(await until(() => explorer.message(), 'a message'), /more than 67108864 bytes/);
      assert.equal(asked(second.path), 0);
    });
  });

  for (const file of ['page.js', 'loader.js', 'texts.js'])
    test(`${file} does not load: a message says so, Try again works once the network does`, () => withPage({[file]: {destroy: true}}, {allowed: NETWORK}, async (explorer, page) => {
      const {text, retry} = await told(page, /cannot be loaded/);
      assert.match(text, /some of its files are missing/);
      assert.ok(retry);
      delete shared.server.answers[file];
      await page.click('#retry');
      await explorer.ready();
    }));

  test('an oversized manifest is not read to its end', () => withPage({'build.json': {body: Buffer.alloc(3 * 2 ** 20, ' ')}}, {}, async (explorer, page) => {
    const {text} = await told(page, /does not start/);
    assert.match(text, /build\.json: it has more than 1048576 bytes/);
  }));

  test('controls that failed to load are loaded when the network is back', () => withPage({'controls.js': {destroy: true}}, {allowed: NETWORK}, async (explorer, page) => {
    await explorer.ready();
    await until(() => asked('controls.js') >= 0 && page.evaluate(() => performance.getEntriesByName(new URL('controls.js', location.href).href).length > 0), 'the first request');
    await page.waitForTimeout(1000);
    assert.equal(await page.locator('#controls-button').count(), 0);
    delete shared.server.answers['controls.js'];
    await until(() => page.locator('#controls-button').count(), 'the controls');
    await page.click('#controls-button');
    await page.selectOption('#controls [data-ask=tool]', 'path');
    await until(async () => (await explorer.state()).tool === 'path', 'the tool');
  }));

  for (const [what, body] of [['a log-in page', '<!doctype html><p>Log in'], ['an empty list', '{"models": []}'], ['not text', Buffer.from([0xff, 0xfe, 0])]])
    test(`a manifest that is ${what}: a readable message`, () => withPage({'build.json': {body}}, {}, async (explorer, page) => {
      const {text} = await told(page, /does not start/);
      assert.match(text, /build\.json: it is not the list of models/);
    }));

  test('without Web Crypto: if the script that replaces it failed once, it is fetched again', () => withPage({'sha256.js': {destroy: true, times: 1}}, {
    allowed: NETWORK, before: (page) => page.addInitScript(() => Object.defineProperty(crypto, 'subtle', {value: undefined})),
  }, async (explorer) => {
    await explorer.ready();
    assert.equal(await explorer.message(), '');
    assertDecoded(first.name, await explorer.shown());
  }));

  test('without Web Crypto, as on plain http://, everything is still checked', () => withPage({}, {
    before: (page) => page.addInitScript(() => Object.defineProperty(crypto, 'subtle', {value: undefined})),
  }, async (explorer, page) => {
    await explorer.ready();
    assert.equal(await page.evaluate(() => crypto.subtle), undefined);
    assert.equal(asked('sha256.js'), 1);
    shared.server.answers[second.path] = {body: flipped(second.path)};
    await clickPickerRow(explorer, 1);
    assert.match(await until(() => explorer.message(), 'a message'), /damaged/);
  }));
});
