// Fingers, as touch events of Chromium.
import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {assertNear, setUp, withExplorer} from './help/explorer.mjs';
import {assertDecoded} from './help/pictures.mjs';

const PHONE = {viewport: {width: 390, height: 844}, deviceScaleFactor: 2, hasTouch: true, isMobile: true};

async function fingers(explorer) {
  const session = await explorer.page.context().newCDPSession(explorer.page);
  const send = async (type, points) => {
    await session.send('Input.dispatchTouchEvent', {type, touchPoints: points.map(([x, y], id) => ({x, y, id}))});
    await explorer.frame();
  };
  return {down: (...points) => send('touchStart', points), move: (...points) => send('touchMove', points), up: () => send('touchEnd', [])};
}
const middleOf = ({x, y, width, height}) => [Math.round(x + width / 2), Math.round(y + height / 2)];

describe('touch', () => {
  const shared = setUp();
  const withPage = (run) => withExplorer(shared, PHONE, run);

  test('one finger drags z', () => withPage(async (explorer) => {
    const touch = await fingers(explorer), [x, y] = middleOf(await explorer.place('plane'));
    await touch.down([x, y]);
    await explorer.settled();
    assertNear(await explorer.z(), await explorer.latent(x, y), 0.02, 'z under the finger');
    for (let i = 1; i <= 8; i++) await touch.move([x + 10 * i, y - 5 * i]);
    assertNear(await explorer.z(), await explorer.latent(x + 80, y - 40), 0.02, 'z follows the finger');
    await touch.up();
    await explorer.settled();
    assertNear(await explorer.z(), await explorer.latent(x + 80, y - 40), 0.02, 'z stays where it was left');
    assertDecoded(await explorer.model(), await explorer.shown());
    assert.equal(await explorer.get('hovered'), -1, 'a finger does not hover');
  }));

  test('a tap places z', () => withPage(async (explorer, page) => {
    const [x, y] = middleOf(await explorer.place('plane'));
    await page.touchscreen.tap(x - 70, y + 30);
    await explorer.settled();
    assertNear(await explorer.z(), await explorer.latent(x - 70, y + 30), 0.02, 'z');
  }));

  test('two fingers zoom and pan, and z stays', () => withPage(async (explorer) => {
    const touch = await fingers(explorer), [x, y] = middleOf(await explorer.place('plane'));
    const z = await explorer.z(), between = await explorer.latent(x, y);
    const before = await explorer.unit();
    await touch.down([x - 40, y]);
    await touch.down([x - 40, y], [x + 40, y]);
    for (let i = 1; i <= 8; i++) await touch.move([x - 40 - 5 * i, y], [x + 40 + 5 * i, y]);
    await touch.up();
    await explorer.settled();
    assert.ok(Math.abs(await explorer.unit() / before - 2) < 0.1, `twice the distance magnifies by ${await explorer.unit() / before}`);
    assertNear(await explorer.latent(x, y), between, 0.05, 'the place between the fingers');
    assertNear(await explorer.z(), z, 1e-6, 'z');
    await touch.down([x - 40, y]);
    await touch.down([x - 40, y], [x + 40, y]);
    for (let i = 1; i <= 6; i++) await touch.move([x - 40 + 10 * i, y + 5 * i], [x + 40 + 10 * i, y + 5 * i]);
    await touch.up();
    await explorer.settled();
    assertNear(await explorer.latent(x + 60, y + 30), between, 0.05, 'the place moved with the fingers');
    assertNear(await explorer.z(), z, 1e-6, 'z');
  }));

  test('a finger on the plane does not scroll or zoom the page', () => withPage(async (explorer, page) => {
    const touch = await fingers(explorer), [x, y] = middleOf(await explorer.place('plane'));
    await touch.down([x, y]);
    for (let i = 1; i <= 8; i++) await touch.move([x, y - 15 * i]);
    await touch.up();
    assert.deepEqual(await page.evaluate(() => [scrollX, scrollY, visualViewport.scale]), [0, 0, 1]);
  }));
});
