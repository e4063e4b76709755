// node overlays.mjs URL REPEAT: the program's own work for a frame while z is dragged, with each overlay on and done, as
// JSON: p50 and p95 in ms. Without the rasteriser, which is this machine's processor here and a graphics card elsewhere.
import {launch} from './browser.mjs';
import {overlays} from '../../tests/browser/help/tables.mjs';

const [url, repeat] = process.argv.slice(2);
const MOVES = 60;

async function drag(page, key) {
  await page.goto('about:blank');
  await page.goto(`${url}#overlay=${key}`);
  await page.waitForFunction(() => window.loom?.model && window.loom.frames > 0);
  // Until the overlay is there: no more frames.
  await page.evaluate(async () => {
    for (let before = -1; before !== window.loom.frames;) {
      before = window.loom.frames;
      await new Promise((done) => setTimeout(done, 120));
    }
  });
  const plane = await page.evaluate(() => window.loom.place('plane')), times = [];
  const at = (i) => [plane.x + plane.width * (0.35 + 0.3 * i / MOVES), plane.y + plane.height * (0.5 + 0.15 * Math.sin(i / 6))];
  await page.mouse.move(...at(0));
  await page.mouse.down();
  for (let i = 1; i <= MOVES; i++) {
    await page.mouse.move(...at(i));
    times.push(await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(window.loom.frameMilliseconds))))));
  }
  await page.mouse.up();
  return times;
}

const quantile = (values, share) => [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))];
const browser = await launch();
try {
  const page = await browser.newPage({viewport: {width: 1280, height: 800}}), result = {};
  for (const key of overlays) {
    const times = [];
    for (let run = 0; run < repeat; run++) times.push(...await drag(page, key));
    result[key || 'none'] = {p50: quantile(times, 0.5), p95: quantile(times, 0.95)};
  }
  console.log(JSON.stringify(result, null, 1));
} finally {
  await browser.close();
}
