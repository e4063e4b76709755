// The same tests in Chromium, Firefox and WebKitGTK, each through a small driver (help/engines). Tests that need what a
// driver lacks are reported as skipped.
import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';
import {chromium} from './help/engines/chromium.mjs';
import {firefox} from './help/engines/firefox.mjs';
import {webkit} from './help/engines/webkit.mjs';
import {assertNear, settle, until} from './help/explorer.mjs';
import {assertDecoded} from './help/pictures.mjs';
import {serveDist} from './help/server.mjs';
import {pictures, runNatively, writeIdx} from './help/training_images.mjs';

const LOSSES = 20; // of the graphics context, one after the other

// What the tests do with the page, through any driver.
class Page {
  constructor(session, url) {
    this.session = session;
    this.url = url;
  }
  async open(hash = '') {
    await this.session.go('about:blank');
    await this.session.go(this.url + hash);
    await this.ready();
  }
  async ready() {
    await until(() => this.run(() => Boolean(window.loom?.model && window.loom.frames > 0 && window.loom.picture.pixels.length)), 'the model');
    await this.settled();
  }
  run(work, ...given) { return this.session.evaluate(work.toString(), ...given); }
  settled() { return this.run(settle); }
  frame() { return this.run(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))); }
  z() { return this.run(() => window.loom.z); }
  shown() {
    return this.run(() => {
      const {width, height, pixels} = window.loom.picture;
      return {z: window.loom.z, width, height, pixels: Array.from(pixels)};
    });
  }
  // The middle of the plane, and the element at a point of the page.
  plane() { return this.run(() => window.loom.place('plane')); }
  latent(x, y) {
    return this.run((px, py) => {
      const [x0, y0] = window.loom.screen(0, 0), [x1] = window.loom.screen(1, 0);
      return [(px - x0) / (x1 - x0), -(py - y0) / (x1 - x0)];
    }, x, y);
  }
  async drag(from, to, steps = 5) {
    await this.session.move(...from);
    await this.frame();
    await this.session.down();
    await this.frame();
    for (let i = 1; i <= steps; i++) {
      await this.session.move(...[0, 1].map((axis) => Math.round(from[axis] + (to[axis] - from[axis]) * i / steps)));
      await this.frame();
    }
    await this.session.up();
    await this.settled();
  }
  async key(name) {
    await this.session.key(name);
    await this.settled();
  }
  async check() {
    assert.deepEqual(this.session.problems, [], 'the page must be silent');
    assert.equal(await this.run(() => window.loom.message), '');
  }
  // Drags the ring: whatever happened before, the page must respond.
  async checkAlive() {
    const {x, y, width, height} = await this.plane();
    const to = [Math.round(x + 0.6 * width), Math.round(y + 0.4 * height)];
    await this.drag([Math.round(x + width / 2), Math.round(y + height / 2)], to);
    assertNear(await this.z(), await this.latent(...to), 0.03, 'z under the pointer');
    await this.check();
  }
}

