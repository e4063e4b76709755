// What may go wrong while a model is trained in the page: nothing is lost, and a sentence says what has happened.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, test} from 'node:test';
import {pathToFileURL} from 'node:url';
import {press} from './help/controls.mjs';
import {NO_WEBGL, downloaded, quietTime, setUp, until, withExplorer} from './help/explorer.mjs';
import {light} from './help/palette.mjs';
import {screenshot} from './help/pictures.mjs';
import {dist} from './help/server.mjs';

const {load} = await import(pathToFileURL(join(dist, 'loom.js')));
const SLOW = 180000; // ms, on a busy machine
const HASH = '#tool=train&train=fashion,small,2,vae,e60';
const DOTS = 300;
const WORKER = 'training_worker.js';

const run = (page) => page.evaluate(() => ({...window.loom.training}));
const panel = (page) => page.evaluate(() => document.getElementById('controls')?.textContent ?? '');
const says = (page, words) => until(async () => words.test(await panel(page)), String(words), SLOW);
const phaseIs = (page, wanted) => until(async () => (await run(page)).phase === wanted, wanted, SLOW);
const epochIs = (page, least) => until(async () => (await run(page)).epoch >= least, `epoch ${least}`, SLOW);

// Runs `work` while the server answers with another worker: the one of the page with `from` replaced by `to`.
async function withWorker(server, changes, work) {
  const source = readFileSync(join(dist, WORKER), 'utf8');
  const body = changes.reduce((text, [from, to]) => {
    assert.ok(text.includes(from), `${WORKER} has no ${from}`);
    return text.replace(from, to);
  }, source);
  server.answers[WORKER] = {type: 'text/javascript', body};
  try {
    await work();
  } finally {
    delete server.answers[WORKER];
  }
}

describe('trouble while training, with WebGL', () => {
  const shared = setUp();

  test('the graphics context is lost: training goes on, and the marks come back', () => withExplorer(shared,
    {hash: HASH, allowed: [/CONTEXT_LOST_WEBGL/], fresh: true}, async (explorer, page) => {
      await press(explorer, 'train start');
      await epochIs(page, 1);
      await page.evaluate(() => {
        window.context = document.getElementById('canvas').getContext('webgl2').getExtension('WEBGL_lose_context');
        window.context.loseContext();
      });
      const {epoch} = await run(page);
      await epochIs(page, epoch + 2);
      assert.equal((await run(page)).phase, 'running');
      await page.evaluate(() => window.context.restoreContext());
      await until(async () => await explorer.get('drawnWith') === 'webgl2', 'the graphics card');
      await epochIs(page, epoch + 3);
      await press(explorer, 'train pause');
      await phaseIs(page, 'paused');
      await explorer.settled();
      const plane = await explorer.place('plane'), picture = await screenshot(page, plane);
      const marks = await page.evaluate((count) => Array.from({length: count}, (_, n) => window.loom.screen(...window.loom.encoded(n))), DOTS);
      const seen = marks.filter(([x, y]) => picture.at(Math.round(x - plane.x), Math.round(y - plane.y)).some((value, i) => Math.abs(value - light.plane[i]) > 8));
      assert.ok(seen.length > 0.85 * DOTS, // some lie below the names of classes
        `${seen.length} of ${DOTS} marks are drawn`);
    }));
});

