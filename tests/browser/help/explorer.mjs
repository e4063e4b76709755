// Chromium with the explorer in it. Every console message, every failed request and every request to another host fails
// the test.
import assert from 'node:assert/strict';
import {existsSync} from 'node:fs';
import {after, before} from 'node:test';
import {chromium} from 'playwright-core';
import {serveDist} from './server.mjs';

export const TIMEOUT = 60000; // ms, for every wait; generous, because test machines are busy
// Without GPU compositing the CPU combines the page's layers. WebGL is drawn by SwiftShader either way, so this only
// saves the time in which SwiftShader would draw the whole page again. The canvas must then be read back, about which
// the driver warns (READ_BACK).
const ARGUMENTS = ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--disable-gpu-compositing',
  '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--force-color-profile=srgb'];

export const READ_BACK = /GL Driver Message .*GPU stall due to ReadPixels/;

// Chromium without its own windows needs a fifth less time for the same pages.
const CHROMIUM = process.env.CHROMIUM ?? ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find(existsSync);
const launchOptions = (more) => ({executablePath: CHROMIUM, args: [...ARGUMENTS, ...more]});

export const launch = (more = [], others = {}) => chromium.launch({...launchOptions(more), ...others});

// For a browser without WebGL, not even in software. Tests that do not depend on WebGL use it and take half the time.
export const NO_WEBGL = ['--disable-gpu', '--disable-software-rasterizer', '--disable-3d-apis'];

// Browsers that several processes share (run_files.mjs), because starting one takes seconds, and its graphics process
// compiles the shaders of the page only once. Contexts isolate the tests from each other. For each browser: the
// environment variable with its address, and its arguments.
export const SHARED = {LOOM_BROWSER: [], LOOM_BROWSER_PLAIN: NO_WEBGL};
export const launchShared = (name) => chromium.launchServer(launchOptions(SHARED[name]));
export function shareOrLaunch(more = []) {
  const name = Object.keys(SHARED).find((key) => SHARED[key].join() === more.join()), address = process.env[name];
  return address ? chromium.connect(address) : launch(more);
}

// Runs in a page with the explorer: waits until no more frames are drawn or, while a model is trained and its marks
// move all the time, until some have been drawn. This is a single call, because every call to the page takes time. A
// page that is not visible may never get an animation frame, so a timer limits the wait.
export async function settle() {
  const animationFrame = () => Promise.race([new Promise((done) => requestAnimationFrame(done)), new Promise((done) => setTimeout(done, 2000))]);
  for (let before = -1; before !== window.loom.frames;) {
    const seen = before >= 0;
    before = window.loom.frames;
    await animationFrame();
    await animationFrame();
    if (seen && window.loom.training.phase === 'running') return;
  }
}

// Waits long enough that something that must not happen would normally have happened. On a busy machine the test
// becomes weaker but never fails. For something that must happen use `until`.
export const quietTime = (milliseconds = 400) => new Promise((done) => setTimeout(done, milliseconds));

// One browser and one server for a file of tests.
export function setUp(serverOptions, browserArguments = []) {
  const shared = {};
  before(async () => {
    [shared.browser, shared.server] = await Promise.all([shareOrLaunch(browserArguments), serveDist(serverOptions)]);
  });
  after(async () => {
    await shared.browser?.close();
    shared.server?.close();
  });
  return shared;
}

export async function until(look, what, timeout = TIMEOUT) {
  for (const start = Date.now(); ;) {
    const found = await look();
    if (found) return found;
    if (Date.now() - start > timeout) assert.fail(`waited ${timeout} ms for ${what}`);
    await new Promise((done) => setTimeout(done, 15));
  }
}

// Calls run(explorer) with an empty page. Options: hash, url, ready (false: do not wait for a model), allowed (regular
// expressions of expected console messages), before (called with the page before it loads anything), offline (true: the
// service worker may cache files), fresh (see withPage), and all options of Playwright's contexts.
export async function withExplorer(shared, options, run) {
  const {hash = '', url = shared.server.url, ready = true, allowed = [], before: prepare, offline = false, fresh = offline || Boolean(prepare), ...context} = options;
  await withPage(shared, {context: {...DESKTOP, ...context}, allowed, origin: new URL(url).origin, offline, fresh}, async (page) => {
    const explorer = new Explorer(page);
    await prepare?.(page);
    await page.goto(url + hash);
    if (ready) await explorer.ready();
    await run(explorer, page);
  });
}

const DESKTOP = {viewport: {width: 1280, height: 800}, colorScheme: 'light'};
const PAGES_KEPT = 6; // more would take memory from the pages in use

