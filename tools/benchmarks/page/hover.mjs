// node hover.mjs REPEAT: how long it takes from the first time that the pointer is on a mark until its original has been
// drawn, as JSON: ms by network. Every visit has a new browser, so that nothing has been fetched before.
import {launch} from '../browser.mjs';
import {models, serve} from './places.mjs';

const [repeat] = process.argv.slice(2);
const NETWORKS = {localhost: null, '20 Mbit/s, 20 ms': {offline: false, latency: 20, downloadThroughput: 20e6 / 8, uploadThroughput: 20e6 / 8}};
const PATIENCE = 60000; // ms

async function visit(url, model, network) {
  const browser = await launch();
  try {
    const page = await browser.newPage({viewport: {width: 1280, height: 800}});
    await page.goto(`${url}/explorer/#m=${model}&names=0`);
    await page.waitForFunction(() => window.loom?.model && window.loom.frames > 0, null, {timeout: PATIENCE});
    await page.waitForTimeout(3000); // what the page fetches after its first image has come
    if (network) {
      const session = await page.context().newCDPSession(page);
      await session.send('Network.enable');
      await session.send('Network.emulateNetworkConditions', network);
    }
    // The time is taken in the page: from the event of the pointer to the end of the frame that draws the image.
    const place = await page.evaluate(() => {
      const original = window.requestAnimationFrame;
      document.getElementById('canvas').addEventListener('pointermove', () => { window.pointed ??= performance.now(); }, {capture: true});
      window.requestAnimationFrame = (callback) => original((now) => {
        callback(now);
        if (window.pointed && !window.drawn && window.loom.hoveredOriginal) window.drawn = performance.now();
      });
      const {x, y, width, height} = window.loom.place('plane');
      const all = Array.from({length: 2000}, (_, n) => window.loom.screen(...window.loom.encoded(n)));
      return all.find(([px, py]) => px > x + 0.3 * width && px < x + 0.7 * width && py > y + 0.3 * height && py < y + 0.7 * height);
    });
    await page.mouse.move(...place);
    await page.waitForFunction(() => window.drawn, null, {polling: 20, timeout: PATIENCE});
    return await page.evaluate(() => window.drawn - window.pointed);
  } finally {
    await browser.close();
  }
}

const server = await serve();
try {
  const results = Object.fromEntries(Object.keys(NETWORKS).map((name) => [name, []]));
  for (let round = 0; round < Number(repeat); round++)
    for (const [name, network] of Object.entries(NETWORKS)) results[name].push(await visit(server.url, models[0], network));
  console.log(JSON.stringify(results));
} finally {
  server.close();
}