describe('trouble while training', () => {
  const shared = setUp({}, NO_WEBGL);
  const withPage = (options, work) => withExplorer(shared, {hash: HASH, fresh: true, ...options}, work);

  // No setting in the panel leads to a loss that is not finite, so the worker is given one when an epoch has ended.
  test('numbers that are not finite: a sentence says what to change, and the last good model stays', () => withWorker(shared.server,
    [['JSON.stringify(settings), weights', 'JSON.stringify({...settings, optimizer: "sgd", momentum: 0.99, clip_norm: 0}), weights'],
      ['function tellEpoch() {', 'function tellEpoch() {\n    withCopies(["learning_rate"], ([at]) => wasm.training_change(at, 10));']],
    () => withPage({}, async (explorer, page) => {
      await press(explorer, 'train start');
      await phaseIs(page, 'failed');
      await says(page, /Training has stopped: [^.]* is not finite at step \d+ \(epoch \d+\); a smaller learning rate[^.]* helps\./);
      assert.doesNotMatch(await panel(page), /stopped: training:/);
      assert.equal(await explorer.model(), 'trained-here');
      assert.ok((await explorer.shown()).pixels.every((grey) => grey >= 0 && grey <= 1), 'the image at z');
      const saving = page.waitForEvent('download');
      await press(explorer, 'train save 0');
      const saved = await load(await downloaded(await saving));
      assert.ok(saved.decode([0.5, -0.5]).every((grey) => grey >= 0 && grey <= 1), 'the image of the saved model');
    })));

  // The worker leaves the module only so many MB of the 256 that it may have. The images take 8, and are there twice for a
  // moment. With 16 the module traps, because an exception needs memory, too.
  for (const [what, left] of [['the images', 4], ['the data set', 12], ['an exception', 16], ['the steps', 17]])
    test(`no memory for ${what}: a message, and the page goes on`, () => withWorker(shared.server,
      [['wasm._initialize();', `wasm._initialize();
        const taken = [];
        for (let at; (at = wasm.malloc(2 ** 20));) taken.push(at);
        for (const at of taken.slice(0, ${left})) wasm.free(at);`]], () => withPage({}, async (explorer, page) => {
        const model = await explorer.model();
        await press(explorer, 'train start');
        await phaseIs(page, 'failed');
        await says(page, /Training has stopped: there is not enough memory[^.]*; a smaller network, batch or number of images needs less\./);
        assert.match(await explorer.model(), new RegExp(`^(${model}|trained-here)$`));
        await page.focus('#canvas');
        const [x] = await explorer.z();
        await explorer.press('ArrowRight');
        assert.ok((await explorer.z())[0] > x, 'the point still moves');
      })));

  // Headless, no window can cover another, so the page is told that one does: it gets no animation frames then. `asked`
  // counts those that it asks for.
  const hide = (page, is) => page.evaluate((hidden) => {
    const {held = [], original = window.requestAnimationFrame} = window.hiding ?? {};
    window.hiding = {held, original, asked: 0};
    for (const [name, value] of Object.entries({hidden, visibilityState: hidden ? 'hidden' : 'visible'}))
      Object.defineProperty(document, name, {configurable: true, get: () => value});
    window.requestAnimationFrame = hidden ? (callback) => (window.hiding.asked++, held.push(callback)) : original;
    document.dispatchEvent(new Event('visibilitychange', {bubbles: true}));
    if (!hidden) held.splice(0).forEach((callback) => original.call(window, callback));
  }, is);
  const asked = (page) => page.evaluate(() => window.hiding.asked);

  test('a hidden tab of a desktop goes on', () => withPage({}, async (explorer, page) => {
    await press(explorer, 'train start');
    await epochIs(page, 1);
    await hide(page, true);
    const {epoch} = await run(page);
    await epochIs(page, epoch + 2);
    assert.equal((await run(page)).phase, 'running');
    await hide(page, false);
    await epochIs(page, epoch + 3);
    assert.doesNotMatch(await panel(page), /out of sight/);
  }));

  test('a hidden tab of a phone pauses, asks for no frames, goes on when it is seen, and says so', () => withPage(
    {viewport: {width: 390, height: 844}, hasTouch: true, isMobile: true}, async (explorer, page) => {
      await press(explorer, 'train start');
      await epochIs(page, 1);
      await hide(page, true);
      await phaseIs(page, 'paused');
      await quietTime(1000); // the state is kept meanwhile
      const before = await run(page), frames = await explorer.frames(), asks = await asked(page);
      await quietTime(1500);
      assert.deepEqual(await run(page), before);
      assert.equal(await explorer.frames(), frames);
      assert.equal(await asked(page), asks);
      await hide(page, false);
      await phaseIs(page, 'running');
      await says(page, /It paused while this page was out of sight, and has gone on\./);
    }));

  // The page is seen again before the pause has come about.
  test('hidden for a moment only, a run on a phone goes on', () => withPage(
    {viewport: {width: 390, height: 844}, hasTouch: true, isMobile: true}, async (explorer, page) => {
      await press(explorer, 'train start');
      await epochIs(page, 1);
      await hide(page, true);
      await hide(page, false);
      const {epoch} = await run(page);
      await epochIs(page, epoch + 2);
    }));
});
