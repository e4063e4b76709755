// node visits.mjs REPEAT [MODEL]...: what each page fetches until its first image is painted, and how long that takes,
// as JSON. Every visit has a new browser with a new profile. The compressed bytes that are needed are counted in a
// visit in which the host sends only the decoder of a weight file: the image must be painted all the same.
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {brotliDecompressSync, constants} from 'node:zlib';
import {launch} from '../browser.mjs';
import {dist, engines, fileOf, models, serve} from './places.mjs';

const SLOW = {offline: false, latency: 40, downloadThroughput: 10e6 / 8, uploadThroughput: 10e6 / 8}; // 10 Mbit/s
const SLOW_NAME = '10 Mbit/s, 40 ms', TIMEOUT = 60000, HOLD = 20000; // ms

const [repeat, ...chosen] = process.argv.slice(2);
const manifest = JSON.parse(readFileSync(join(dist, 'build.json'), 'utf8'));

// For the explorer: finds the first frame that shows an image. It examines the canvas of the first view or of the
// explorer right after the page has drawn it, if the status text does not cover it. The time is taken before that
// examination, because it waits until everything has been drawn and read back. The engines' pages set `firstImage`
// themselves.
function watchExplorer() {
  const LEVELS = 20, SIDE = 28; // an image has many shades of grey; an empty panel, or one with text, has few
  const paper = Object.assign(document.createElement('canvas'), {width: SIDE, height: SIDE});
  const context = paper.getContext('2d', {willReadFrequently: true}), original = window.requestAnimationFrame;
  const look = () => {
    const first = document.getElementById('first'), status = document.getElementById('status');
    const {x, y, width, height} = (first ? window.loomFirst : window.loom).place('decoded'), ratio = window.devicePixelRatio;
    const now = performance.now(), side = Math.min(width, height), words = status.getBoundingClientRect();
    const covered = !status.hidden && words.left < x + width && words.right > x && words.top < y + height && words.bottom > y;
    if (!(side > 0) || covered) return;
    context.drawImage(first ?? document.getElementById('canvas'), ratio * x, ratio * y, ratio * side, ratio * side, 0, 0, SIDE, SIDE);
    const {data} = context.getImageData(0, 0, SIDE, SIDE), levels = new Set();
    for (let i = 0; i < data.length; i += 4) levels.add(data[i]);
    if (levels.size > LEVELS) window.firstImage = now;
  };
  window.requestAnimationFrame = (callback) => original((now) => {
    callback(now);
    if ((window.loom || document.getElementById('first')) && !window.firstImage) look();
  });
}

// The page logs a message when it sets `firstImage`, so that it arrives in order with the page's requests. Timestamps
// would not do: the clocks of page and browser differ by more than the time until the next request.
const SIGN = 'the first image has been painted';
function announceImage(sign) {
  let time;
  Object.defineProperty(window, 'firstImage', {get: () => time, set(value) {
    time = value;
    console.debug(sign);
  }});
}

// {milliseconds, files: paths requested before the first image, arrived: compressed bytes received by then}.
async function visit(page, model, url, {slow = false, timeout = TIMEOUT} = {}) {
  const browser = await launch();
  try {
    const tab = await browser.newPage({viewport: {width: 1280, height: 800}});
    const session = await tab.context().newCDPSession(tab), asked = [], came = [], errors = [];
    session.on('Network.requestWillBeSent', ({request, timestamp}) => request.url.startsWith('http') && asked.push([timestamp, request.url]));
    session.on('Network.dataReceived', ({timestamp, encodedDataLength}) => came.push([timestamp, encodedDataLength]));
    tab.on('pageerror', (error) => errors.push(error.message));
    let before;
    session.on('Runtime.consoleAPICalled', ({args: [said]}) => { if (said?.value === SIGN) before ??= asked.length; });
    await session.send('Network.enable');
    await session.send('Runtime.enable');
    await tab.addInitScript(announceImage, SIGN);
    if (slow) await session.send('Network.emulateNetworkConditions', SLOW);
    if (page === 'explorer') await tab.addInitScript(watchExplorer);
    const address = page === 'explorer' ? `/explorer/#m=${model}` : `/${page}/${model}.html`;
    await tab.goto(url + address, {waitUntil: 'commit'});
    await tab.waitForFunction(() => window.firstImage, null, {polling: 30, timeout})
      .catch((error) => { throw new Error(`${address}: no image: ${errors.join('; ') || error.message}`); });
    const milliseconds = await tab.evaluate(() => window.firstImage), end = asked[0][0] + milliseconds / 1000;
    if (before === undefined) throw new Error(`${address}: the sign of the first image was not heard`);
    const files = asked.slice(0, before).map(([, file]) => new URL(file));
    const foreign = files.find(({origin}) => origin !== url);
    if (foreign) throw new Error(`${address} asks another host: ${foreign}`);
    const paths = files.map(({pathname}) => pathname);
    const twice = paths.find((path, n) => paths.indexOf(path) !== n);
    if (twice) throw new Error(`${address} asks twice for ${twice}`);
    return {milliseconds, files: paths, arrived: came.reduce((sum, [at, bytes]) => sum + (at <= end ? bytes : 0), 0)};
  } finally {
    await browser.close();
  }
}

// How many bytes from the start of a compressed file are needed to decompress `wanted` bytes.
function packedStart(packed, wanted) {
  const enough = (bytes) => brotliDecompressSync(packed.subarray(0, bytes), {finishFlush: constants.BROTLI_OPERATION_FLUSH}).length >= wanted;
  let low = 1, high = packed.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (enough(middle)) high = middle; else low = middle + 1;
  }
  return low;
}

// The weight file of one of our pages, and how many of its compressed bytes the decoder takes.
function weightsOf(page, {name, path, start_bytes: wanted}) {
  const address = page === 'explorer' ? `/explorer/${path}` : `/${page}/${name}.safetensors`;
  return {[address]: packedStart(readFileSync(`${fileOf(address)}.br`), wanted)};
}

const packedBytes = (path, hold) => hold[path] ?? readFileSync(`${fileOf(path)}.br`).length;

// {files: {path: compressed bytes}, partly: whether the decoder alone was enough}
async function neededBytes(page, model) {
  const ours = page === 'explorer' || page === 'loom';
  const hold = ours ? weightsOf(page, manifest.models.find(({name}) => name === model)) : {};
  const look = async (held, timeout) => {
    const server = await serve({hold: held});
    try {
      const {files} = await visit(page, model, server.url, {timeout});
      return Object.fromEntries(files.map((path) => path.endsWith('/') ? `${path}index.html` : path).map((path) => [path, packedBytes(path, held)]));
    } finally {
      server.close();
    }
  };
  try {
    return {files: await look(hold, ours ? HOLD : TIMEOUT), partly: ours};
  } catch (error) {
    if (!ours) throw error;
    return {files: await look({}, TIMEOUT), partly: false};
  }
}

const results = [];
for (const model of chosen.length ? chosen : models)
  for (const page of ['explorer', ...engines])
    results.push({page, model, ...await neededBytes(page, model), milliseconds: {localhost: [], [SLOW_NAME]: []}, arrived: []});
const server = await serve();
try {
  for (let round = 0; round < Number(repeat); round++)
    for (const result of results) {
      result.milliseconds.localhost.push((await visit(result.page, result.model, server.url)).milliseconds);
      const {milliseconds, arrived} = await visit(result.page, result.model, server.url, {slow: true});
      result.milliseconds[SLOW_NAME].push(milliseconds);
      result.arrived.push(arrived);
    }
} finally {
  server.close();
}
console.log(JSON.stringify(results));
