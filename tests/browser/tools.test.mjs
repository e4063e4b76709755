// Tools, with a real pointer: chosen from the list, used, and in the link.
import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {deflateSync} from 'node:zlib';
import {NO_WEBGL, assertNear, quietTime, setUp, until, withExplorer} from './help/explorer.mjs';
import {chooseTool, drag, placeOf, press} from './help/controls.mjs';
import {tools} from './help/tables.mjs';

const row = (key) => tools.indexOf(key);

// A PNG of one black bar on white, w x h pixels.
function barPng(w, h) {
  const chunk = (type, body) => {
    const data = Buffer.concat([Buffer.from(type, 'latin1'), body]);
    const out = Buffer.alloc(8 + data.length);
    out.writeUInt32BE(body.length, 0);
    data.copy(out, 4);
    out.writeUInt32BE(crc(data), 4 + data.length);
    return out;
  };
  const crc = (bytes) => {
    let c = ~0;
    for (const b of bytes) {
      c ^= b;
      for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
    }
    return ~c >>> 0;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(w, 0);
  head.writeUInt32BE(h, 4);
  head.set([8, 0, 0, 0, 0], 8);
  const rows = Buffer.alloc(h * (w + 1), 255);
  for (let y = 0; y < h; y++) {
    rows[y * (w + 1)] = 0;
    if (y > h / 4 && y < 3 * h / 4) rows.fill(0, y * (w + 1) + 1 + w / 4, y * (w + 1) + 1 + 3 * w / 4);
  }
  return Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

async function dropFile(page, name, type, bytes) {
  await page.evaluate(({name, type, bytes}) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([Uint8Array.from(bytes)], name, {type}));
    window.dispatchEvent(new DragEvent('drop', {dataTransfer: transfer, cancelable: true}));
  }, {name, type, bytes: [...bytes]});
}

