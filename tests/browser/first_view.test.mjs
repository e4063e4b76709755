// The first image appears long before the explorer has loaded, and the explorer then shows the same.
import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {NO_WEBGL, assertNear, setUp, until, withExplorer} from './help/explorer.mjs';
import {dark, light} from './help/palette.mjs';
import {TOLERANCE, decodeNatively, find, largestDifference, screenshot} from './help/pictures.mjs';
import {manifest} from './help/server.mjs';

const {files, models} = manifest(), [first, second] = models;
const wasm = files['loom-explorer.wasm'].path, firstWasm = files['loom-first.wasm'].path;
const PHONE = {viewport: {width: 360, height: 640}}, NETWORK = [/Failed to load resource/, /^answer 404/, /^request failed/];

// What is shown before the explorer: {z, dark, picture, places, words: the place of the status text, theme}.
const look = (page) => page.evaluate(() => {
  const shown = document.getElementById('first') && window.loomFirst;
  if (!shown) return null;
  const {x, y, width, height} = document.getElementById('status').getBoundingClientRect();
  const {pixels, ...size} = shown.picture;
  return {z: shown.z, dark: shown.dark, picture: {...size, pixels: Array.from(pixels)}, decoded: shown.place('decoded'),
    plane: shown.place('plane'), words: {x, y, width, height}, theme: document.documentElement.dataset.theme};
});
const seen = (page) => until(() => look(page), 'the first view');
const apart = (a, b) => a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
const asked = (server, path) => server.requests.filter((request) => request.path === path).length;

// The mean difference of two screenshots of the same place, from 0 to 255.
function meanDifference(one, other) {
  assert.deepEqual([one.width, one.height], [other.width, other.height]);
  let sum = 0;
  for (let y = 0; y < one.height; y++)
    for (let x = 0; x < one.width; x++) for (let c = 0; c < 3; c++) sum += Math.abs(one.at(x, y)[c] - other.at(x, y)[c]);
  return sum / (3 * one.width * one.height);
}

