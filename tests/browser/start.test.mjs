// If the explorer cannot start, the page says why and is never blank.
import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {clickPickerRow, clickRetry, messageCard} from './help/controls.mjs';
import {setUp, until, withExplorer} from './help/explorer.mjs';
import {assertDecoded, screenshot} from './help/pictures.mjs';
import {distFile, manifest} from './help/server.mjs';

const {files, models: [first, second]} = manifest();
const NETWORK = [/Failed to load resource/, /^answer 404/, /^request failed/];

// The message that the page shows instead of the explorer, and whether it offers a retry.
const told = (page) => page.evaluate(() => {
  const shown = (id) => document.getElementById(id).checkVisibility({opacityProperty: false});
  return shown('status') && {text: document.getElementById('status').innerText, retry: shown('retry')};
});
async function assertTold(page, pattern) {
  const {text, retry} = await until(async () => {
    const now = await told(page);
    return now && !/^Loading/.test(now.text) && now;
  }, 'words on the page');
  assert.match(text, pattern);
  assert.doesNotMatch(text, /undefined|\[object|null/);
  return retry;
}

describe('a slow start', () => {
  const shared = setUp();

  test('the first image appears while the rest of its file is still loading', () => {
    let release;
    shared.server.answers[first.path] = {start: 0.6, when: new Promise((done) => { release = done; })}; // the decoder is the first third
    return withExplorer(shared, {ready: false}, async (explorer, page) => {
      await until(async () => await page.evaluate(() => Boolean(window.loom)) && !await told(page), 'a canvas without words over it');
      await explorer.settled();
      const picture = await screenshot(page, await explorer.place('decoded'));
      assert.equal(await explorer.model(), '', 'the whole file was there');
      let dark = 0;
      for (let y = 0; y < picture.height; y += 4) for (let x = 0; x < picture.width; x += 4) dark += picture.at(x, y)[1] < 160;
      assert.ok(dark > 100, `only ${dark} dark pixels where the image should be`);
      release();
      await explorer.ready(first.name);
      assertDecoded(first.name, await explorer.shown());
    });
  });
});

describe('a start that fails', () => {
  const shared = setUp();
  const withPage = (answers, options, run) => {
    for (const path of Object.keys(shared.server.answers)) delete shared.server.answers[path];
    Object.assign(shared.server.answers, answers);
    return withExplorer(shared, {ready: false, ...options}, run);
  };

  test('no WebAssembly', () => withPage({}, {before: (page) => page.addInitScript(() => { delete window.WebAssembly; })},
    async (explorer, page) => assert.equal(await assertTold(page, /WebAssembly/), false)));

  test('no JavaScript', () => withPage({}, {javaScriptEnabled: false, allowed: [/^request failed.*\.js.*csp/]}, async (explorer, page) => {
    assert.match(await page.locator('noscript').innerText(), /JavaScript/);
  }));

  for (const [what, name] of [['the wasm file', 'loom-explorer.wasm'], ['the script', 'loom-explorer.js'], ['the manifest', 'build.json']]) {
    const path = files[name]?.path ?? name;
    test(`${what} is missing, Try again works`, () => withPage({[path]: {status: 404, body: 'no'}}, {allowed: NETWORK}, async (explorer, page) => {
      assert.equal(await assertTold(page, /does not start/), true);
      delete shared.server.answers[path];
      await page.click('#retry');
      await explorer.ready();
      assert.equal(await told(page), false);
    }));
    test(`${what} is a page of a captive portal`, () => withPage({[path]: {type: 'text/html', body: '<!doctype html><p>Log in'}},
      {allowed: [/MIME type/, /integrity/]}, async (explorer, page) => assert.equal(await assertTold(page, /does not start/), true)));
  }

  test('the wasm file is cut in half', () => {
    const {path} = files['loom-explorer.wasm'];
    return withPage({[path]: {body: distFile(path).subarray(0, 200000)}}, {}, async (explorer, page) =>
      assert.equal(await assertTold(page, /does not start/), true));
  });

  for (const [what, answer] of Object.entries({'is missing': {status: 404, body: 'no'}, 'is damaged': {body: Buffer.alloc(first.bytes, 7)}}))
    test(`the first model ${what}: a message says so, another model can be chosen, Try again works`, () =>
      withPage({[first.path]: answer}, {allowed: NETWORK}, async (explorer, page) => {
        await until(() => page.evaluate(() => window.loom?.message), 'a message');
        await explorer.settled();
        assert.match(await explorer.message(), new RegExp(first.name));
        assert.equal(await explorer.model(), '');
        assert.equal(await told(page), false, 'the loading screen covers the message');
        await messageCard(explorer);
        await clickPickerRow(explorer, 1);
        await explorer.ready(second.name);
        assertDecoded(second.name, await explorer.shown());
        await clickPickerRow(explorer, 0);
        await until(() => explorer.message(), 'a message');
        delete shared.server.answers[first.path];
        await clickRetry(explorer);
        await explorer.ready(first.name);
        assertDecoded(first.name, await explorer.shown());
      }));
});
