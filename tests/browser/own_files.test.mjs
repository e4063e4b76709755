// Malicious files that a visitor opens: small files that unpack to gigabytes, images of absurd size.
import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {deflateSync, gzipSync} from 'node:zlib';
import {NO_WEBGL, setUp, until, withExplorer} from './help/explorer.mjs';
import {pngOf} from './help/png.mjs';

const MB = 2 ** 20;

// Counts the bytes from DecompressionStream in window.unpacked.
const countUnpacked = (page) => page.addInitScript(() => {
  const Original = DecompressionStream;
  window.unpacked = 0;
  window.DecompressionStream = class {
    constructor(format) {
      const inner = new Original(format);
      this.writable = inner.writable;
      this.readable = inner.readable.pipeThrough(new TransformStream({
        transform(chunk, controller) {
          window.unpacked += chunk.length;
          controller.enqueue(chunk);
        },
      }));
    }
  };
});

// Drops or pastes a file of these bytes, `times` of them one after the other.
const bring = (page, kind, name, type, bytes, times = 1) => page.evaluate(({kind, name, type, base64, times}) => {
  const part = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)), files = new DataTransfer();
  files.items.add(new File(new Array(times).fill(part), name, {type}));
  const event = kind === 'drop' ? new DragEvent('drop', {dataTransfer: files, cancelable: true}) : new ClipboardEvent('paste', {clipboardData: files, cancelable: true});
  dispatchEvent(event);
}, {kind, name, type, base64: Buffer.from(bytes).toString('base64'), times});

describe('the visitor\'s own files', () => {
  const shared = setUp({}, NO_WEBGL);
  const refused = async (explorer) => {
    const message = await until(() => explorer.message(), 'a message');
    const z = await explorer.z();
    await explorer.press('Shift+ArrowRight');
    assert.notDeepEqual(await explorer.z(), z, 'the explorer goes on');
    return message;
  };

  for (const name of ['bomb.idx.gz', 'bomb.safetensors.GZ'])
    test(`${name}: unpacking stops at the limit`, () => withExplorer(shared, {before: countUnpacked}, async (explorer, page) => {
      const packed = gzipSync(Buffer.alloc(300 * MB), {level: 1});
      assert.ok(packed.length < 2 * MB);
      await bring(page, 'drop', name, '', packed);
      assert.match(await refused(explorer), new RegExp(`^${name.replaceAll('.', '\\.')}: unpacks to more than 64 MB; at most 64 MB are read here`));
      const unpacked = await page.evaluate(() => window.unpacked);
      assert.ok(unpacked > 64 * MB && unpacked < 80 * MB, `${unpacked} bytes were unpacked`);
    }));

  test('a damaged gzip file', () => withExplorer(shared, {}, async (explorer, page) => {
    await bring(page, 'drop', 'broken.idx.gz', '', gzipSync(Buffer.alloc(1000, 7)).subarray(0, 20));
    assert.match(await refused(explorer), /^broken\.idx\.gz: is damaged: it cannot be unpacked as gzip/);
  }));

  for (const kind of ['drop', 'paste']) {
    test(`${kind}: an image of 100 million pixels is not decoded`, () => withExplorer(shared, {}, async (explorer, page) => {
      const side = 10000, png = pngOf(side, side, 1, deflateSync(Buffer.alloc(side * (1 + Math.ceil(side / 8))), {level: 1}));
      assert.ok(png.length < 2 * MB);
      await bring(page, kind, 'huge.png', 'image/png', png);
      assert.match(await refused(explorer), /^huge\.png: has 10000 × 10000 pixels; at most 67 million are read here/);
    }));
    test(`${kind}: an image file of 70 MB is not read`, () => withExplorer(shared, {}, async (explorer, page) => {
      await bring(page, kind, 'large.png', 'image/png', Buffer.alloc(MB, 7), 70);
      assert.match(await refused(explorer), /^large\.png: has 70 MB; at most 64 MB are read here/);
    }));
    test(`${kind}: a file that is not an image is reported`, () => withExplorer(shared, {}, async (explorer, page) => {
      await bring(page, kind, 'letter.png', 'image/png', Buffer.from('Dear friend'));
      assert.match(await refused(explorer), /^letter\.png: the browser cannot read this image/);
    }));
  }

  test('a transparent photo is scaled down and becomes the input image', () => withExplorer(shared, {}, async (explorer, page) => {
    const width = 2000, height = 1000, rows = Buffer.alloc(height * (1 + 4 * width)); // all transparent
    await bring(page, 'paste', 'photo.png', 'image/png', pngOf(width, height, 8, deflateSync(rows), 6));
    await until(async () => (await explorer.state()).tool === 'image', 'the tool');
    assert.equal(await explorer.message(), '');
  }));
});
