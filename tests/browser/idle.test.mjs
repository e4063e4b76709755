// Nothing is drawn while nothing changes, and the explorer survives hidden and frozen tabs and lost contexts.
import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {quietTime, setUp, until, withExplorer} from './help/explorer.mjs';
import {assertDecoded} from './help/pictures.mjs';

const IDLE = 2000; // ms
const SETTLE = 3; // frames after an event (platform_sdl.cpp)

describe('idle', () => {
  const shared = setUp();
  const withPage = (options, run) => withExplorer(shared, options, run);

  test('while nothing happens no frame is drawn and no animation frame requested', () => withPage({}, async (explorer, page) => {
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

  test('a drag draws at most one frame per move', () => withPage({}, async (explorer, page) => {
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

  test('a slow move draws only the frames that Dear ImGui needs to settle', () => withPage({}, async (explorer, page) => {
    const {x, y, width, height} = await explorer.place('plane');
    await page.mouse.move(x + width / 2, y + height / 2);
    await explorer.settled();
    const before = await explorer.frames();
    await page.mouse.move(x + width / 2 + 40, y + height / 2);
    await explorer.settled();
    assert.ok(await explorer.frames() - before <= SETTLE + 1);
  }));

  test('a frozen tab continues', () => withPage({}, async (explorer, page) => {
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

  test('after the graphics context was lost and restored, state and image are the same', () => withPage(
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
      await lose(); // what is done meanwhile takes effect
      await page.keyboard.press('ArrowRight');
      await explorer.frame();
      await restore();
      await explorer.press('ArrowLeft');
      assert.equal(await explorer.get('state'), state);
      assertDecoded(await explorer.model(), await explorer.shown());
    }));
});