describe('the first view', () => {
  const shared = setUp();
  let release; // what the test has delayed
  const withPage = (answers, options, run) => {
    for (const path of Object.keys(shared.server.answers)) delete shared.server.answers[path];
    Object.assign(shared.server.answers, answers);
    shared.server.requests.length = 0;
    return withExplorer(shared, {ready: false, ...options}, run);
  };
  const held = {[wasm]: {silent: true}};

  test('shows the point of the link with the status text beside it, even if the explorer\'s module never arrives', () =>
    withPage(held, {hash: '#z=0.3,-1.2'}, async (explorer, page) => {
      const {z, picture, decoded, plane, words, theme} = await seen(page);
      assertNear(z, [0.3, -1.2], 1e-6, 'z');
      assert.ok(largestDifference(picture.pixels, decodeNatively(first.name, [[0.3, -1.2]])[0]) <= TOLERANCE);
      assert.equal(theme, 'light');
      assert.ok(apart(decoded, plane));
      await until(async () => /^Loading the explorer… \d+ %$/.test(await page.innerText('#status')), 'the words');
      assert.ok(apart(words, decoded), 'the words cover the image');
      assert.ok(words.width > 0 && !apart(words, plane), 'the words are in the plane\'s place');
      const shot = await screenshot(page, decoded);
      let drawn = 0;
      for (let y = 0; y < shot.height; y += 4) for (let x = 0; x < shot.width; x += 4) drawn += shot.at(x, y)[1] < 200;
      assert.ok(find(shot, light.paper, 2).count > 1000 && drawn > 100, `an image on paper: ${drawn} places of it`);
      assert.equal(await page.evaluate(() => typeof window.loom), 'undefined');
    }));

  for (const [what, options, hash] of [
    ['a desktop', {}, ''], ['a phone', PHONE, '#z=1,0.5'], ['a phone of three pixels a point', {...PHONE, deviceScaleFactor: 3}, '#z=1,0.5'],
    ['a dark system', {colorScheme: 'dark'}, '#z=-1,0.25'], ['a dark link', PHONE, '#z=0,2&theme=dark'],
    ['another model', {}, `#m=${second.name}&z=0.5,0.5`], ['a link with parts', {}, '#z=0.3,-1.2&hide=all,-plane,-decoded&lock=all,-z'],
    ['an image alone', PHONE, '#z=0.3,-1.2&hide=all,-decoded'], ['a tool', {}, '#z=0.3,-1.2&tool=path&a=0,0&b=1,1'],
    ['an unknown model', {}, '#m=nobody']])
    test(`${what}: the explorer draws the same image at the same place, and the first view is removed`, () =>
      withPage({[wasm]: {when: new Promise((done) => { release = done; })}}, {hash, ...options}, async (explorer, page) => {
        const early = await seen(page), shot = await screenshot(page, early.decoded);
        const expected = /m=/.test(hash) && !/nobody/.test(hash) ? second.name : first.name;
        assert.equal(await page.evaluate(() => typeof window.loom), 'undefined', 'the explorer was not held back');
        release();
        await explorer.ready(expected);
        await until(() => page.evaluate(() => !document.getElementById('first')), 'the first view to go');
        await explorer.settled();
        assert.deepEqual(await explorer.place('decoded'), early.decoded);
        assert.deepEqual(await explorer.place('plane'), early.plane);
        const {z, pixels} = await explorer.shown();
        assertNear(early.z, z, 1e-6, 'z');
        assert.ok(largestDifference(early.picture.pixels, pixels) <= TOLERANCE, 'another picture');
        const difference = meanDifference(shot, await screenshot(page, early.decoded));
        assert.ok(difference < 0.8, `the image on the screen differ by ${difference} of 255 in the mean`);
        assert.deepEqual(await page.evaluate(() => Array.from(document.querySelectorAll('canvas'), ({id}) => id)), ['canvas', 'paper'], 'paper: printing.js');
        assert.deepEqual(await page.evaluate(() => [window.loomFirst, document.getElementById('status').className, document.getElementById('status').hidden]),
          [undefined, '', true]);
        const isDark = /dark/.test(JSON.stringify([options, hash]));
        assert.equal(early.dark, isDark);
        assert.ok(find(shot, (isDark ? dark : light).paper, 8).count > 300, 'the theme\'s paper');
        const paths = shared.server.requests.map(({path}) => path);
        assert.deepEqual(paths.filter((path, n) => paths.indexOf(path) !== n), [], 'asked for twice');
      }));

  test('the explorer\'s files are requested after the image has been painted', () => withPage({[first.path]: {slow: 3000}}, {}, async (explorer, page) => {
    await until(() => asked(shared.server, first.path), 'the weight file');
    while (!await look(page)) assert.equal(asked(shared.server, wasm), 0, 'before the first image');
    await until(() => asked(shared.server, wasm), 'the explorer');
    await explorer.ready(first.name);
  }));

  test('the first view follows a change of the address', () => withPage(held, {hash: '#z=0,0'}, async (explorer, page) => {
    await seen(page);
    await page.evaluate(() => { location.hash = '#z=1,-1&theme=dark'; });
    const now = await until(async () => {
      const found = await look(page);
      return found?.z[0] === 1 && found;
    }, 'the other place');
    assert.ok(largestDifference(now.picture.pixels, decodeNatively(first.name, [[1, -1]])[0]) <= TOLERANCE);
    assert.equal(now.theme, 'dark');
    await page.setViewportSize({width: 360, height: 640});
    await until(async () => (await look(page)).decoded.x < 20, 'the layout of a phone');
    await page.evaluate((name) => { location.hash = `#m=${name}`; }, second.name);
    await until(async () => !await look(page), 'no image of another model');
  }));

  for (const [what, answers, hash, model] of [
    ['more than two dimensions', {}, '#m=fashion-dense-vae-10d', 'fashion-dense-vae-10d'],
    ['a hidden image', {}, '#hide=decoded', first.name],
    ['two models beside each other', {}, '#tool=compare&z=0,0', first.name],
    ['without its module', {[firstWasm]: {status: 404, body: 'no'}}, '', first.name]])
    test(`${what}: no first view, and the explorer starts`, () => withPage(answers, {hash, allowed: NETWORK,
      before: (page) => page.addInitScript(() => new MutationObserver(() => { window.sawFirst ||= document.getElementById('first'); }).observe(document, {childList: true, subtree: true})),
    }, async (explorer, page) => {
      await explorer.ready(model);
      assert.equal(await page.evaluate(() => Boolean(window.sawFirst)), false);
    }));

  test('a stalled weight file does not delay the explorer', () => withPage({[first.path]: {silent: true}}, {}, async (explorer, page) => {
    await until(() => page.evaluate(() => Boolean(window.loom)), 'the explorer');
    assert.equal(await look(page), null);
  }));

  test('if the explorer does not start, a message says so in the middle of an empty page', () => withPage({[wasm]: {status: 404, body: 'no'}}, {allowed: NETWORK}, async (explorer, page) => {
    await until(async () => /does not start/.test(await page.innerText('#status')), 'the message');
    assert.equal(await look(page), null);
    assert.equal(await page.evaluate(() => document.getElementById('status').getBoundingClientRect().width), 1280);
  }));

  test('screen readers ignore the first view', () => withPage(held, {}, async (explorer, page) => {
    await seen(page);
    assert.equal(await page.getAttribute('#first', 'aria-hidden'), 'true');
    assert.equal(await page.textContent('#spoken'), '');
    assert.equal(await page.locator('[role=status], [aria-live]').count(), 2);
  }));

  test('a second visit requests everything at once', () => withExplorer(shared, {offline: true, ready: false}, async (explorer, page) => {
    for (const path of Object.keys(shared.server.answers)) delete shared.server.answers[path];
    await explorer.ready();
    await until(() => page.evaluate(async () => Boolean(await caches.match('build.json'))), 'the files to be kept'); // stored last
    await page.reload();
    await explorer.ready();
    const [module, weights] = await page.evaluate((names) => names.map((name) => performance.getEntriesByName(new URL(name, location.href).href)[0].startTime), [wasm, first.path]);
    assert.ok(module < weights, `the module at ${module} ms, the weights at ${weights} ms`);
    assert.equal(await page.evaluate(() => document.getElementById('first')), null);
  }));
});

describe('without WebGL', () => {
  const shared = setUp({}, NO_WEBGL);

  test('the explorer replaces the first view, and nothing is loaded twice', () => withExplorer(shared, {hash: '#z=0.3,-1.2',
    before: (page) => page.addInitScript(() => new MutationObserver(() => { window.sawFirst ||= document.getElementById('first') !== null; }).observe(document, {childList: true, subtree: true})),
  }, async (explorer, page) => {
    assert.equal(await explorer.get('drawnWith'), '2d');
    await until(() => page.evaluate(() => !document.getElementById('first')), 'the first view to go');
    assert.ok(await page.evaluate(() => window.sawFirst), 'it was there');
    assert.equal(asked(shared.server, firstWasm), 1);
    assert.equal(asked(shared.server, first.path), 1);
    assert.equal(asked(shared.server, wasm), 1);
    const paths = shared.server.requests.map(({path}) => path);
    assert.deepEqual(paths.filter((path, n) => paths.indexOf(path) !== n), []);
  }));
});