const TRAINED = {
  dense: {recipe: 'fashion-dense-vae-2d', hidden: [48, 20], epochs: 1, batch_size: 60, warmup_steps: 5, seed: 3},
  conv: {recipe: 'fashion-conv-vae-2d', channels: [8, 12, 6], hidden: [20], decoder_hidden: [17], epochs: 1, batch_size: 41, warmup_steps: 5, first: 333},
};
// Runs in the page.
async function trainInPage(settings, file) {
  const {createTraining} = await import(new URL('training.js', document.baseURI).href);
  const bytes = async (name) => new Uint8Array(await (await fetch(name)).arrayBuffer());
  const training = await createTraining({pixels: await bytes('pixels.bin'), labels: await bytes('labels.bin'), shape: [28, 28], settings});
  await training.start();
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', await training.model({f32: true, encoded: false})));
  const result = {command: await training.command(file, {f32: true}), where: training.where, sha256: Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')};
  await training.close();
  return result;
}

for (const engine of [chromium, firefox, webkit])
  describe(engine.name, {timeout: 400000}, () => {
    let server, page, folder;
    const withSession = async (options, run) => {
      const session = await engine.open(options);
      try {
        await run(new Page(session, server.url), session);
      } finally {
        await session.close();
      }
    };
    before(async () => {
      // Pages with no-store are not kept in the back/forward cache either.
      const images = pictures(), binary = (body) => ({type: 'application/octet-stream', body: Buffer.from(body)});
      server = await serveDist({cacheControl: 'no-cache', answers: {'favicon.ico': {type: 'image/x-icon', body: ''},
        'pixels.bin': binary(images.pixels), 'labels.bin': binary(images.labels)}});
      folder = mkdtempSync(join(tmpdir(), 'loom-engines-'));
      writeIdx(folder, images);
      page = new Page(await engine.open({backForward: true}), server.url);
    });
    after(async () => {
      await page?.session.close();
      server?.close();
      if (folder) rmSync(folder, {recursive: true});
    });

    test('starts, and decodes the same image as the native program', async () => {
      await page.open('#z=0.3,-1.2');
      const shown = await page.shown();
      assertNear(shown.z, [0.3, -1.2], 1e-6, 'z of the link');
      assertDecoded(await page.run(() => window.loom.model), shown);
      await page.check();
    });

    test('the ring is dragged', async () => {
      await page.open();
      await page.checkAlive();
      assertDecoded(await page.run(() => window.loom.model), await page.shown());
    });

    test('keys move z, zoom, and choose overlays', async () => {
      await page.open();
      const [x] = await page.z();
      await page.key('ArrowRight');
      assert.ok((await page.z())[0] > x, 'the right arrow');
      const unit = () => page.run(() => window.loom.screen(1, 0)[0] - window.loom.screen(0, 0)[0]), near = await unit();
      await page.key('+');
      assert.ok(await unit() > 1.1 * near, 'plus magnifies');
      await page.key('3');
      assert.equal(await page.run(() => new URLSearchParams(window.loom.state).get('c')), '2');
      await page.key('Escape');
      assert.equal(await page.run(() => new URLSearchParams(window.loom.state).get('c')), null);
      await page.check();
    });

    test('Tab reaches the controls, and a slider moves the ring', async () => {
      await page.open();
      await until(() => page.run(() => Boolean(document.querySelector('#controls-button:not([hidden])'))), 'the controls');
      await page.run(() => document.getElementById('canvas').focus());
      await page.key('Tab');
      assert.equal(await page.run(() => document.activeElement.id), 'controls-button');
      await page.run(() => document.querySelector('#controls input[type=range]').focus());
      const [x, y] = await page.z();
      await page.key('ArrowRight');
      await until(async () => (await page.z())[0] > x, 'z1 after an arrow key on its slider');
      assert.equal((await page.z())[1], y);
      await page.run(() => {
        const list = document.querySelector('#controls select[data-ask=overlay]');
        list.value = 'density';
        list.dispatchEvent(new Event('change', {bubbles: true}));
      });
      await until(() => page.run(() => /overlay=density/.test(window.loom.state)), 'the overlay that was chosen');
      await page.check();
    });

    // A dense and a convolutional network, each for one epoch, in a worker.
    test('trains to the same bytes as the native program', async () => {
      await page.open();
      for (const [name, settings] of Object.entries(TRAINED)) {
        const {command, sha256, where} = await page.run(trainInPage, settings, `${name}.safetensors`);
        assert.equal(where, 'worker');
        assert.equal(sha256, createHash('sha256').update(runNatively(folder, command, `${name}.safetensors`, 2)).digest('hex'), name);
      }
      await page.check();
    });

    // Three tools in one page: what the units of a network output, the images of an area, and training.
    test('look inside, the sheet of a selection, and training in its panel', async () => {
      await page.open('#tool=inside&z=0.3,-1.2');
      const words = () => page.run(() => document.getElementById('controls').textContent);
      const says = (pattern, what) => until(async () => pattern.test(await words()), what, 120000);
      const press = async (id) => {
        const {x, y, width, height} = await until(() => page.run((name) => {
          const place = window.loom.pressable(name);
          return place.width > 0 && place;
        }, id), id);
        await page.session.move(Math.round(x + Math.min(width / 2, 20)), Math.round(y + height / 2));
        await page.frame();
        await page.session.down();
        await page.frame();
        await page.session.up();
        await page.settled();
      };
      await until(() => page.run(() => Boolean(document.querySelector('#controls-button:not([hidden])'))), 'the controls');
      await press('layer 2');
      assert.match(await page.run(() => window.loom.state), /overlay=unit&.*unit=decoder,2,\d+/);

      await page.run(() => { location.hash = '#tool=select&a=-0.4,-0.4&b=0.4,0.4'; });
      await says(/ of 10000 test images[^]*The original images/, 'the sheet with originals');

      await page.run(() => { location.hash = '#tool=train&train=fashion,tiny,2,vae,e4,m16,n1000'; });
      await press('train start');
      await until(() => page.run(() => window.loom.training.phase === 'finished'), 'the end of the run', 120000);
      await says(/Finished: epoch 4 of 4/, 'its panel');
      assert.equal(await page.run(() => window.loom.model), 'trained-here');
      const {loss} = await page.run(() => ({...window.loom.training}));
      assert.ok(loss > 190 && loss < 500, `the loss is ${loss}`);
      await page.check();
    });

    test('the window is made small and large', async () => {
      await page.open();
      for (const size of [{width: 620, height: 700}, {width: 1000, height: 720}]) {
        await page.session.resize(size);
        await until(() => page.run(() => {
          const canvas = document.getElementById('canvas');
          return canvas.width === Math.round(innerWidth * devicePixelRatio) && canvas.height === Math.round(innerHeight * devicePixelRatio);
        }), `a canvas of ${size.width} x ${size.height}`);
        await page.settled();
        await page.checkAlive();
      }
    });

    test(`the graphics context is lost ${LOSSES} times`, async (t) => {
      await page.open('#z=0.3,-1.2&overlay=tiles');
      if (!await page.run(() => Boolean(document.getElementById('canvas').getContext('webgl2').getExtension('WEBGL_lose_context'))))
        return t.skip('the browser cannot lose it on purpose');
      const lost = await page.run(async (times) => {
        const canvas = document.getElementById('canvas'), extension = canvas.getContext('webgl2').getExtension('WEBGL_lose_context');
        const happens = (name) => new Promise((done) => canvas.addEventListener(name, () => done(), {once: true}));
        let count = 0;
        for (; count < times; count++) {
          const gone = happens('webglcontextlost');
          extension.loseContext();
          await gone;
          await new Promise((done) => setTimeout(done, 0)); // it must not be restored inside the event handler
          const back = happens('webglcontextrestored');
          extension.restoreContext();
          await back;
          await new Promise((done) => requestAnimationFrame(done));
        }
        return count;
      }, LOSSES);
      assert.equal(lost, LOSSES);
      await page.settled();
      await page.checkAlive();
      const seen = await page.run(() => new Promise((done) => requestAnimationFrame(() => {
        dispatchEvent(new Event('beforeprint')); // draws a frame and copies it
        const paper = document.getElementById('paper'), {data} = paper.getContext('2d').getImageData(0, 0, paper.width, paper.height);
        const colors = new Set();
        for (let i = 0; i < data.length; i += 404) colors.add((data[i] << 16) + (data[i + 1] << 8) + data[i + 2]);
        done(colors.size);
      })));
      assert.ok(seen > 100, `${seen} colours on the canvas: it is drawn again`);
    });

    test('a hidden page stops drawing and continues when it is visible', async (t) => {
      await page.open();
      await page.run(() => {
        window.hiddenFrames = [];
        document.addEventListener('visibilitychange', () => {
          window.hiddenFrames.push([document.visibilityState, window.loom.frames]);
          if (document.visibilityState === 'hidden') location.hash = '#z=1,0.5';
        });
      });
      await page.session.hideFor(1000);
      await until(() => page.run(() => document.visibilityState === 'visible'), 'the page in front');
      await page.run(() => { location.hash = '#z=1,0.5'; }); // if the driver did not hide it
      await until(async () => Math.abs((await page.z())[0] - 1) < 1e-6, 'the address that came while it was hidden');
      const seen = await page.run(() => window.hiddenFrames);
      if (!seen.some(([state]) => state === 'hidden')) t.diagnostic('the driver did not hide the page');
      const [hidden, shown] = seen;
      if (shown) assert.ok(shown[1] - hidden[1] <= 3, `${shown[1] - hidden[1]} frames were drawn while nobody could see them`);
      await page.checkAlive();
    });

    test('the view is printed', async (t) => {
      if (!page.session.print) return t.skip('this driver cannot print');
      await page.open('#z=1.45,0.12');
      const bytes = await page.session.print();
      assert.equal(bytes.toString('latin1', 0, 5), '%PDF-');
      assert.ok(bytes.length > 60000, `${bytes.length} bytes: an empty page`);
      await page.checkAlive();
    });

    // The last test of this session: drivers lose track of a page that comes from the cache.
    test('after back and forward the page is as it was left', async (t) => {
      await page.open();
      await page.run(() => {
        window.stayed = true;
        addEventListener('pageshow', ({persisted}) => { window.fromCache = persisted; });
      });
      await page.checkAlive();
      const z = await page.z();
      await page.session.go(`${server.url}licences/LatentLoom.txt`);
      await page.session.back();
      await until(() => page.run(() => Boolean(window.loom)).catch(() => false), 'the page before'); // between pages there is none
      await page.ready();
      assertNear(await page.z(), z, 2e-5, 'z');
      t.diagnostic(await page.run(() => window.fromCache ? 'from the cache' : 'loaded again'));
      await page.checkAlive();
    });

    test('two device pixels per point, and a finger', (t) => withSession({pixelRatio: 2, touch: true, width: 700, height: 600}, async (dense, session) => {
      await dense.open();
      const [ratio, ...size] = await dense.run(() => {
        const canvas = document.getElementById('canvas');
        return [devicePixelRatio, canvas.width / innerWidth, canvas.height / innerHeight];
      });
      assert.equal(ratio, 2);
      assertNear(size, [2, 2], 0.01, 'pixels of the canvas for each of the page');
      await dense.checkAlive();
      if (!session.tap) return t.diagnostic('this driver has no fingers');
      const {x, y, width, height} = await dense.plane(), at = [Math.round(x + 0.4 * width), Math.round(y + 0.6 * height)];
      await session.tap(...at);
      await dense.settled();
      assertNear(await dense.z(), await dense.latent(...at), 0.03, 'z under the finger');
      await dense.check();
    }));

    test('without WebGL it draws with its own rasteriser, overlays too', () => withSession({webgl: false}, async (plain, session) => {
      await session.go(`${server.url}#overlay=density`);
      await until(() => plain.run(() => Boolean(window.loom?.picture?.pixels.length)), 'the image');
      assert.equal(await plain.run(() => window.loom.drawnWith), '2d');
      await until(() => plain.run(() => {
        const canvas = document.getElementById('canvas'), {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
        return new Set(new Uint32Array(data.buffer)).size > 500;
      }), 'more than 500 colours on the canvas');
      assertDecoded(await plain.run(() => window.loom.model), await plain.shown());
      await plain.checkAlive();
      const [x] = await plain.z();
      await plain.run(() => document.getElementById('canvas').focus());
      await session.key('ArrowLeft');
      await until(async () => (await plain.z())[0] < x, 'z after an arrow key');
      assertDecoded(await plain.run(() => window.loom.model), await plain.shown());
    }));
  });
