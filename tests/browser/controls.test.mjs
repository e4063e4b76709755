// Legend, model picker, theme, help and buttons on the plane, used with a mouse.
import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {clickHelp, clickPickerRow, clickTheme, legendMark} from './help/controls.mjs';
import {NO_WEBGL, assertNear, setUp, until, withExplorer} from './help/explorer.mjs';
import {classColors, dark, light} from './help/palette.mjs';
import {assertDecoded, find, screenshot} from './help/pictures.mjs';
import {distFile, manifest} from './help/server.mjs';

const [{name: first}, {name: second}] = manifest().models;
const OPACITY = 0.82; // of a mark (scatter.cpp)
const over = (color, back) => color.map((value, i) => Math.round(value * OPACITY + back[i] * (1 - OPACITY)));

describe('controls', () => {
  const shared = setUp({}, NO_WEBGL);
  const withPage = (run, options = {}) => withExplorer(shared, options, run);

  test('a click on a class of the legend isolates it, Shift adds a class, a second click shows all', () => withPage(async (explorer, page) => {
    const marks = async () => {
      const picture = await screenshot(page, await explorer.place('plane'));
      return classColors.map((color) => find(picture, over(color, light.plane), 2).count);
    };
    const isolated = async () => (await explorer.state()).c;
    const away = await explorer.place('header');
    const press = async (c) => {
      await explorer.click(...await legendMark(explorer, c));
      await page.mouse.move(away.x, away.y - 5);
      await explorer.settled();
    };
    const all = await marks(), at = await legendMark(explorer, 5);
    const solid = all.map((count) => count > 50); // thin shapes, such as rings, hardly have a pixel of the pure colour
    assert.ok(solid.filter(Boolean).length >= 6 && solid[1] && solid[5], `marks of most classes are on the plane: ${all}`);
    await press(1);
    assert.equal(await isolated(), '1');
    const alone = await marks();
    alone.forEach((count, c) => assert.ok(c === 1 ? count >= all[c] : !solid[c] || count < 0.1 * all[c], `class ${c}: ${all[c]} pixels became ${count}`));
    await page.keyboard.down('Shift');
    await explorer.click(...at); // its mark is grey now
    await page.keyboard.up('Shift');
    await page.mouse.move(away.x, away.y - 5);
    await explorer.settled();
    assert.equal(await isolated(), '1,5');
    assert.ok((await marks())[5] > 0.5 * all[5]);
    await press(1);
    assert.equal(await isolated(), '1');
    await press(1);
    assert.equal(await isolated(), undefined);
    assert.deepEqual(await marks(), all);
  }, {hash: '#names=0'}));

  test('the model picker changes the model and changes it back', () => withPage(async (explorer) => {
    assert.equal(await explorer.model(), first);
    await clickPickerRow(explorer, 1);
    await explorer.ready(second);
    assertDecoded(second, await explorer.shown());
    assert.equal((await explorer.state()).m, second);
    await clickPickerRow(explorer, 0);
    await explorer.ready(first);
    assertDecoded(first, await explorer.shown());
    assert.equal(await explorer.message(), '');
  }));

  test('a click beside the open picker only closes it', () => withPage(async (explorer) => {
    const header = await explorer.place('header'), plane = await explorer.place('plane'), z = await explorer.z();
    await explorer.click(header.x + 60, header.y + header.height / 2);
    await explorer.click(plane.x + 100, plane.y + 100);
    assert.deepEqual(await explorer.z(), z);
    await explorer.click(plane.x + 100, plane.y + 100);
    assert.notDeepEqual(await explorer.z(), z);
    assert.equal(await explorer.model(), first);
  }));

  test('the theme can be changed; otherwise it follows the system', () => withPage(async (explorer, page) => {
    const background = async () => Array.from((await screenshot(page, {...await explorer.place('plane'), width: 3, height: 3})).at(1, 1));
    assertNear(await background(), light.plane, 2, 'light');
    await page.emulateMedia({colorScheme: 'dark'});
    await explorer.settled();
    assertNear(await background(), dark.plane, 2, 'the system becomes dark');
    assert.equal((await explorer.state()).theme, undefined);
    await clickTheme(explorer);
    assertNear(await background(), light.plane, 2, 'chosen');
    assert.equal((await explorer.state()).theme, 'light');
    await clickTheme(explorer);
    assert.equal((await explorer.state()).theme, 'dark');
    assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'dark');
  }));

  test('the help opens and closes, and z stays', () => withPage(async (explorer, page) => {
    const z = await explorer.z(), plain = await page.screenshot();
    const changed = async () => !plain.equals(await page.screenshot());
    for (const close of [() => explorer.press('Escape'), () => explorer.click(8, 8)]) {
      await clickHelp(explorer);
      assert.ok(await changed());
      await close();
      await page.mouse.move(1279, 799);
      await explorer.settled();
      assert.deepEqual(await explorer.z(), z);
    }
  }));

  test('the buttons on the plane zoom in, out and back', () => withPage(async (explorer) => {
    const {x, y, width, height} = await explorer.place('plane'), z = await explorer.z();
    const button = (row) => explorer.click(x + width - 34, y + height - 32 - 44 * (3 - row) + 22); // plane_buttons.cpp
    const home = await explorer.unit();
    await button(0);
    assertNear([await explorer.unit() / home], [1.5], 1e-3, 'plus');
    await button(1);
    await button(1);
    assertNear([await explorer.unit() / home], [1 / 1.5], 1e-3, 'minus');
    await button(2);
    assertNear([await explorer.unit() / home], [1], 1e-6, 'all');
    assert.deepEqual(await explorer.z(), z);
  }));

  test('the visitor\'s own file is explored, chosen or dropped', () => withPage(async (explorer, page) => {
    const {path} = manifest().models[1];
    const chooser = page.waitForEvent('filechooser');
    await clickPickerRow(explorer, manifest().models.length);
    await (await chooser).setFiles({name: 'my own.safetensors', mimeType: '', buffer: distFile(path)});
    await explorer.ready('my-own');
    assertDecoded(second, await explorer.shown());
    await page.evaluate(async (url) => {
      const files = new DataTransfer();
      files.items.add(new File([await (await fetch(url)).blob()], 'dropped.safetensors'));
      dispatchEvent(new DragEvent('drop', {dataTransfer: files, cancelable: true}));
    }, manifest().models[0].path);
    await until(async () => await explorer.model() === 'dropped', 'the dropped model');
    await explorer.settled();
    assertDecoded(first, await explorer.shown());
  }));
});
