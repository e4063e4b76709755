// Nothing is drawn while nothing changes, and the explorer survives what a browser does to its tabs.
import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {quietTime, setUp, until, withExplorer} from './help/explorer.mjs';
import {assertDecoded} from './help/pictures.mjs';
import {overlays, tools} from './help/tables.mjs';

const IDLE = 2000, QUIET = 500;  // ms
const AT_ONCE = 5;  // pages
// Every row of the two tables, with what makes a tool work.
const NEEDS = {path: '&path=geodesic&a=-1.2,-1.4&b=1.2,-0.2', merge: '&a=-1.2,-1.4&b=0.6,0.6', noise: '&x=12&noise=gaussian,0.3', border: '&overlay=overlap',
  compare: '&with=fashion-dense-vae-2d&x=12', replay: '&frame=1', plane: '&m=fashion-dense-vae-10d'};
const views = [...overlays.filter(Boolean).map((key) => `overlay=${key}`), ...tools.filter(Boolean).map((key) => `tool=${key}${NEEDS[key] ?? ''}`)];
const SMALL = {width: 720, height: 520}; // less to compute and to draw
const SETTLE = 3;   // frames after an event (platform_sdl.cpp)

describe('idle', () => {
  const shared = setUp();
  const withPage = (options, run) => withExplorer(shared, options, run);

  test('no frame is drawn and no animation frame asked for while nothing happens', () => withPage({}, async (explorer, page) => {
    const before = await explorer.frames();
    await page.evaluate(() => {
      window.asked = 0;
      const original = window.requestAnimationFrame;
      window.requestAnimationFrame = (callback) => (window.asked++, original(callback));
    });
    await quietTime(IDLE);
    assert.equal(await explorer.frames(), before);
    assert.equal(await page.evaluate(() => window.asked), 0);
  }));

  // The number of frames drawn by then.
  async function comeToRest(explorer) {
    await explorer.settled();
    let drawn = await explorer.frames();
    await until(async () => {
      await quietTime(QUIET);
      const before = drawn;
      drawn = await explorer.frames();
      return drawn === before;
    }, 'no more frames');
    return drawn;
  }

  // Each view has a page of its own, but the quiet time begins for all of a group when the last of them has come to rest.
  for (let from = 0; from < views.length; from += AT_ONCE) {
    const group = views.slice(from, from + AT_ONCE);
    test(`${group.join(', ')} come to rest, and stay there`, async () => {
      const moving = new Set(group);
      let allRest;
      const everywhere = new Promise((done) => { allRest = done; });
      const rests = (view) => moving.delete(view) && moving.size === 0 && allRest();
      const outcomes = await Promise.allSettled(group.map((view) => withPage({hash: `#${view}`, viewport: SMALL}, async (explorer) => {
        const drawn = await comeToRest(explorer);
        rests(view);
        await everywhere;
        await quietTime(IDLE);
        assert.equal(await explorer.frames(), drawn, 'it goes on drawing');
      }).finally(() => rests(view)))); // one that fails keeps nobody waiting
      assert.deepEqual(outcomes.flatMap(({reason}, n) => reason ? [`${group[n]}: ${reason.message}`] : []), []);
    });
  }

  test('a drag draws no more often than it moves', () => withPage({}, async (explorer, page) => {
    const {x, y, width, height} = await explorer.place('plane'), moves = 30;
    await page.mouse.move(x + width / 2, y + height / 2);
    await page.mouse.down();
    await explorer.settled();
    const before = await explorer.frames();
    for (let i = 0; i < moves; i++) await page.mouse.move(x + width / 2 + i, y + height / 2 + (i % 7));
    await explorer.settled();
    const drawn = await explorer.frames() - before;
    await page.mouse.up();
    assert.ok(drawn >= 1 && drawn <= moves + SETTLE, `${drawn} frames for ${moves} moves`);
  }));

  test('a slow move draws at most the frames that Dear ImGui needs to settle', () => withPage({}, async (explorer, page) => {
    const {x, y, width, height} = await explorer.place('plane');
    await page.mouse.move(x + width / 2, y + height / 2);
    await explorer.settled();
    const before = await explorer.frames();
    await page.mouse.move(x + width / 2 + 40, y + height / 2);
    await explorer.settled();
    assert.ok(await explorer.frames() - before <= SETTLE + 1);
  }));

  test('a tab that was frozen goes on', () => withPage({}, async (explorer, page) => {
    const session = await page.context().newCDPSession(page), state = await explorer.get('state');
    await session.send('Page.setWebLifecycleState', {state: 'frozen'});
    await session.send('Page.setWebLifecycleState', {state: 'active'});
    await explorer.press('Shift+ArrowLeft');
    assert.notEqual(await explorer.get('state'), state);
    assertDecoded(await explorer.model(), await explorer.shown());
  }));

  test('a hidden tab draws nothing and shows the newest state when it comes back', () => withPage({}, async (explorer, page) => {
    const other = await page.context().newPage();
    await other.bringToFront();
    await page.evaluate(() => { location.hash = '#z=1,1'; });
    await page.bringToFront();
    await other.close();
    await until(async () => (await explorer.state()).z === '1,1', 'the state of the address');
    await explorer.settled();
    assertDecoded(await explorer.model(), await explorer.shown());
  }));

  test('the graphics context is lost and comes back: same state, same picture', () => withPage(
    {hash: '#z=0.7,-0.4&c=1,8', allowed: [/CONTEXT_LOST_WEBGL/]}, async (explorer, page) => {
      const state = await explorer.get('state');
      await page.evaluate(() => document.activeElement.blur());
      const before = await page.screenshot(), lose = () => page.evaluate(() => {
        window.context = document.getElementById('canvas').getContext('webgl2').getExtension('WEBGL_lose_context');
        window.context.loseContext();
      });
      const restore = async () => {
        const drawn = await explorer.frames();
        await page.evaluate(() => window.context.restoreContext());
        await until(async () => await explorer.frames() > drawn, 'a frame after the loss');
        await explorer.settled();
      };
      for (let round = 0; round < 2; round++) {
        await lose();
        await explorer.frame();
        await restore();
        assert.equal(await explorer.get('state'), state);
        assert.ok(before.equals(await page.screenshot()), `the page looks different after loss ${round + 1}`);
      }
      await lose(); // what is done meanwhile is not forgotten
      await page.keyboard.press('ArrowRight');
      await explorer.frame();
      await restore();
      await explorer.press('ArrowLeft');
      assert.equal(await explorer.get('state'), state);
      assertDecoded(await explorer.model(), await explorer.shown());
    }));
});