describe('tools', () => {
  const shared = setUp({}, NO_WEBGL);
  const withPage = (options, run) => withExplorer(shared, options, run);

  test('each that can be used is chosen from the list, has its place, and rests', () => withPage({}, async (explorer) => {
    for (const [n, key] of tools.entries()) {
      if (!key || key === 'replay' || key === 'plane') continue; // only for models with a replay, or with more dimensions
      await chooseTool(explorer, n);
      assert.equal((await explorer.state()).tool, key);
      const place = await explorer.place('tool');
      assert.ok(place.width > 200 && place.height > 150, `${key} has ${place.width} x ${place.height}`);
      await explorer.page.mouse.move(place.x + 2, place.y + 2); // over no mark, whose original would arrive later
      await quietTime(200);
      await explorer.settled();
      const before = await explorer.frames();
      await quietTime(200);
      assert.equal(await explorer.frames(), before, `${key} goes on drawing`);
    }
    await press(explorer, 'tool off');
    assert.equal((await explorer.state()).tool, undefined);
  }));

  test('interpolate: pins are dragged, paths chosen, a stamp goes there', () => withPage({hash: '#tool=path&a=-1,0&b=1,0'}, async (explorer) => {
    await explorer.settled();
    const z = await explorer.z();
    await drag(explorer, await explorer.screen(-1, 0), await explorer.screen(-1.2, 1));
    assertNear((await explorer.state()).a.split(',').map(Number), [-1.2, 1], 0.05, 'pin A');
    assert.deepEqual(await explorer.z(), z, 'z stays while a pin moves');
    await press(explorer, 'path 1');
    assert.equal((await explorer.state()).path, 'spherical');
    await press(explorer, 'film 0');
    assertNear(await explorer.z(), [-1.2, 1], 0.05, 'z at the first stamp');
  }));

  test('merge: pins are put at the ring', () => withPage({hash: '#tool=merge&z=0.5,0.5'}, async (explorer) => {
    await press(explorer, 'pin 0');
    assertNear((await explorer.state()).a.split(',').map(Number), [0.5, 0.5], 1e-3, 'A');
    await explorer.click(...await explorer.screen(-1, -1));
    await press(explorer, 'pin 1');
    assertNear((await explorer.state()).b.split(',').map(Number), [-1, -1], 0.02, 'B');
  }));

  test('try a picture: drawn with the mouse, then a file is dropped, then a test picture taken', () => withPage({hash: '#tool=image'}, async (explorer, page) => {
    const paper = await placeOf(explorer, 'paper');
    await drag(explorer, [paper.x + 0.3 * paper.width, paper.y + 0.3 * paper.height], [paper.x + 0.7 * paper.width, paper.y + 0.7 * paper.height]);
    await placeOf(explorer, 'clear 0'); // something was drawn
    await press(explorer, 'go to mu 0');
    const drawn = await explorer.z();
    await dropFile(page, 'bar.png', 'image/png', barPng(64, 64));
    await explorer.settled();
    await until(async () => {
      await press(explorer, 'go to mu 0');
      const z = await explorer.z();
      return Math.hypot(z[0] - drawn[0], z[1] - drawn[1]) > 0.05;
    }, 'the mean of the dropped picture');
    await press(explorer, 'input 0');
    assert.match((await explorer.state()).x, /^\d+$/);
  }));

  test('noise: the slider sets its level', () => withPage({hash: '#tool=noise'}, async (explorer) => {
    const {x, y, width, height} = await placeOf(explorer, 'level');
    await drag(explorer, [x + 10, y + height / 2], [x + width / 2, y + height / 2]);
    const [kind, level] = (await explorer.state()).noise.split(',');
    assert.equal(kind, 'gaussian');
    assert.ok(Math.abs(level - 0.5) < 0.05, `the middle is ${level}`);
    await press(explorer, 'noise 1');
    assert.match((await explorer.state()).noise, /^masking/);
  }));

  test('how strange: a test picture is looked at', () => withPage({hash: '#tool=strange'}, async (explorer) => {
    await press(explorer, 'input 0');
    assert.match((await explorer.state()).x, /^\d+$/);
  }));

  test('nearest test pictures: a press goes to one', () => withPage({hash: '#tool=near&z=0.4,0.3'}, async (explorer) => {
    await explorer.settled();
    await press(explorer, 'near 3');
    const {x} = await explorer.state();
    assertNear(await explorer.z(), await explorer.encoded(Number(x)), 1e-4, 'z at its mean');
  }));

  test('sample: sources, dots and another draw', () => withPage({hash: '#tool=sample'}, async (explorer) => {
    await press(explorer, 'from 2');
    await press(explorer, 'of class 5');
    await press(explorer, 'kind 1');
    await press(explorer, 'draw again');
    const state = await explorer.state();
    assert.deepEqual([state.from, state.dots, state.draw], ['class:5', '1', '2']);
  }));

  test('walk a border: a pair from the matrix, the slider moves z along it', () => withPage({hash: '#tool=border'}, async (explorer) => {
    await explorer.settled();
    await press(explorer, 'pair 2 4');
    assert.equal((await explorer.state()).pair, '2,4');
    const {x, y, width, height} = await placeOf(explorer, 'walk');
    await explorer.click(x + 0.3 * width, y + height / 2);
    const first = await explorer.z();
    await explorer.click(x + 0.8 * width, y + height / 2);
    const second = await explorer.z();
    assert.ok(Math.hypot(first[0] - second[0], first[1] - second[1]) > 0.05);
  }));

  test('compare: two planes, one cursor, by the same picture', () => withPage({hash: '#tool=compare'}, async (explorer) => {
    const other = await until(async () => {
      const place = await explorer.place('other');
      return place.width > 300 && place;
    }, 'the second plane');
    await until(async () => (await explorer.state()).with, 'the second model');
    await explorer.settled();
    const before = await explorer.z();
    await until(async () => {
      await explorer.click(other.x + other.width * 0.6, other.y + other.height * 0.35);
      const z = await explorer.z();
      return z[0] !== before[0] || z[1] !== before[1];
    }, 'the cursor to follow the other plane');
    await press(explorer, 'cursor 1');
    assert.equal((await explorer.state()).cursor, 'latent');
  }));

  test('compare: the test picture of the link is shown in both, until the ring leaves it', () => withPage(
    {hash: '#tool=compare&with=fashion-dense-vae-2d&x=12&z=0.6,0.6'}, async (explorer) => {
      const mean = await explorer.encoded(12);
      await until(async () => {
        const z = await explorer.z();
        return Math.hypot(z[0] - mean[0], z[1] - mean[1]) < 1e-3;
      }, 'the ring at the mean of picture 12');
      assert.equal((await explorer.state()).x, '12');
      const {x, y, width, height} = await explorer.place('plane');
      await explorer.click(x + 0.7 * width, y + 0.45 * height);
      assert.equal((await explorer.state()).x, undefined);
    }));

  test('the tour goes through all its steps and ends', () => withPage({}, async (explorer) => {
    await chooseTool(explorer, tools.length);
    for (let step = 1; step < 10; step++) {
      assert.equal((await explorer.state()).tour, String(step));
      await press(explorer, 'next');
    }
    await press(explorer, 'next');
    assert.equal((await explorer.state()).tour, undefined);
  }));

  test('on a phone: a tool leaves the plane its place, and a finger draws', () => withPage(
    {hash: '#tool=image', viewport: {width: 360, height: 640}, deviceScaleFactor: 2, hasTouch: true, isMobile: true}, async (explorer, page) => {
      const plane = await explorer.place('plane');
      assert.ok(plane.height >= 180, `the plane has ${plane.height} points`);
      const {x, y, width, height} = await placeOf(explorer, 'paper');
      const session = await page.context().newCDPSession(page);
      const send = async (type, points) => {
        await session.send('Input.dispatchTouchEvent', {type, touchPoints: points.map(([px, py]) => ({x: px, y: py, id: 0}))});
        await explorer.frame();
      };
      await send('touchStart', [[x + 0.3 * width, y + 0.3 * height]]);
      for (let i = 1; i <= 5; i++) await send('touchMove', [[x + (0.3 + 0.08 * i) * width, y + (0.3 + 0.08 * i) * height]]);
      await send('touchEnd', []);
      await explorer.settled();
      await placeOf(explorer, 'clear 0');
    }));
});
