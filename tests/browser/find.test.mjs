// The field that finds classes, test images and points: by keys, mouse, fingers and for screen readers.
import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {press} from './help/controls.mjs';
import {NO_WEBGL, assertNear, setUp, until, withExplorer} from './help/explorer.mjs';
import {setUpHost, withHost} from './help/host.mjs';
import {assertDecoded} from './help/pictures.mjs';

const PHONE = {viewport: {width: 390, height: 844}, deviceScaleFactor: 2, hasTouch: true, isMobile: true};
const field = (page) => page.getByRole('combobox', {name: /Find/});
const option = (page, name) => page.locator('#find-dialog').getByRole('option', {name});
const isOpen = (page) => page.evaluate(() => Boolean(document.querySelector('#find-dialog[open]')));

describe('find', () => {
  const shared = setUp({}, NO_WEBGL);
  const withPage = (run, options = {}) => withExplorer(shared, options, run);

  for (const key of ['/', 'Control+k', 'Meta+k'])
    test(`${key} opens it; typed, Enter: a class is shown alone and the ring goes there`, () => withPage(async (explorer, page) => {
      const z = await explorer.z();
      await page.keyboard.press(key);
      await field(page).waitFor();
      assert.equal(await field(page).inputValue(), '', 'the key itself is not typed');
      await page.keyboard.type('bag');
      assert.equal(await page.locator('#find-dialog').getByRole('option').count(), 1);
      await page.keyboard.press('Enter');
      await until(async () => (await explorer.state()).c === '8', 'the class');
      await explorer.settled();
      assert.notDeepEqual(await explorer.z(), z);
      assert.match(await explorer.get('spoken'), /bag/);
      assert.equal(await isOpen(page), false);
      assert.equal(await page.evaluate(() => document.activeElement.id), 'canvas');
      assertDecoded(await explorer.model(), await explorer.shown());
      await explorer.press('Control+z');
      assert.deepEqual(await explorer.z(), z, 'one gesture');
    }));

  test('a test image by its number becomes the input image, and the ring goes to its code', () => withPage(async (explorer, page) => {
    await page.keyboard.press('/');
    await field(page).fill('image 493');
    await page.keyboard.press('Enter');
    await until(async () => (await explorer.state()).x === '493', 'the image');
    assertNear(await explorer.z(), await explorer.encoded(493), 1e-5, 'z');
  }));

  test('z is typed: Z opens the field with its coordinates, selected', () => withPage(async (explorer, page) => {
    await explorer.press('z');
    await field(page).waitFor();
    assert.equal(await field(page).inputValue(), '0.30, -1.20');
    await page.keyboard.type('-1.5 0.25'); // in place of what is selected
    await page.keyboard.press('Enter');
    await until(async () => (await explorer.z())[0] === -1.5, 'z');
    assert.deepEqual(await explorer.z(), [-1.5, 0.25]);
  }, {hash: '#z=0.3,-1.2'}));

  test('arrow keys choose among the results, and it is said which; Escape closes without a change', () => withPage(async (explorer, page) => {
    const before = await explorer.get('state');
    await page.keyboard.press('/');
    await field(page).waitFor();
    const chosen = () => page.evaluate(() => document.getElementById(document.getElementById('find-input').getAttribute('aria-activedescendant'))?.textContent);
    assert.match(await chosen(), /T-shirt/);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    assert.match(await chosen(), /Pullover/);
    assert.equal(await page.locator('#find-dialog').getByRole('option', {selected: true}).count(), 1);
    await page.keyboard.press('ArrowUp');
    assert.match(await chosen(), /Trouser/);
    assert.match(await page.locator('#find-dialog [role=status]').textContent(), /10 results/);
    await page.keyboard.type('nothing like it');
    assert.equal(await chosen(), undefined);
    assert.match(await page.locator('#find-dialog [role=status]').textContent(), /No results/);
    await page.keyboard.press('Enter');
    assert.equal(await isOpen(page), true);
    await page.keyboard.press('Escape');
    await until(async () => !await isOpen(page), 'it closes');
    assert.equal(await explorer.get('state'), before);
    await explorer.press('3'); // keys belong to the map again
    assert.equal((await explorer.state()).c, '2');
  }));

  test('undo keys in the field are those of the text', () => withPage(async (explorer, page) => {
    await explorer.press('3');
    await page.keyboard.press('/');
    await field(page).waitFor();
    await page.keyboard.type('bag');
    await page.keyboard.press('Control+z');
    assert.notEqual(await field(page).inputValue(), 'bag');
    assert.equal((await explorer.state()).c, '2', 'the map stays');
  }));

  test('the button of the controls opens it', () => withPage(async (explorer, page) => {
    await page.click('#controls-button');
    await page.getByRole('button', {name: /Find/}).click();
    await field(page).fill('sandal');
    await option(page, /Sandal/).click();
    await until(async () => (await explorer.state()).c === '5', 'the class');
  }));

  test('on a phone: a tap on the coordinates, a text, a tap on a result', () => withPage(async (explorer, page) => {
    await press(explorer, 'coordinates');
    await field(page).waitFor();
    const box = await page.locator('#find-dialog').boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= 390 && box.y + 120 < 844 / 2, 'the keyboard would cover it');
    await field(page).fill('boot');
    const row = await option(page, /Ankle boot/).boundingBox();
    assert.ok(row.height >= 44, 'large enough for a finger');
    await option(page, /Ankle boot/).tap();
    await until(async () => (await explorer.state()).c === '9', 'the class');
    assert.equal(await isOpen(page), false);
  }, PHONE));
});

describe('find in a frame', () => {
  const shared = setUpHost(NO_WEBGL);
  test('works in a sandbox, and leaves out what is locked', () => withHost(shared, `<iframe src="${shared.server.url}embed.html#lock=image" sandbox="allow-scripts" width="900" height="600"></iframe>`, {}, async (host) => {
    const guest = await host.frame(), {middle} = await host.place(guest, 'plane');
    await host.page.mouse.click(...middle);
    await host.page.keyboard.press('/');
    await field(guest.frame).waitFor();
    await field(guest.frame).fill('493');
    assert.equal(await guest.frame.locator('#find-dialog').getByRole('option').count(), 0);
    await field(guest.frame).fill('1, 1');
    await host.page.keyboard.press('Enter');
    await until(async () => (await guest.get('z'))[0] === 1, 'z');
  }));
});
