// One link, one view: what is in the address after '#'.
import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {assertNear, setUp, until, withExplorer} from './help/explorer.mjs';
import {assertDecoded} from './help/pictures.mjs';
import {manifest} from './help/server.mjs';

const [{name: first}, {name: second}] = manifest().models;

const HOSTILE = {
  'numbers that are none': '#z=1e999,nan&v=-5,inf,nan&c=-1,99,x',
  'a negative and an endless view': '#v=1e30,-1e30,-4&z=-1e30,1e30',
  'zero': '#v=0,0,0&z=0,0',
  '100 kB': `#z=${'9'.repeat(100000)},1`,
  'many fields': `#${'z=1,1&'.repeat(9000)}`,
  'unknown keys': '#foo=bar&__proto__=1&constructor=2&m&=&&==',
  'a script': '#m=<script>alert(1)</script>&z=<img src=x onerror=alert(1)>',
  'broken escapes': '#z=%,%zz&m=%00%ff%',
  'other writing': '#z=１,２&m=ﬁ\u202e\u0000',
};

describe('link', () => {
  const shared = setUp();
  const withPage = (options, run) => withExplorer(shared, options, run);

  test('a link gives exactly its view, and a reload gives it again', () => withPage(
    {hash: `#m=${second}&z=0.51,-1.2&v=0.25,0.5,1.75&c=5,7&names=0&theme=dark`}, async (explorer, page) => {
      const check = async () => {
        assert.deepEqual(await explorer.state(), {m: second, z: '0.51,-1.2', v: '0.25,0.5,1.75', c: '5,7', names: '0', theme: 'dark'});
        const {x, y, width, height} = await explorer.place('plane');
        assertNear(await explorer.latent(x + width / 2, y + height / 2), [0.25, 0.5], 1e-4, 'the middle');
        assertDecoded(second, await explorer.shown());
      };
      await check();
      await page.reload();
      await explorer.ready(second);
      await check();
    }));

  test('the address follows what is done, without new entries in the history', () => withPage({}, async (explorer, page) => {
    const entries = await page.evaluate(() => history.length);
    for (const key of ['Shift+ArrowRight', 'ArrowUp', '+', '3', 't']) await explorer.press(key);
    const state = await explorer.get('state');
    await until(async () => (await page.evaluate(() => location.hash)) === `#${state}`, 'the address');
    assert.equal(await page.evaluate(() => history.length), entries);
    const z = await explorer.z();
    await page.reload();
    await explorer.ready();
    assert.equal(await explorer.get('state'), state);
    assertNear(await explorer.z(), z, 1e-5, 'z');
  }));

  test('someone changes the address', () => withPage({}, async (explorer, page) => {
    await page.evaluate(() => { location.hash = '#z=1.5,-0.5&c=3'; });
    await until(async () => (await explorer.state()).z === '1.5,-0.5', 'the new z');
    assert.equal((await explorer.state()).c, '3');
    assertDecoded(first, await explorer.shown());
    await page.evaluate((name) => { location.hash = `#m=${name}&z=-0.75,0.25`; }, second);
    await explorer.ready(second);
    assert.equal((await explorer.state()).z, '-0.75,0.25', 'z of the link, not of the model before');
    assertDecoded(second, await explorer.shown());
  }));

  test('a model that is not here is said', () => withPage({hash: '#m=somebody-else&z=1,1'}, async (explorer) => {
    assert.match(await explorer.message(), /somebody-else/);
    assert.equal(await explorer.model(), first);
    assert.equal((await explorer.state()).z, '1,1');
  }));

  for (const [what, hash] of Object.entries(HOSTILE))
    test(`a hostile link: ${what}`, () => withPage({hash}, async (explorer, page) => {
      const z = await explorer.z();
      assert.ok(z.every((value) => Number.isFinite(value) && Math.abs(value) < 100), `z is ${z}`);
      const [x] = await explorer.screen(1, 0), [origin] = await explorer.screen(0, 0);
      assert.ok(x - origin > 0.5 && x - origin < 1e6, `${x - origin} points per unit`);
      const shown = await explorer.shown();
      assert.ok(shown.pixels.every((value) => value >= 0 && value <= 1));
      assertDecoded(first, shown);
      assert.equal(await page.evaluate(() => document.querySelectorAll('script, img').length), 2, 'no element comes of it beside the import map and page.js');
      await explorer.press('ArrowRight'); // and it goes on
      await explorer.press('Home');
      assert.ok((await explorer.get('state')).length <= 512);
    }));
});
