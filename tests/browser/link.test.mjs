// One link, one view: the address after '#'. The fields of a link are kept until its model has loaded.
import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {clickRetry} from './help/controls.mjs';
import {NO_WEBGL, assertNear, setUp, until, withExplorer} from './help/explorer.mjs';
import {LINKS} from './help/links.mjs';
import {assertDecoded} from './help/pictures.mjs';
import {manifest} from './help/server.mjs';

const {models} = manifest(), [{name: first}, {name: second}, {name: third}] = models;
const pathOf = (name) => models.find((model) => model.name === name).path;

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
  const shared = setUp({}, NO_WEBGL);
  const withPage = (options, run) => withExplorer(shared, options, run);

  test('a link restores exactly its view, and so does a reload', () => withPage(
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

  test('the address follows the view, without new entries in the history', () => withPage({}, async (explorer, page) => {
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

  test('the visitor edits the address', () => withPage({}, async (explorer, page) => {
    await page.evaluate(() => { location.hash = '#z=1.5,-0.5&c=3'; });
    await until(async () => (await explorer.state()).z === '1.5,-0.5', 'the new z');
    assert.equal((await explorer.state()).c, '3');
    assertDecoded(first, await explorer.shown());
    await page.evaluate((name) => { location.hash = `#m=${name}&z=-0.75,0.25`; }, second);
    await explorer.ready(second);
    assert.equal((await explorer.state()).z, '-0.75,0.25', 'z of the link, not of the model before');
    assertDecoded(second, await explorer.shown());
  }));

  const go = (page, link) => page.evaluate((hash) => { location.hash = hash; }, link);
  const arrived = async (explorer, link) => {
    const wanted = Object.fromEntries(new URLSearchParams(link));
    await explorer.ready(wanted.m);
    await until(async () => {
      const now = await explorer.state();
      return Object.entries(wanted).every(([key, value]) => now[key] === value);
    }, `all of ${link}`).catch(async () => assert.deepEqual(await explorer.state(), wanted));
    assert.deepEqual(await explorer.state(), wanted);
    assert.equal(await explorer.message(), '');
  };

  for (const [what, link] of Object.entries(LINKS)) {
    test(`a model that has not been loaded, with ${what}: by the address`, () => withPage({hash: '#z=0.2,0.1'}, async (explorer, page) => {
      await go(page, link);
      await arrived(explorer, link);
    }));
    test(`a model that has been loaded before, with ${what}: by the address`, () => withPage({hash: `#${link}`}, async (explorer, page) => {
      await arrived(explorer, link);
      await go(page, `m=${third}&z=0,0`);
      await explorer.ready(third);
      await go(page, link);
      await arrived(explorer, link);
    }));
  }

  test('a third model is chosen while the second loads', () => withPage({}, async (explorer, page) => {
    const links = [`m=${second}&z=0.5,0.5&v=0.5,0.5,0.75&a=0,0&b=1,1`, `m=${third}&z=-0.5,0.25&v=-0.25,0.25,0.5&a=-1,0&b=0.5,1&x=12`];
    shared.server.answers[pathOf(second)] = {delay: 1500};
    try {
      await go(page, links[0]);
      await page.waitForTimeout(200);
      await go(page, links[1]);
      await arrived(explorer, links[1]);
      await page.waitForTimeout(2000); // the second has arrived meanwhile
      await arrived(explorer, links[1]);
      await go(page, links[0]); // and shows what was requested
      await arrived(explorer, links[0]);
    } finally {
      delete shared.server.answers[pathOf(second)];
    }
  }));

  test('back to the first while the second loads', () => withPage({}, async (explorer, page) => {
    const back = `m=${first}&z=0.75,0.25&v=0.5,0.25,1.5&a=0,0&b=1,1`;
    shared.server.answers[pathOf(second)] = {delay: 1000};
    try {
      await go(page, `m=${second}&z=1,1&v=0,0,0.5`);
      await page.waitForTimeout(200);
      await go(page, back);
      await page.waitForTimeout(1500);
      await arrived(explorer, back);
    } finally {
      delete shared.server.answers[pathOf(second)];
    }
  }));

  test('a download fails and is retried', () => withPage({allowed: [/Failed to load resource/, /^answer 500/]}, async (explorer, page) => {
    const link = LINKS['pins and a view'], path = pathOf(new URLSearchParams(link).get('m'));
    shared.server.answers[path] = {status: 500, body: 'no'};
    try {
      await go(page, link);
      const message = await until(() => explorer.message(), 'a message');
      assert.ok(message.includes(path), message);
      assert.equal(await explorer.model(), first);
    } finally {
      delete shared.server.answers[path];
    }
    await clickRetry(explorer);
    await arrived(explorer, link);
  }));

  test('a failed download of a compared model is requested again', () => withPage({allowed: [/Failed to load resource/, /^answer 500/]}, async (explorer, page) => {
    const link = `m=${first}&z=0.25,0.5&v=0.25,0.25,1.5&tool=compare&with=${second}&cursor=latent`;
    shared.server.answers[pathOf(second)] = {status: 500, body: 'no'};
    try {
      await go(page, link);
      const message = await until(() => explorer.message(), 'a message');
      assert.ok(message.includes(pathOf(second)), message);
      assert.doesNotMatch(message, /previous model/, 'the model that is seen is the one that was asked for');
    } finally {
      delete shared.server.answers[pathOf(second)];
    }
    await clickRetry(explorer);
    await until(async () => (await explorer.place('other')).width > 100 && !await explorer.message(), 'the second plane');
    await arrived(explorer, link);
    assert.equal(await explorer.model(), first);
  }));

  test('an unknown model is reported', () => withPage({hash: '#m=somebody-else&z=1,1'}, async (explorer) => {
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
      assert.equal(await page.evaluate(() => document.querySelectorAll('script, img').length), 3, 'no element comes of it beside the page\'s own three scripts');
      await explorer.press('ArrowRight'); // and it still works
      await explorer.press('Home');
      assert.ok((await explorer.get('state')).length <= 512);
    }));
});
