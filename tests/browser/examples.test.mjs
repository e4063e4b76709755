// The pages of web/examples/ in a browser. If LOOM_SHOTS names a folder, a screenshot of each is saved there.
import assert from 'node:assert/strict';
import {existsSync, readFileSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {describe, test} from 'node:test';
import {NO_WEBGL, setUp, settle, until, withExplorer} from './help/explorer.mjs';
import {assertDecoded, decodeNatively} from './help/pictures.mjs';
import {manifest, root} from './help/server.mjs';

const {models: [first]} = manifest();
const reveal = join(root, 'tests/examples/node_modules/reveal.js/dist');
const shoot = (page, name) => process.env.LOOM_SHOTS && page.screenshot({path: join(process.env.LOOM_SHOTS, `${name}.png`)});

const SLOW = 180000; // ms for a short training on a busy machine

describe('examples', () => {
  const shared = setUp({prefix: '/course/', mounts: {'examples/reveal.js/': reveal}}, NO_WEBGL);
  const open = (name, run, options = {}) => withExplorer(shared, {url: `${shared.server.url}examples/${name}`, ready: false, ...options}, run);
  const embeds = (page) => page.frames().filter((frame) => frame.url().includes('/embed.html'));
  const running = (frame) => frame.evaluate(() => window.loom?.model && window.loom.frames > 0 && window.loom.picture.pixels.length > 0).catch(() => false);
  const seen = (frame) => frame.evaluate(() => ({z: window.loom.z, model: window.loom.model, state: window.loom.state, frames: window.loom.frames,
    pixels: Array.from(window.loom.picture.pixels)}));

  test('every address in them points to a file', () => {
    const folder = join(root, 'web/examples');
    for (const file of readdirSync(folder).filter((name) => /\.(html|md)$/.test(name)))
      for (const [, to] of readFileSync(join(folder, file), 'utf8').matchAll(/(?:href|src)="(\.\.?\/[^"#?]+|[\w.-]+\.(?:js|html))/g))
        if (!to.startsWith('reveal.js')) assert.ok(existsSync(join(folder, to)) || existsSync(join(root, 'dist/examples', to)), `${file} leads to ${to}`);
  });

  test('plain.html: two frames show the views of their addresses, the second when it comes near', () => open('plain.html', async (explorer, page) => {
    await until(async () => embeds(page).length > 0 && running(embeds(page)[0]), 'the first frame');
    const shown = await seen(embeds(page)[0]);
    assertDecoded(first.name, shown);
    assert.ok(Math.hypot(shown.z[0] - 0.3, shown.z[1] + 1.2) < 1e-6);
    assert.match(shown.state, /overlay=holes/);
    await shoot(page, 'plain');
    await page.mouse.move(640, 300);
    const before = await page.evaluate(() => scrollY);
    await page.mouse.wheel(0, 2000);
    await until(() => page.evaluate((y) => scrollY > y, before), 'the page to scroll over the frame');
    await until(async () => embeds(page).length === 2 && running(embeds(page)[1]), 'the second frame');
    assert.equal((await seen(embeds(page)[1])).model, 'fashion-conv-ae-2d');
    await shoot(page, 'plain-second');
  }));

  test('plain.html on a phone', () => open('plain.html', async (explorer, page) => {
    await until(async () => embeds(page).length > 0 && running(embeds(page)[0]), 'the first frame');
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'the page is wider than the window');
    await page.evaluate(() => document.querySelector('iframe').scrollIntoView());
    await embeds(page)[0].evaluate(settle);
    await shoot(page, 'plain-phone');
  }, {viewport: {width: 360, height: 640}, colorScheme: 'dark'}));

  test('reveal.html: a slide\'s frame starts with the slide, pauses without it, and is unchanged when it comes back', () => open('reveal.html', async (explorer, page) => {
    await until(() => page.evaluate(() => Boolean(window.deck)), 'the deck');
    const frameOf = (n) => embeds(page).find((frame) => frame.url().includes(n === 1 ? 'z=0.3' : 'overlay=holes'));
    await page.keyboard.press('ArrowRight');
    await until(() => frameOf(1) && running(frameOf(1)), 'the frame of the first slide');
    assertDecoded(first.name, await seen(frameOf(1)));
    await shoot(page, 'reveal');
    await page.evaluate(() => window.deck.next());
    await until(() => frameOf(2) && running(frameOf(2)), 'the frame of the second slide');
    await shoot(page, 'reveal-holes');
    await page.evaluate(() => window.deck.prev());
    await until(() => frameOf(1) && running(frameOf(1)), 'the first frame again');
    const back = await seen(frameOf(1));
    assert.ok(Math.hypot(back.z[0] - 0.3, back.z[1] + 1.2) < 1e-6);
  }));

  test('lesson.html is made from lesson.md, and its frame moves along a path', () => {
    const [source, page] = ['lesson.md', 'lesson.html'].map((name) => readFileSync(join(root, 'web/examples', name), 'utf8'));
    for (const [raw] of source.matchAll(/<(?:iframe|p><a)[^>]*>/g)) assert.ok(page.includes(raw), `lesson.html lacks ${raw}`);
    return open('lesson.html', async (explorer, inner) => {
      await until(async () => embeds(inner).length > 0 && running(embeds(inner)[0]), 'the frame');
      assert.match((await seen(embeds(inner)[0])).state, /tool=path/);
      await shoot(inner, 'lesson');
    });
  });

  test('observable.html: sliders move the point; the image and the numbers follow', () => open('observable.html', async (explorer, page) => {
    await until(async () => /encoded test images/.test(await page.textContent('#message')), 'the model');
    const picture = () => page.evaluate(() => {
      const canvas = document.getElementById('garment');
      return Array.from(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data).filter((_, i) => i % 4 === 0);
    });
    const check = async (z) => {
      const [native] = decodeNatively(first.name, [z]), drawn = await picture();
      drawn.forEach((grey, i) => assert.ok(Math.abs(grey - 255 * native[i]) <= 1, `pixel ${i} is ${grey}, wanted ${255 * native[i]}`));
    };
    await check([0.3, -1.2]);
    const before = await page.textContent('#reading');
    await page.focus('#z1');
    for (let i = 0; i < 20; i++) await page.keyboard.press('ArrowRight');
    await check([1.3, -1.2]);
    assert.notEqual(await page.textContent('#reading'), before);
    await shoot(page, 'observable');
  }, {allowed: [/willReadFrequently/]})); // only the test reads the canvas back

  test('training.html: its buttons train in the frame, and its own loss curve falls', () => open('training.html', async (explorer, page) => {
    const words = () => page.textContent('#words'), points = async () => (await page.getAttribute('#loss', 'points')).split(' ').filter(Boolean);
    await until(async () => /^Ready/.test(await words()), 'the frame');
    await page.click('#start');
    await until(async () => /^running: epoch \d+ of 30, \d+\.\d nats/.test(await words()), 'the run', SLOW);
    await page.click('#pause');
    await until(async () => /^paused/.test(await words()), 'the pause', SLOW);
    assert.equal(await page.textContent('#pause'), 'Go on');
    await page.click('#pause');
    await until(async () => /^finished: epoch 30 of 30/.test(await words()), 'the end', SLOW);
    const drawn = (await points()).map((point) => Number(point.split(',')[1]));
    assert.ok(drawn.length > 4 && drawn.at(-1) > drawn[0] + 20, `the curve goes from ${drawn[0]} to ${drawn.at(-1)}`); // downwards on the page
    assert.equal(await page.evaluate(() => document.querySelector('progress').value), 1);
    assert.equal((await seen(embeds(page)[0])).model, 'trained-here');
    await shoot(page, 'training');
  }));

  test('observable.html shows an error if the model is missing', () => {
    shared.server.answers[first.path] = {status: 404, body: 'no'};
    return open('observable.html', async (explorer, page) => {
      await until(async () => /answers 404/.test(await page.textContent('#message')), 'the message');
      delete shared.server.answers[first.path];
    }, {allowed: [/Failed to load/, /^answer 404/]});
  });
});
