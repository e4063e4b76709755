// node page.mjs URL DIST REPEAT: what the page at URL loads until the first garment is shown, and how long that takes,
// as JSON. Every visit has a new profile. Bytes are those of the brotli files beside those of DIST, as a host sends them.
import {existsSync, readFileSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {brotliCompressSync} from 'node:zlib';
import {launch} from './browser.mjs';

const [url, dist, repeat] = process.argv.slice(2);
const SLOW = {offline: false, latency: 40, downloadThroughput: 10e6 / 8, uploadThroughput: 10e6 / 8}; // 10 Mbit/s
const TIMEOUT = 60000; // ms

function brotliBytes(path) {
  const file = join(dist, path === '/' ? 'index.html' : decodeURIComponent(path));
  return existsSync(`${file}.br`) ? statSync(`${file}.br`).size : brotliCompressSync(readFileSync(file)).length;
}

// In the page: notes the time of the first frame in which a picture is there and drawn.
function watch() {
  const look = () => {
    const loom = window.loom;
    const picture = loom?.frames > 0 ? loom.picture : null;
    if (picture?.pixels.some((value) => value > 0)) window.firstGarment = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

async function visit(slow) {
  const browser = await launch();
  try {
    const page = await browser.newPage({viewport: {width: 1280, height: 800}});
    const requests = [], errors = [];
    page.on('request', (request) => request.url().startsWith('http') && requests.push(request.url()));
    page.on('pageerror', (error) => errors.push(error.message));
    if (slow) {
      const session = await page.context().newCDPSession(page);
      await session.send('Network.enable');
      await session.send('Network.emulateNetworkConditions', SLOW);
    }
    await page.addInitScript(watch);
    await page.goto(url);
    for (const start = Date.now(); ;) {
      const milliseconds = await page.evaluate(() => window.firstGarment);
      if (milliseconds) return {milliseconds, requests: [...new Set(requests)]};
      if (Date.now() - start > TIMEOUT) {
        const status = await page.evaluate(() => document.getElementById('status')?.innerText);
        throw new Error(`no garment after a minute: ${status} ${errors.join('; ')}`);
      }
      await new Promise((done) => setTimeout(done, 20));
    }
  } finally {
    await browser.close();
  }
}

const milliseconds = {'localhost': [], '10 Mbit/s, 40 ms': []};
let files = {};
for (let round = 0; round < Number(repeat); round++) {
  const fast = await visit(false);
  milliseconds['localhost'].push(fast.milliseconds);
  milliseconds['10 Mbit/s, 40 ms'].push((await visit(true)).milliseconds);
  for (const request of fast.requests) {
    const {origin, pathname} = new URL(request);
    if (origin !== new URL(url).origin) throw new Error(`the page asks another host: ${request}`);
    files[pathname] = brotliBytes(pathname);
  }
}
console.log(JSON.stringify({files, milliseconds}));
