// Images of the view from the share dialog: what is in them, their size and colours, saved and copied; afterwards the page is as
// before.
import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {NO_WEBGL, downloaded, setUp, until, withExplorer} from './help/explorer.mjs';
import {classColors, dark, light} from './help/palette.mjs';
import {find, readPng, screenshot} from './help/pictures.mjs';

const near = (pixel, color, tolerance = 3) => color.every((value, i) => Math.abs(pixel[i] - value) <= tolerance);

for (const [drawnWith, options] of [['webgl2', []], ['2d', NO_WEBGL]])
  describe(`images of the view, drawn with ${drawnWith}`, () => {
    const shared = setUp({}, options);
    const withPage = (run, more = {}) => withExplorer(shared, {hash: '#z=1,0.5', acceptDownloads: true, ...more}, run);
    const drawn = (page) => until(() => page.evaluate(() => document.getElementById('share-image')?.naturalWidth > 0 && !document.getElementById('share-said').textContent), 'the preview');
    const open = async (explorer, page) => {
      await explorer.press('s');
      await drawn(page);
    };
    const choose = async (page, field, label) => {
      await page.selectOption(`#share-${field}`, {label});
      await drawn(page);
    };
    const saved = async (page) => {
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', {name: 'Save the image', exact: true}).click()]);
      assert.equal(download.suggestedFilename(), 'latent-loom.png');
      return readPng(await downloaded(download));
    };

    test('parts, sizes and themes; then the page is as before', () => withPage(async (explorer, page) => {
      assert.equal(await explorer.get('drawnWith'), drawnWith);
      const state = await explorer.get('state'), hash = await page.evaluate(() => location.hash), before = await screenshot(page);
      await open(explorer, page);
      await choose(page, 'what', 'the map alone');
      await choose(page, 'size', '1920 × 1080, slide');
      const map = await saved(page);
      assert.deepEqual([map.width, map.height], [1920, 1080]);
      for (const color of classColors.slice(0, 10)) assert.ok(find(map, color, 12).count > 50, `marks of the colour ${color}`);
      // The map fills the image: its ground is in all four corners.
      for (const [x, y] of [[40, 12], [1880, 12], [1880, 1040]]) assert.ok(near(map.at(x, y), light.plane, 30), `[${map.at(x, y)}] at ${x}, ${y}`);

      await choose(page, 'colours', 'dark');
      const night = await saved(page);
      assert.ok(near(night.at(1900, 12), dark.plane, 30), `[${night.at(1900, 12)}] is dark`);
      assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'light');

      await choose(page, 'what', 'the decoded image alone');
      await choose(page, 'size', '1280 × 720, slide');
      await choose(page, 'colours', 'light');
      const image = await saved(page);
      assert.deepEqual([image.width, image.height], [1280, 720]);
      for (const color of classColors.slice(0, 3)) assert.ok(find(image, color, 4).count < 20, 'no marks');
      await choose(page, 'what', 'the whole view');
      await choose(page, 'size', '3840 × 2160, slide');
      const large = await saved(page);
      assert.deepEqual([large.width, large.height], [3840, 2160]);

      await page.keyboard.press('Escape');
      await until(() => page.evaluate(() => !document.getElementById('share-dialog')), 'the dialog to close');
      await page.mouse.move(0, 0); // not over a mark
      await explorer.settled();
      assert.equal(await explorer.get('state'), state);
      assert.equal(await page.evaluate(() => location.hash), hash);
      const after = await screenshot(page);
      assert.deepEqual([after.width, after.height], [before.width, before.height]);
      let different = 0;
      for (let y = 5; y < after.height - 5; y += 3) // without the mark of the keyboard's focus around the canvas
        for (let x = 5; x < after.width - 5; x += 3) if (!near(after.at(x, y), before.at(x, y))) ++different;
      assert.equal(different, 0, `${different} points of the page differ`);
      await explorer.press('Shift+ArrowRight');
      assert.notEqual(await explorer.get('state'), state, 'the explorer goes on');
    }));

    test('the map is saved as SVG: each mark a symbol, words as text', () => withPage(async (explorer, page) => {
      await open(explorer, page);
      assert.equal(await page.locator('#share-kind').isVisible(), false, 'only the map can be SVG');
      await choose(page, 'what', 'the map alone');
      await choose(page, 'kind', 'SVG, shapes and text');
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', {name: 'Save the image', exact: true}).click()]);
      assert.equal(download.suggestedFilename(), 'latent-loom.svg');
      const found = await page.evaluate((source) => {
        const svg = new DOMParser().parseFromString(source, 'image/svg+xml');
        return {broken: svg.querySelector('parsererror') !== null, marks: svg.querySelectorAll('use').length,
          words: [...svg.querySelectorAll('text')].map(({textContent}) => textContent)};
      }, (await downloaded(download)).toString('utf8'));
      assert.equal(found.broken, false);
      assert.ok(found.marks > 8000, `${found.marks} marks`);
      for (const word of ['Trouser', '90 %']) assert.ok(found.words.some((text) => text.includes(word)), word);
    }));

    if (drawnWith === '2d') {
      test('the image is copied to the clipboard, or the dialog says why not', () => withPage(async (explorer, page) => {
        await open(explorer, page);
        await choose(page, 'size', '1280 × 720, slide');
        await page.getByRole('button', {name: 'Copy the image'}).click();
        await page.getByText('The image is on the clipboard.').waitFor();
        const size = await page.evaluate(async () => {
          const [item] = await navigator.clipboard.read(), bitmap = await createImageBitmap(await item.getType('image/png'));
          return [bitmap.width, bitmap.height];
        });
        assert.deepEqual(size, [1280, 720]);
        await page.evaluate(() => { navigator.clipboard.write = () => Promise.reject(new Error('no')); });
        await page.getByRole('button', {name: 'Copy the image'}).click();
        await page.getByText(/This browser does not let a page copy images\. Save the image instead/).waitFor();
      }, {permissions: ['clipboard-read', 'clipboard-write']}));

      test('an image that cannot be drawn is said, and the page is as before', () => withPage(async (explorer, page) => {
        await open(explorer, page);
        const size = await page.evaluate(() => [document.getElementById('canvas').width, document.getElementById('canvas').height]);
        await page.evaluate(() => { HTMLCanvasElement.prototype.toBlob = (done) => done(null); });
        await page.selectOption('#share-size', {label: '3840 × 2160, slide'});
        await page.getByText('This browser cannot draw an image of this size. Choose a smaller one.').waitFor();
        assert.deepEqual(await page.evaluate(() => [document.getElementById('canvas').width, document.getElementById('canvas').height]), size);
        assert.equal(await page.getByRole('button', {name: 'Save the image', exact: true}).isDisabled(), true);
        await page.keyboard.press('Escape');
        await explorer.press('ArrowRight');
        assert.notDeepEqual(await explorer.z(), [1, 0.5]);
      }));
    }
  });
