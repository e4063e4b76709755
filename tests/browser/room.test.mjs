// The size of text and controls in large windows and by choice; what is shown while files are dragged or a model loads.
import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {clickHelp, press} from './help/controls.mjs';
import {NO_WEBGL, assertNear, setUp, until, withExplorer} from './help/explorer.mjs';
import {readPng} from './help/pictures.mjs';
import {manifest} from './help/server.mjs';

const HEADER = 44; // kTouchTarget
const MODEL = 'm=fashion-dense-vae-2d';

describe('room', () => {
  const shared = setUp({}, NO_WEBGL);
  const withPage = (options, run) => withExplorer(shared, options, run);

  for (const [width, height, more, by] of [[1280, 720, '', 1], [1920, 1080, '', 1.2], [2560, 1440, '', 1.6], [1280, 720, '&size=larger', 1.5], [360, 640, '&size=largest', 1.125]])
    test(`${width} x ${height}${more}: everything is ${by} times as large, and a click hits the place that it points at`, () => withPage(
      {hash: `#${MODEL}&z=0,0${more}`, viewport: {width, height}, fresh: true}, async (explorer, page) => {
        const header = await explorer.place('header');
        assertNear([header.height], [by * HEADER], 0.6, 'the header');
        assert.ok(header.x + header.width <= width);
        const at = await explorer.screen(0.5, -0.4);
        await explorer.click(...at);
        assertNear(await explorer.z(), [0.5, -0.4], 0.02, 'z');
        // The page's own button lies where the canvas leaves room for it.
        const button = await page.locator('#controls-button').boundingBox(), place = await explorer.place('controls');
        assertNear([button.x, button.y, button.width], [place.x, place.y, place.width], 1, 'the button');
      }));

  test('the help makes text larger, step by step, and usual again', () => withPage({hash: `#${MODEL}`, fresh: true}, async (explorer) => {
    await clickHelp(explorer);
    for (const size of ['large', 'larger', 'largest', undefined]) {
      await press(explorer, 'card button 2');
      assert.equal((await explorer.state()).size, size);
    }
  }));

  test('the controls choose the size, and it can be undone by choosing again', () => withPage({hash: `#${MODEL}`, fresh: true}, async (explorer, page) => {
    await page.click('#controls-button');
    await page.getByLabel('Size of text and buttons').selectOption({label: 'Larger'});
    await until(async () => (await explorer.state()).size === 'larger', 'the size in the link');
    await page.getByLabel('Size of text and buttons').selectOption({label: 'As fits the window'});
    await until(async () => !(await explorer.state()).size, 'the usual size');
  }));

  test('on a phone the button of the page does not lie on menus, cards and the help', () => withPage({hash: `#${MODEL}`, viewport: {width: 390, height: 844}, fresh: true}, async (explorer, page) => {
    const isSeen = () => page.evaluate(() => getComputedStyle(document.getElementById('controls-button')).clipPath === 'none');
    assert.equal(await isSeen(), true);
    for (const [id, ...beside] of [['model', 380, 400], ['tools', 200, 150], ['help']]) {
      await press(explorer, id);
      await explorer.settled();
      assert.equal(await isSeen(), false, id);
      if (id === 'help') await page.keyboard.press('Escape');
      else await explorer.click(...beside); // the list
      await explorer.settled();
      await until(isSeen, `the button, with ${id} closed`);
    }
    await page.evaluate(() => { location.hash = `${location.hash}&tour=7`; });
    const next = await until(() => page.evaluate(() => { const place = window.loom.pressable('next'); return place.width > 0 && place; }), 'the card of the tour');
    await explorer.settled();
    const button = await explorer.place('controls'), isApart = button.y + button.height <= next.y || next.y + next.height <= button.y;
    assert.equal(await isSeen(), true);
    assert.ok(isApart, 'the card is below the header');
  }));

  test('while a file is dragged over the page it says what can be dropped', () => withPage({hash: `#${MODEL}`}, async (explorer, page) => {
    const dragged = (kind, type) => page.evaluate(([event, what]) => {
      const data = new DataTransfer();
      if (what === 'file') data.items.add(new File(['x'], 'x.bin'));
      else data.setData('text/plain', 'x');
      dispatchEvent(new DragEvent(event, {dataTransfer: data, bubbles: true, cancelable: true}));
    }, [kind, type]);
    const zone = page.locator('#drop-zone');
    await dragged('dragover', 'text');
    assert.equal(await zone.isVisible().catch(() => false), false);
    await dragged('dragover', 'file');
    await zone.waitFor({state: 'visible'});
    assert.match(await zone.textContent(), /^Drop a weight file/);
    await zone.waitFor({state: 'hidden'}); // the files have left the window
  }));

  test('a model that is loading is announced over the map, which is faded meanwhile', () => withPage({hash: `#${MODEL}`, fresh: true}, async (explorer, page) => {
    const other = manifest().models.find(({name}) => name === 'mnist-vae-2d');
    await explorer.settled();
    const {x, y, width, height} = await explorer.place('plane');
    const clip = {x: x + width / 2 - 120, y: y + height / 2 - 60, width: 240, height: 120};
    const before = readPng(await page.screenshot({clip}));
    shared.server.answers[other.path ?? other.file] = {delay: 3000};
    try {
      await page.evaluate((id) => { location.hash = `#m=${id}`; }, other.name);
      await until(async () => {
        const now = readPng(await page.screenshot({clip}));
        let changed = 0;
        for (let i = 0; i < 240 * 120; i++) changed += now.at(i % 240, Math.floor(i / 240))[0] !== before.at(i % 240, Math.floor(i / 240))[0];
        return changed > 0.3 * 240 * 120;
      }, 'the map to be faded');
      await until(async () => (await explorer.state()).m === other.name && await explorer.get('model') === other.name, 'the model');
    } finally {
      delete shared.server.answers[other.path ?? other.file];
    }
  }));
});
