// node frames.mjs REPEAT [--software] [OVERLAY]...: CPU time of a frame while z is dragged, with each overlay on and
// complete, as JSON: ms of every frame drawn, and how many frames were drawn while nothing happened. With WebGL the
// time does not include rasterization, which a GPU does on other machines. --software: without WebGL; the time includes
// our own rasteriser and copying its pixels to the page.
import {launch} from './browser.mjs';
import {NO_WEBGL} from '../../tests/browser/help/explorer.mjs';
import {overlays} from '../../tests/browser/help/tables.mjs';
import {serve} from './page/places.mjs';

const [repeat, ...words] = process.argv.slice(2);
const software = words.includes('--software'), chosen = words.filter((word) => !word.startsWith('--'));
const MOVES = 60, IDLE = 2000, PATIENCE = 120000; // ms

// {milliseconds of the frames, idle: frames drawn while nothing happened}
async function drag(page, url, key) {
  await page.goto('about:blank');
  await page.goto(`${url}#overlay=${key}`);
  await page.waitForFunction((drawn) => window.loom?.model && window.loom.frames > 0 && window.loom.drawnWith === drawn, software ? '2d' : 'webgl2');
  // Waits until the overlay is complete: no more frames are drawn.
  const rests = await page.evaluate(async (patience) => {
    const begin = performance.now();
    for (let before = -1; before !== window.loom.frames;) {
      if (performance.now() - begin > patience) return false;
      before = window.loom.frames;
      await new Promise((done) => setTimeout(done, 500));
    }
    return true;
  }, PATIENCE);
  if (!rests) throw new Error(`the overlay ${key} still draws after ${PATIENCE / 1000} s`);
  const still = await page.evaluate(() => window.loom.frames);
  await page.waitForTimeout(IDLE);
  const idle = await page.evaluate(() => window.loom.frames) - still;
  const plane = await page.evaluate(() => window.loom.place('plane')), times = [];
  const at = (i) => [plane.x + plane.width * (0.35 + 0.3 * i / MOVES), plane.y + plane.height * (0.5 + 0.15 * Math.sin(i / 6))];
  await page.mouse.move(...at(0));
  await page.mouse.down();
  for (let i = 1, drawn = await page.evaluate(() => window.loom.frames); i <= MOVES; i++) {
    await page.mouse.move(...at(i));
    const [frames, milliseconds] = await page.evaluate(() => new Promise((done) =>
      requestAnimationFrame(() => requestAnimationFrame(() => done([window.loom.frames, window.loom.frameMilliseconds])))));
    if (frames > drawn) times.push(milliseconds);
    drawn = frames;
  }
  await page.mouse.up();
  return {milliseconds: times, idle};
}

const server = await serve(), browser = await launch(software ? NO_WEBGL : []);
try {
  const page = await browser.newPage({viewport: software ? {width: 1000, height: 720} : {width: 1280, height: 800}}), results = [];
  for (const key of chosen.length ? chosen : overlays) {
    const runs = [];
    for (let run = 0; run < repeat; run++) runs.push(await drag(page, `${server.url}/explorer/`, key));
    results.push({overlay: key || 'none', milliseconds: runs.flatMap((run) => run.milliseconds), idle: Math.max(...runs.map((run) => run.idle))});
  }
  console.log(JSON.stringify(results));
} finally {
  await browser.close();
  server.close();
}
