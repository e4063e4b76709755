// Look inside: shows the outputs of the network's units, which follow the ring; a click on a unit shows its map; the
// encoder draws z; everything also works by keyboard and for screen readers.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {describe, test} from 'node:test';
import {placeOf, press} from './help/controls.mjs';
import {NO_WEBGL, assertNear, quietTime, setUp, until, withExplorer} from './help/explorer.mjs';
import {screenshot} from './help/pictures.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const PHONE = {viewport: {width: 390, height: 844}, deviceScaleFactor: 2, hasTouch: true, isMobile: true};
const panelWords = (page) => page.evaluate(() => document.getElementById('controls').textContent);
const fact = async (page, name) => until(() => page.evaluate((wanted) => [...document.querySelectorAll('#controls .fact')]
  .find((one) => one.firstChild.textContent === wanted)?.lastChild.textContent, name), `the fact ${name}`);

// The share of pixels that differ between two screenshots of a part of the page.
function changed(a, b) {
  let count = 0;
  for (let y = 0; y < a.height; y++) for (let x = 0; x < a.width; x++) if (a.at(x, y).some((value, i) => Math.abs(value - b.at(x, y)[i]) > 8)) count++;
  return count / (a.width * a.height);
}

describe('look inside', () => {
  const shared = setUp({}, NO_WEBGL);
  const withPage = (options, run) => withExplorer(shared, options, async (explorer, page) => {
    await explorer.settled();
    await run(explorer, page);
  });
  const strip = async (explorer, layer) => {
    const {x, y, width, height} = await placeOf(explorer, `layer ${layer}`);
    return {x: Math.round(x), y: Math.round(y), width: Math.floor(width), height: Math.floor(height)};
  };

  for (const model of ['fashion-conv-vae-2d', 'fashion-dense-vae-2d'])
    test(`${model}: the strips follow the ring while it is dragged`, () => withPage({hash: `#m=${model}&tool=inside&z=-1.5,0.7`}, async (explorer, page) => {
      const clips = [await strip(explorer, 1), await strip(explorer, 2), await strip(explorer, 4)];
      const shots = () => Promise.all(clips.map((clip) => screenshot(page, clip)));
      const before = await shots();
      const from = await explorer.screen(-1.5, 0.7), to = await explorer.screen(0.9, -1.1);
      await page.mouse.move(...from);
      await page.mouse.down();
      await page.mouse.move(...to, {steps: 4});
      await explorer.frame();
      const during = await shots(); // the button is still held
      await page.mouse.up();
      await explorer.settled();
      before.forEach((one, i) => assert.ok(changed(one, during[i]) > 0.2, `strip ${i}: ${changed(one, during[i])} of the pixels have changed`));
      await page.mouse.move(5, 5);
      await explorer.settled();
      const frames = await explorer.frames();
      await quietTime(300);
      assert.equal(await explorer.frames(), frames, 'it goes on drawing');
    }));

  test('a click on a unit shows where it is active, another unit shows another map, and the link restores it', () => withPage({hash: '#tool=inside'}, async (explorer, page) => {
    const plane = await explorer.place('plane');
    const clip = {x: plane.x + plane.width / 2, y: plane.y + 120, width: plane.width / 2 - 80, height: plane.height - 260};
    const plain = await screenshot(page, clip);
    const {x, y} = await strip(explorer, 2);
    const choose = async (unit) => {
      await explorer.click(x + 6 + 14 * unit, y + 6);
      await page.mouse.move(5, 5); // the card of a unit lies on the plane
      await explorer.settled();
    };
    await choose(0);
    const first = await explorer.state();
    assert.equal(first.overlay, 'unit');
    assert.match(first.unit, /^decoder,2,\d+$/);
    const map = await screenshot(page, clip);
    assert.ok(changed(plain, map) > 0.3, `${changed(plain, map)} of the plane`);
    await choose(1);
    const second = await explorer.state();
    assert.match(second.unit, /^decoder,2,\d+$/);
    assert.notEqual(second.unit, first.unit);
    const other = await screenshot(page, clip);
    assert.ok(changed(map, other) > 0.1, `${changed(map, other)} of the plane`);
    await withPage({hash: `#${await explorer.get('state')}`}, async (again, page2) => {
      const state = await again.state();
      assert.equal(state.unit, second.unit);
      assert.ok(changed(other, await screenshot(page2, clip)) < 0.02);
    });
    await press(explorer, 'legend button 0');
    const [, , unit] = (await explorer.state()).unit.split(',').map(Number);
    assert.equal(unit, Number(second.unit.split(',')[2]) % 88 + 1, 'the next unit');
  }));

  test('a layer and a unit that the model does not have become the last ones', () => withPage({hash: '#tool=inside&overlay=unit&unit=decoder,99,99'}, async (explorer) => {
    assert.equal((await explorer.state()).unit, 'decoder,10,1');
  }));

  test('the pointer over a unit explains the layer', () => withPage({hash: '#tool=inside'}, async (explorer, page) => {
    const {x, y, width} = await strip(explorer, 4), panel = await explorer.place('tool');
    const clip = {x: panel.x - 300, y: Math.max(0, y - 40), width: 260, height: 160};
    const without = await screenshot(page, clip);
    await page.mouse.move(x + width / 2, y + 8);
    await explorer.settled();
    assert.ok(changed(without, await screenshot(page, clip)) > 0.02, 'a card is there');
    await page.mouse.move(5, 5);
    await explorer.settled();
    assert.ok(changed(without, await screenshot(page, clip)) < 0.01, 'and gone');
  }));

  test('encoder: z = mu + sigma epsilon, drawn again for each seed, and the ring moves to z', () => withPage(
    {hash: '#tool=inside&unit=encoder,1,1&x=12&z=0.5,0.5'}, async (explorer, page) => {
      await page.click('#controls-button');
      const numbers = async (name) => [...(await fact(page, name)).matchAll(/z\d (\S+?)(?:,|$)/g)].map(([, number]) => Number(number.replace('\u2212', '-')));
      const read = () => Promise.all(['mean \u03bc', 'log-variance', 'standard deviation \u03c3',
        '\u03b5, drawn from N(0, 1)', 'z = \u03bc + \u03c3 \u03b5'].map(numbers));
      const check = async () => {
        let rows = await read();
        for (let again; String(again = await read()) !== String(rows);) rows = again; // not while they are replaced
        const [mu, logvar, sigma, epsilon, z] = rows;
        assert.equal(z.length, 2);
        assertNear(sigma, logvar.map((value) => Math.exp(value / 2)), 0.011, 'sigma');
        assertNear(z, mu.map((value, d) => value + sigma[d] * epsilon[d]), 0.03, 'z');
        return {mu, z, epsilon};
      };
      await until(async () => (await check()).mu[0] !== undefined, 'the numbers');
      await until(async () => {
        const {mu} = await check(), coded = await explorer.encoded(12);
        return Math.hypot(mu[0] - coded[0], mu[1] - coded[1]) < 0.05;
      }, 'the code of the original');
      const first = await check();
      await page.getByRole('button', {name: 'Draw again', exact: true}).click();
      await until(async () => (await explorer.state()).eps === '2', 'another seed');
      await until(async () => (await check()).epsilon[0] !== first.epsilon[0], 'another epsilon');
      const second = await check();
      await page.getByRole('button', {name: 'Move the ring to z', exact: true}).click();
      await explorer.settled();
      assertNear(await explorer.z(), second.z, 0.011, 'the ring');
      assert.match(await panelWords(page), /The encoder|Encoder/);
    }));

  test('works for Fourier features, a plain autoencoder, PCA and a model with ten dimensions', async () => {
    for (const name of ['fashion-sharp-vae-2d', 'fashion-conv-ae-2d', 'fashion-pca-2d', 'fashion-dense-vae-10d']) // all of them in tests/test_explorer_inside_native.cpp
      for (const network of ['decoder', 'encoder'])
        await withPage({hash: `#m=${name}&tool=inside&unit=${network},1,2&overlay=unit&x=3`}, async (explorer, page) => {
          assert.equal((await explorer.state()).unit, `${network},1,2`, name);
          const words = await until(() => panelWords(page), 'the words');
          assert.match(words, /Layer 1 of \d+/, name);
          if (network === 'encoder') assert.match(words, /vae/.test(name) ? /log-variance/ : /nothing is drawn at random/, name);
          assert.equal(await explorer.message(), '');
        });
  });

  test('by keyboard: a layer from the list, a unit with the slider', () => withPage({hash: '#tool=inside'}, async (explorer, page) => {
    await page.click('#controls-button');
    const list = page.locator('#controls select[data-ask=panel]');
    await list.selectOption('layer 6');
    await until(async () => (await explorer.state()).unit?.startsWith('decoder,6,'), 'the layer');
    assert.equal((await explorer.state()).overlay, 'unit');
    await until(async () => /Each number of the layer before prints/.test(await panelWords(page)), 'what the layer does');
    const slider = page.getByRole('slider', {name: 'unit'});
    await slider.focus();
    const unit = async () => Number((await explorer.state()).unit.split(',')[2]);
    const before = await unit(), key = before > 1 ? 'ArrowLeft' : 'ArrowRight', by = before > 1 ? -1 : 1;
    await page.keyboard.press(key);
    await until(async () => await unit() === before + by, 'the unit beside it');
    await until(async () => await page.evaluate(() => document.activeElement.type) === 'range', 'the focus stays');
    await page.getByRole('button', {name: 'Encoder', exact: true}).click();
    await until(async () => (await explorer.state()).unit === 'encoder,1,1', 'the encoder');
  }));

  for (const [what, options] of [['a desktop', {}], ['a phone', PHONE]])
    for (const colorScheme of ['light', 'dark'])
      test(`axe-core finds nothing on ${what}, ${colorScheme}`, () => withPage({hash: '#tool=inside&unit=encoder,2,1&overlay=unit&x=12', ...options, colorScheme}, async (explorer, page) => {
        await page.click('#controls-button');
        await until(async () => /log-variance/.test(await panelWords(page)), 'the diagram in words');
        await page.evaluate(axe);
        const {violations} = await page.evaluate((tags) => window.axe.run(document, {runOnly: tags, resultTypes: ['violations']}), RULES);
        assert.deepEqual(violations.map(({id, help, nodes}) => `${id}: ${help}: ${nodes.map(({target}) => target)}`), []);
      }));

  test('on a phone a finger scrolls the strips and taps a unit', () => withPage({hash: '#tool=inside', ...PHONE}, async (explorer, page) => {
    const session = await page.context().newCDPSession(page);
    const send = async (type, points) => {
      await session.send('Input.dispatchTouchEvent', {type, touchPoints: points.map(([px, py]) => ({x: px, y: py, id: 0}))});
      await explorer.frame();
    };
    const before = await strip(explorer, 1), at = [before.x + 30, before.y + 10];
    await send('touchStart', [at]);
    for (let i = 1; i <= 5; i++) await send('touchMove', [[at[0], at[1] - 14 * i]]);
    await send('touchEnd', []);
    await explorer.settled();
    const after = await strip(explorer, 1);
    assert.ok(before.y - after.y > 40, `scrolled by ${before.y - after.y}`);
    assert.equal((await explorer.state()).overlay, undefined);
    await page.touchscreen.tap(after.x + 30, after.y + 10);
    await until(async () => /^decoder,1,/.test((await explorer.state()).unit ?? ''), 'the unit');
    assert.equal((await explorer.state()).overlay, 'unit');
  }));
});