// Calls run(page) and fails on unexpected console messages and requests. Options: context (of Playwright), allowed
// (regular expressions of expected console messages), origin (the only one that may get requests; without it, any),
// offline (see withExplorer), fresh (true: a new page, for tests that leave something behind in it).
// Otherwise pages are cleared and reused, which takes half the time because Chromium has compiled the module already.
export async function withPage(shared, {context, allowed, origin, offline = false, fresh = false}, run) {
  const wanted = JSON.stringify(context), kept = shared.pages ??= [];
  const found = fresh ? -1 : kept.findIndex((one) => one.wanted === wanted);
  const page = found < 0 ? await newPage(shared, context, offline) : kept.splice(found, 1)[0].page;
  let passed = false;
  try {
    const problems = [];
    const note = (text) => [...allowed, READ_BACK].some((pattern) => pattern.test(text)) || problems.push(text);
    page.on('console', (message) => note(`console ${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => note(`page error: ${error.stack}`));
    if (origin) {
      // On a busy machine Chromium reports downloads as aborted that the page has read to the end. The page itself
      // checks that the bytes are complete, by their SHA-256.
      page.on('requestfailed', (request) => request.failure()?.errorText === 'net::ERR_ABORTED' ||
        note(`request failed: ${request.url()} ${request.failure()?.errorText}`));
      page.on('response', (response) => response.status() >= 400 && note(`answer ${response.status()}: ${response.url()}`));
      page.on('request', (request) =>
        /^(data|blob):/.test(request.url()) || new URL(request.url()).origin === origin || note(`another host: ${request.url()}`));
    }
    await run(page);
    assert.deepEqual(problems, [], 'the page must be silent');
    passed = true;
  } finally {
    if (passed && !fresh && await cleared(page, context)) {
      kept.push({wanted, page});
      if (kept.length > PAGES_KEPT) await kept.shift().page.context().close();
    } else await page.context().close();
  }
}

async function newPage(shared, options, offline) {
  const {firstVisit = false, ...contextOptions} = options;
  const context = await shared.browser.newContext(contextOptions);
  // The card of a first visit would cover what the tests press.
  if (!firstVisit) await context.addInitScript(() => { try { localStorage.setItem('latent-loom-welcomed', '1'); } catch { return; } });
  // Otherwise the cache of one page would serve the next. Playwright's option serviceWorkers throws in sandboxed
  // frames.
  if (!offline) await context.addInitScript(() => { delete Navigator.prototype.serviceWorker; });
  context.setDefaultTimeout(TIMEOUT);
  return context.newPage();
}

// Removes what a test left in its page: listeners, other pages, stored values, the document, settings of the browser.
// Returns false if the page does not answer.
async function cleared(page, {viewport, colorScheme, reducedMotion = null}) {
  for (const event of ['console', 'pageerror', 'requestfailed', 'response', 'request', 'download']) page.removeAllListeners(event);
  const work = async () => {
    for (const other of page.context().pages()) if (other !== page) await other.close();
    await page.context().setOffline(false);
    await page.mouse.move(0, 0); // not later: Chromium does not answer if the frame below has gone
    // Pages from files and in sandboxes have no storage.
    await page.evaluate(() => { try { localStorage.clear(); sessionStorage.clear(); } catch { return; } });
    await page.goto('about:blank');
    await page.emulateMedia({media: null, colorScheme, reducedMotion});
    const {width, height} = page.viewportSize();
    if (width !== viewport.width || height !== viewport.height) await page.setViewportSize(viewport);
    return true;
  };
  return Promise.race([work().catch(() => false), quietTime(10000).then(() => false)]);
}

// A page with the explorer, for tests to control and inspect. Positions are in CSS pixels.
export class Explorer {
  constructor(page) {
    this.page = page;
  }

  async ready(model = '') {
    await until(() => this.page.evaluate((name) => {
      const loom = window.loom;
      return loom && (name ? loom.model === name : loom.model) && loom.frames > 0 && loom.picture.pixels.length > 0;
    }, model), `the model ${model}`);
    await this.settled();
  }

  settled() { return this.page.evaluate(settle); }

  // Waits for two animation frames of the browser: everything requested before has then been drawn.
  frame() {
    return this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  }

  get(name) {
    return this.page.evaluate((key) => window.loom[key], name);
  }
  z() { return this.get('z'); }
  frames() { return this.get('frames'); }
  model() { return this.get('model'); }
  message() { return this.get('message'); }

  // The link that the explorer would write, as {m: 'name', z: '1,2'}.
  async state() {
    return Object.fromEntries(new URLSearchParams(await this.get('state')));
  }
  place(part) {
    return this.page.evaluate((name) => window.loom.place(name), part);
  }
  screen(z1, z2) {
    return this.page.evaluate((z) => window.loom.screen(...z), [z1, z2]);
  }
  encoded(n) {
    return this.page.evaluate((index) => window.loom.encoded(index), n);
  }

  // The mapping from screen to latent coordinates: the inverse of `screen`, which has the same scale on both axes.
  async view() {
    const [x0, y0, x1] = await this.page.evaluate(() => [...window.loom.screen(0, 0), window.loom.screen(1, 0)[0]]);
    return {unit: x1 - x0, latent: (x, y) => [(x - x0) / (x1 - x0), -(y - y0) / (x1 - x0)]};
  }
  async latent(x, y) {
    return (await this.view()).latent(x, y);
  }
  async unit() {
    return (await this.view()).unit;
  }

  // {z, width, height, pixels}, all of the same frame.
  shown() {
    return this.page.evaluate(() => {
      const {width, height, pixels} = window.loom.picture;
      return {z: window.loom.z, width, height, pixels: Array.from(pixels)};
    });
  }

  async click(x, y) {
    await this.page.mouse.move(x, y);
    await this.frame();
    await this.page.mouse.down();
    await this.frame();
    await this.page.mouse.up();
    await this.settled();
  }

  async press(key) {
    await this.page.keyboard.press(key);
    await this.settled();
  }
}

// The bytes of a downloaded file. Its path is of no use where the browser was started by another process.
export const downloaded = async (download) => Buffer.concat(await (await download.createReadStream()).toArray());

export function assertNear(actual, expected, tolerance, what) {
  actual.forEach((value, i) => assert.ok(Math.abs(value - expected[i]) <= tolerance,
    `${what}: [${actual}] differs from [${expected}] by more than ${tolerance}`));
}
