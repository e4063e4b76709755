// Everything works without a mouse.
import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {NO_WEBGL, assertNear, setUp, until, withExplorer} from './help/explorer.mjs';
import {assertDecoded} from './help/pictures.mjs';

const STEP = 8, FAR = 5, FINE = 0.2; // points that an arrow key moves z, alone and with Shift and Alt

describe('keyboard', () => {
  const shared = setUp({}, NO_WEBGL);
  const withPage = (run, options = {}) => withExplorer(shared, options, run);

  test('arrow keys move z, farther with Shift, less far with Alt', () => withPage(async (explorer) => {
    const perUnit = await explorer.unit(), step = STEP / perUnit;
    for (const [key, dx, dy] of [['ArrowRight', 1, 0], ['ArrowUp', 0, 1], ['ArrowLeft', -1, 0], ['ArrowDown', 0, -1],
      ['Shift+ArrowRight', FAR, 0], ['Shift+ArrowUp', 0, FAR], ['Alt+ArrowLeft', -FINE, 0], ['Alt+ArrowDown', 0, -FINE]]) {
      const [x, y] = await explorer.z();
      await explorer.press(key);
      assertNear(await explorer.z(), [x + dx * step, y + dy * step], 1e-4, key);
    }
    assertDecoded(await explorer.model(), await explorer.shown());
  }));

  test('the map has a frame while the focus is moved by keyboard, and none for mice and at the start', () => withPage(async (explorer, page) => {
    const frame = () => page.evaluate(() => `${document.activeElement.id} ${getComputedStyle(document.getElementById('canvas')).outlineStyle}`);
    assert.equal(await frame(), 'canvas none');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Shift+Tab');
    assert.equal(await frame(), 'canvas solid');
    await page.mouse.click(300, 300);
    assert.equal(await frame(), 'canvas none');
  }));

  test('a held key keeps moving z', () => withPage(async (explorer, page) => {
    const [x] = await explorer.z();
    for (let i = 0; i < 10; i++) await page.keyboard.down('ArrowRight'); // as the system repeats it
    await page.keyboard.up('ArrowRight');
    await explorer.settled();
    assertNear([(await explorer.z())[0]], [x + 10 * STEP / await explorer.unit()], 1e-3, 'z1');
  }));

  test('z does not leave the view', () => withPage(async (explorer, page) => {
    for (let i = 0; i < 30; i++) await page.keyboard.press('Shift+ArrowRight');
    await explorer.settled();
    const {x, y, width, height} = await explorer.place('plane'), [at, up] = await explorer.screen(...await explorer.z());
    assert.ok(at > x && at < x + width && up > y && up < y + height, `z is at ${at}, ${up} of the screen`);
  }));

  test('+ and - zoom about the middle, Home shows all again', () => withPage(async (explorer) => {
    const {x, y, width, height} = await explorer.place('plane'), middle = [x + width / 2, y + height / 2];
    const home = await explorer.unit(), center = await explorer.latent(...middle);
    await explorer.press('+');
    assert.ok(Math.abs(await explorer.unit() / home - 1.25) < 1e-3, '+ magnifies by a quarter');
    await explorer.press('=');
    await explorer.press('-');
    await explorer.press('-');
    await explorer.press('-');
    assert.ok(Math.abs(await explorer.unit() / home - 0.8) < 1e-3, '- undoes it and goes on');
    assertNear(await explorer.latent(...middle), center, 1e-3, 'the middle stays');
    assert.ok((await explorer.state()).v, 'the view is in the link');
    await explorer.press('Home');
    assert.ok(Math.abs(await explorer.unit() / home - 1) < 1e-6);
    assert.equal((await explorer.state()).v, undefined, 'the home view is not in the link');
  }));

  test('digits isolate classes, comma and full stop step through them, A shows all, Escape goes back', () => withPage(async (explorer) => {
    const isolated = async () => (await explorer.state()).c;
    await explorer.press('3');
    assert.equal(await isolated(), '2');
    await explorer.press('Shift+5');
    assert.equal(await isolated(), '2,4');
    await explorer.press('a');
    assert.equal(await isolated(), undefined);
    await explorer.press('.');
    assert.equal(await isolated(), '0');
    await explorer.press(',');
    assert.equal(await isolated(), '9');
    await explorer.press('Escape');
    assert.equal(await isolated(), undefined);
  }));

  test('O, N, T and ? do what the help says', () => withPage(async (explorer) => {
    await explorer.press('ArrowRight');
    await explorer.press('o');
    assert.deepEqual(await explorer.z(), [0, 0]);
    await explorer.press('n');
    assert.equal((await explorer.state()).names, '0');
    await explorer.press('t');
    assert.equal((await explorer.state()).theme, 'dark');
    const before = await explorer.frames();
    await explorer.press('?');
    assert.ok(await explorer.frames() > before);
    await explorer.press('Escape');
    assert.equal((await explorer.state()).theme, 'dark', 'Escape closes only the help');
  }));

  test('the browser\'s own keys still work, and Tab leaves the canvas', () => withPage(async (explorer, page) => {
    const prevented = (init) => page.evaluate((event) => {
      const canvas = document.getElementById('canvas');
      canvas.focus();
      return !canvas.dispatchEvent(new KeyboardEvent('keydown', {bubbles: true, cancelable: true, ...event}));
    }, init);
    for (const init of [{key: 'Tab', code: 'Tab', keyCode: 9}, {key: 'F5', code: 'F5', keyCode: 116}, {key: 'r', code: 'KeyR', keyCode: 82, ctrlKey: true},
      {key: 'F12', code: 'F12', keyCode: 123}])
      assert.equal(await prevented(init), false, `${init.key} is taken from the browser`);
  }));

  test('speech follows z', () => withPage(async (explorer, page) => {
    const said = () => page.evaluate(() => document.getElementById('spoken').textContent);
    await explorer.press('Shift+ArrowRight');
    await until(async () => (await said()) === await explorer.get('spoken') && /^z /.test(await said()), 'the words');
    assert.match(await said(), /%|no test images|hole/i);
  }));
});
