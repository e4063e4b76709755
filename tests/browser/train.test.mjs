// The tool that trains a model in the page: nothing starts by itself, the dots move while it runs, and what it saves can be
// loaded elsewhere.
import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {join} from 'node:path';
import {describe, test} from 'node:test';
import {pathToFileURL} from 'node:url';
import {press} from './help/controls.mjs';
import {NO_WEBGL, downloaded, quietTime, setUp, until, withExplorer} from './help/explorer.mjs';
import {dist, manifest} from './help/server.mjs';

const {load} = await import(pathToFileURL(join(dist, 'loom.js')));
const HASH = '#tool=train&z=0.5,0.25&train=fashion,small,2,vae,e3';
const DOTS = 300, SLOW = 180000; // ms, on a busy machine

const dots = (page) => page.evaluate((count) => Array.from({length: count}, (_, n) => window.loom.encoded(n)), DOTS);
const run = (page) => page.evaluate(() => ({...window.loom.training}));
const panel = (page) => page.evaluate(() => document.getElementById('controls')?.textContent ?? '');
const hidden = {hash: HASH, viewport: {width: 1000, height: 1300}}; // the whole panel

describe('training in the page', () => {
  const shared = setUp({}, NO_WEBGL);
  const withPage = (options, work) => withExplorer(shared, {...hidden, ...options}, work);

  test('the build lists what can be trained on', () => {
    const {training} = manifest();
    assert.deepEqual(training.map(({name}) => name), ['fashion-mnist', 'mnist']);
    for (const pack of training) assert.match(pack.path, /^assets\/.*-train-10k\.[0-9a-f]{12}\/$/);
  });

  test('nothing starts by itself; then a run from the first step to the end', () => withPage({}, async (explorer, page) => {
    const asked = [];
    page.on('request', (request) => asked.push(request.url()));
    await quietTime(1500);
    assert.deepEqual(asked.filter((url) => /train/.test(url)), [], 'a link with the tool fetches nothing');
    assert.equal((await run(page)).phase, 'none');
    const model = await explorer.model(), state = await explorer.state();
    assert.equal(state.train, 'fashion,small,2,vae,e3');

    await press(explorer, 'train start');
    await until(async () => (await explorer.model()) === 'trained-here', 'the first model', SLOW);
    const first = await dots(page);
    await until(async () => (await run(page)).epoch >= 1, 'the first epoch', SLOW);
    const early = (await run(page)).loss;
    await until(async () => (await run(page)).phase === 'finished', 'the end', SLOW);
    await explorer.settled();
    const {loss, epoch} = await run(page), last = await dots(page);
    assert.equal(epoch, 3);
    assert.ok(loss < early && loss > 190 && loss < 300, `the loss is ${loss}, after the first epoch ${early}`);
    const moved = first.filter(([x, y], n) => Math.hypot(last[n][0] - x, last[n][1] - y) > 0.1).length;
    assert.ok(moved > 0.8 * DOTS, `${moved} of ${DOTS} dots have moved`);
    assert.deepEqual(await explorer.state(), state, 'the link is as before');
    assert.equal(state.m, model);

    const saving = page.waitForEvent('download');
    await press(explorer, 'train save 0');
    const file = await saving;
    assert.equal(file.suggestedFilename(), 'fashion-vae-2d.safetensors');
    const trained = await load(await downloaded(file));
    assert.equal(trained.info.latentDim, 2);
    assert.match(await panel(page), /Finished: epoch 3 of 3/);
    assert.match(await panel(page), /loom train \S+ --data DIR/);
  }));

  const phaseIs = (page, wanted) => until(async () => (await run(page)).phase === wanted, wanted, SLOW);
  const mark = (page) => page.evaluate(() => localStorage.getItem('latent-loom-training')); // set when a run has been kept
  async function comeBack(explorer, page) {
    await page.reload();
    await explorer.ready();
    await phaseIs(page, 'kept');
  }
  async function weights(explorer, page) {
    const saving = page.waitForEvent('download');
    await press(explorer, 'train save 0');
    return createHash('sha256').update(await downloaded(await saving)).digest('hex');
  }

  test('a reload in the middle loses nothing: the run goes on to the same bytes', () => withPage({hash: '#tool=train&train=fashion,small,2,vae,e9', fresh: true}, async (explorer, page) => {
    await press(explorer, 'train start');
    await until(async () => await mark(page) === '1', 'the first state kept', SLOW);
    await comeBack(explorer, page);
    const kept = await run(page);
    assert.ok(kept.epoch >= 1 && kept.epoch < 9, `epoch ${kept.epoch}`);
    await until(async () => /Kept from your last visit: epoch \d of 9/.test(await panel(page)), 'where it is');
    await quietTime(500);
    assert.deepEqual(await run(page), kept, 'nothing goes on by itself');
    await press(explorer, 'train pause'); // it says "Go on"
    await phaseIs(page, 'finished');
    const resumed = await weights(explorer, page);
    await press(explorer, 'train start');
    await until(async () => (await run(page)).epoch === 0, 'a new start', SLOW);
    await phaseIs(page, 'finished');
    assert.equal(await weights(explorer, page), resumed);
    await until(() => page.evaluate(() => navigator.locks.query().then(({held}) => held.length === 1)), 'the lock of this run alone');
    await comeBack(explorer, page); // a finished run is kept, too
    await press(explorer, 'train epoch'); // it says "Delete it"
    await phaseIs(page, 'none');
    await until(async () => await mark(page) === null, 'the deletion');
    await page.reload();
    await explorer.ready();
    await quietTime(800);
    assert.equal((await run(page)).phase, 'none');
  }));

  test('another page does not take up a run that is open', () => withPage({fresh: true}, async (explorer, page) => {
    await press(explorer, 'train start');
    await until(async () => (await run(page)).epoch >= 1, 'the first epoch', SLOW);
    await press(explorer, 'train pause');
    await phaseIs(page, 'paused');
    await until(async () => await mark(page) === '1', 'the run is kept');
    const other = await page.context().newPage();
    try {
      await other.goto(page.url());
      await other.waitForFunction(() => window.loom?.frames > 2);
      await quietTime(1000);
      assert.equal((await run(other)).phase, 'none');
    } finally {
      await other.close();
    }
  }));

  test('where the browser stores nothing the panel says so, and the run goes on', () => withPage({fresh: true}, async (explorer, page) => {
    await page.evaluate(() => { indexedDB.open = () => { throw new DOMException('no storage here', 'SecurityError'); }; });
    await press(explorer, 'train start');
    await until(async () => /stores nothing for this page/.test(await panel(page)), 'the sentence', SLOW);
    await phaseIs(page, 'finished');
  }));

  test('pause, one epoch, go on, and again with another choice', () => withPage({hash: '#tool=train&train=digits,tiny,2,vae,e30'}, async (explorer, page) => {
    const phase = (wanted) => until(async () => (await run(page)).phase === wanted, wanted, SLOW);
    await press(explorer, 'train start');
    await phase('running');
    await press(explorer, 'train pause');
    await phase('paused');
    const paused = await run(page), still = await dots(page);
    await quietTime(800);
    assert.deepEqual(await run(page), paused);
    assert.deepEqual(await dots(page), still);
    await press(explorer, 'train epoch');
    await until(async () => (await run(page)).epoch === paused.epoch + 1, 'one epoch more', SLOW);
    await phase('paused');
    await press(explorer, 'train pause'); // it says "Go on"
    await until(async () => (await run(page)).epoch >= paused.epoch + 2, 'the next epochs', SLOW);
    await press(explorer, 'train mission 4');
    await press(explorer, 'train start');
    await until(async () => (await run(page)).epoch === 0, 'a new start', SLOW);
    await until(async () => (await run(page)).epoch >= 1, 'its first epoch', SLOW);
  }));

  test('a network that is gone becomes a sentence in the panel', () => withPage({allowed: [/Failed to load resource/, /answer 404/], fresh: true}, async (explorer, page) => {
    const {path} = manifest().training[0];
    shared.server.answers[`${path}3.pack`] = {status: 404};
    try {
      await press(explorer, 'train start');
      await until(async () => (await run(page)).phase === 'failed', 'the failure', SLOW);
      await until(async () => /Training has stopped: .*404/.test(await panel(page)), 'the sentence');
    } finally {
      delete shared.server.answers[`${path}3.pack`];
    }
    await press(explorer, 'train start');
    await until(async () => (await explorer.model()) === 'trained-here', 'the first model', SLOW);
  }));
});
