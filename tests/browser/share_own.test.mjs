// What of a visitor's own things a link holds, what the share dialog says of the rest, and what the receiver sees.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, test} from 'node:test';
import {drag, placeOf, press} from './help/controls.mjs';
import {NO_WEBGL, setUp, until, withExplorer} from './help/explorer.mjs';
import {assertDecoded, screenshot} from './help/pictures.mjs';
import {dist, manifest} from './help/server.mjs';

const {models} = manifest(), first = models[0].name;
const WEIGHTS = readFileSync(join(dist, models.find(({name}) => name === 'fashion-pca-2d').path));
const NAME = 'my model.safetensors';

const at = ({x, y, width, height}, across, down) => [Math.round(x + across * width), Math.round(y + down * height)];

describe('sharing what is the visitor\'s own', () => {
  const shared = setUp({}, NO_WEBGL);
  const withPage = (hash, run, options = {}) => withExplorer(shared, {hash, ...options}, run);
  const missing = (page) => page.evaluate(() => document.getElementById('share-missing')?.innerText ?? '');
  const share = async (explorer, page) => {
    await press(explorer, 'share');
    await until(() => page.evaluate(() => Boolean(document.getElementById('share-link')?.value)), 'the dialog');
    return page.inputValue('#share-link');
  };
  const drop = (page, name, bytes, type = '') => page.evaluate(({name, base64, type}) => {
    const files = new DataTransfer();
    files.items.add(new File([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))], name, {type}));
    dispatchEvent(new DragEvent('drop', {dataTransfer: files, cancelable: true}));
  }, {name, type, base64: Buffer.from(bytes).toString('base64')});

  test('a drawing by the mouse is in the link; who opens it sees the same pixels', () => withPage('#tool=image', async (explorer, page) => {
    const paper = await placeOf(explorer, 'paper');
    for (const [from, to] of [[[0.2, 0.3], [0.8, 0.3]], [[0.8, 0.3], [0.7, 0.8]], [[0.3, 0.5], [0.3, 0.8]]]) await drag(explorer, at(paper, ...from), at(paper, ...to));
    await page.mouse.move(5, 5);
    await explorer.settled();
    const {drawing} = await explorer.state();
    assert.match(drawing, /^28x28,[\w-]{20,400}$/);
    const z = await explorer.z(), clip = paper, drawn = await screenshot(page, clip);
    const link = await share(explorer, page);
    assert.ok(link.includes(`&drawing=${drawing}`));
    assert.ok(link.length < 700, `${link.length} bytes`);
    assert.equal(await missing(page), '');
    await withPage(new URL(link).hash, async (other, otherPage) => {
      await other.settled();
      const seen = await screenshot(otherPage, clip);
      let different = 0;
      for (let y = 0; y < seen.height; y++)
        for (let x = 0; x < seen.width; x++) if (seen.at(x, y).some((value, i) => value !== drawn.at(x, y)[i])) ++different;
      assert.equal(different, 0, `${different} pixels of the drawing differ`);
      assert.equal((await other.z()).join(), z.map((value) => Math.fround(Math.round(value * 1e5) / 1e5)).join());
      assert.equal((await other.state()).drawing, drawing);
    });
  }));

  test('an opened image is not in the link, and the dialog says so', () => withPage('#tool=image', async (explorer, page) => {
    const png = await page.evaluate(async () => {
      const canvas = Object.assign(document.createElement('canvas'), {width: 20, height: 20});
      canvas.getContext('2d').fillRect(5, 5, 10, 10);
      return canvas.toDataURL('image/png').split(',')[1];
    });
    await drop(page, 'photo.png', Buffer.from(png, 'base64'), 'image/png');
    await until(async () => (await explorer.state()).x === undefined, 'the image');
    await explorer.settled();
    assert.doesNotMatch(await share(explorer, page), /drawing|photo/);
    assert.match(await missing(page), /Your image photo\.png is not in the link\. Send it along/);
  }));

  test('an own weight file: the link asks for it, and goes on from it once it is opened', () => withPage('#z=0,0', async (explorer, page) => {
    await drop(page, NAME, WEIGHTS);
    await until(async () => (await explorer.state()).file, 'the file');
    await page.goto(`${shared.server.url}#file=${encodeURIComponent(NAME)}&z=0.5,-1&v=0.25,0,2&tool=path&a=1,1&b=-1,0`);
    await explorer.settled();
    const link = await share(explorer, page);
    assert.match(link, /#file=my%20model\.safetensors&z=0\.5,-1&v=0\.25,0,2&tool=path&a=1,1&b=-1,0$/);
    assert.match(await missing(page), /This link needs your file my model\.safetensors\. Send it along/);

    await withPage(new URL(link).hash, async (other, otherPage) => {
      assert.match(await other.message(), /^This link shows the model in the file my model\.safetensors, which is not part of the link\./);
      assert.equal(await other.model(), first);
      assert.deepEqual(await other.state(), Object.fromEntries(new URLSearchParams(new URL(link).hash.slice(1))));
      const chooser = otherPage.waitForEvent('filechooser');
      await press(other, 'retry');
      await (await chooser).setFiles({name: NAME, mimeType: '', buffer: WEIGHTS});
      await until(async () => await other.model() !== first, 'the model of the file');
      await other.settled();
      assert.equal(await other.message(), '');
      assert.equal(`#${await other.get('state')}`, new URL(link).hash);
      assertDecoded('fashion-pca-2d', await other.shown());
      await other.settled();
      await until(() => otherPage.evaluate((hash) => location.hash === hash, new URL(link).hash), 'the address');
    });
  }));

  test('a hostile link shows the page as without it', async () => {
    for (const field of ['drawing=28x28,AAAA', `drawing=64x64,${'B'.repeat(4096)}`, 'drawing=1x1,%00', 'file=..%2Fsecret', 'file=%3Cimg%20src=x%3E'])
      await withPage(`#${field}&z=1,0.5`, async (explorer) => {
        assert.equal(await explorer.message(), '');
        assert.deepEqual(await explorer.state(), {m: first, z: '1,0.5'}, field);
      });
  });
});
