// dist/latent-loom.html as a local file: one file, no network, a Content-Security-Policy with hashes.
import assert from 'node:assert/strict';
import {copyFileSync, mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';
import {pathToFileURL} from 'node:url';
import {press} from './help/controls.mjs';
import {Explorer, NO_WEBGL, READ_BACK, assertNear, launch, shareOrLaunch, until} from './help/explorer.mjs';
import {assertDecoded} from './help/pictures.mjs';
import {dist, manifest} from './help/server.mjs';

const {models: [first]} = manifest();

describe('one HTML file', () => {
  let browser, folder, address;
  before(async () => {
    browser = await shareOrLaunch();
    folder = mkdtempSync(join(tmpdir(), 'loom file ')); // a space and no neighbours
    copyFileSync(join(dist, 'latent-loom.html'), join(folder, 'latent-loom.html'));
    address = pathToFileURL(join(folder, 'latent-loom.html')).href;
  });
  after(async () => {
    await browser?.close();
    rmSync(folder, {recursive: true});
  });

  test('the policy names no origin and no unsafe-inline', () => {
    const [, policy] = /Content-Security-Policy" content="([^"]*)/.exec(readFileSync(join(dist, 'latent-loom.html'), 'utf8'));
    assert.match(policy, /default-src 'none'; script-src 'sha256-[^']+' 'wasm-unsafe-eval'; style-src ('sha256-[^']+' ?)+;/);
    assert.doesNotMatch(policy, /unsafe-inline|unsafe-eval'(?<!wasm-unsafe-eval')|'self'|https?:|connect-src/);
  });

  test('works as a local file: link, keyboard, reload; no requests and no console messages', async () => {
    const page = await browser.newPage(), noise = [];
    page.on('console', (message) => READ_BACK.test(message.text()) || noise.push(message.text()));
    page.on('pageerror', (error) => noise.push(error.message));
    page.on('request', (request) => /^(file|data|blob):/.test(request.url()) && !(/^file:/.test(request.url()) && !request.isNavigationRequest()) || noise.push(request.url()));
    const explorer = new Explorer(page);
    await page.context().setOffline(true);
    await page.goto(`${address}#z=1,0.5`);
    await explorer.ready(first.name);
    assert.deepEqual(await explorer.z(), [1, 0.5]);
    assertDecoded(first.name, await explorer.shown());
    await page.keyboard.press('Tab');
    await page.evaluate(() => document.getElementById('canvas').focus());
    await explorer.press('Shift+ArrowRight');
    assertDecoded(first.name, await explorer.shown());
    const z = await explorer.z();
    assert.notDeepEqual(z, [1, 0.5]);
    await until(() => page.evaluate(() => !location.hash.includes('z=1,0.5')), 'the new z in the address');
    await page.reload();
    await explorer.ready(first.name);
    assertNear(await explorer.z(), z, 1e-3, 'the view of the address');
    assert.deepEqual(noise, []);
    await page.close();
  });

  test('it trains a model of the images inside, without a network', async () => {
    const page = await browser.newPage(), noise = [], explorer = new Explorer(page), run = () => page.evaluate(() => ({...window.loom.training}));
    page.on('console', (message) => READ_BACK.test(message.text()) || noise.push(message.text()));
    page.on('pageerror', (error) => noise.push(error.message));
    await page.context().setOffline(true);
    await page.goto(`${address}#tool=train&train=fashion,tiny,2,vae,e1`);
    await explorer.ready(first.name);
    await press(explorer, 'train start');
    await until(async () => (await run()).phase === 'finished', 'the end of the training', 180000);
    const {loss} = await run();
    assert.ok(loss > 300 && loss < 520, `the loss is ${loss}`);
    assert.equal(await explorer.model(), 'trained-here');
    assert.deepEqual(noise, []);
    await page.close();
  });

  test('without WebGL it draws with its own rasteriser', async () => {
    const plain = await launch(NO_WEBGL);
    try {
      const page = await plain.newPage(), noise = [], explorer = new Explorer(page);
      page.on('pageerror', (error) => noise.push(error.message));
      await page.context().setOffline(true);
      await page.goto(`${address}#z=1,0.5`);
      await explorer.ready(first.name);
      assert.equal(await explorer.get('drawnWith'), '2d');
      assertNear(await explorer.z(), [1, 0.5], 1e-6, 'z of the link');
      assertDecoded(first.name, await explorer.shown());
      assert.deepEqual(noise, []);
    } finally {
      await plain.close();
    }
  });

  test('a changed script does not run', async () => {
    const {writeFileSync} = await import('node:fs'), altered = join(folder, 'altered.html');
    const text = readFileSync(join(dist, 'latent-loom.html'), 'utf8');
    writeFileSync(altered, text.replace('<script type="module">', '<script type="module">globalThis.altered = true;'));
    const page = await browser.newPage();
    const refused = page.waitForEvent('console', {predicate: (message) => /Content Security Policy/.test(message.text())});
    await page.goto(pathToFileURL(altered).href);
    await refused;
    assert.equal(await page.evaluate(() => globalThis.altered), undefined);
    await page.close();
  });
});
