// A host page, on a different server from the explorer's, with frames that show the explorer.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {after, before} from 'node:test';
import {settle, shareOrLaunch, until, withPage} from './explorer.mjs';
import {serveDist} from './server.mjs';

// A browser, the explorer's server, one without CORS header, and one of host pages.
export function setUpHost(browserArguments = []) {
  const shared = {};
  before(async () => {
    [shared.browser, shared.server, shared.closed, shared.host] =
      await Promise.all([shareOrLaunch(browserArguments), serveDist(), serveDist({cors: false}), serveDist()]);
  });
  after(async () => {
    await shared.browser?.close();
    for (const server of [shared.server, shared.closed, shared.host]) server?.close();
  });
  return shared;
}

// A page of tests/browser/help/ with {{LOOM}} as the address of the explorer's folder.
export const hostPage = (name, loom) => readFileSync(new URL(name, import.meta.url), 'utf8').replaceAll('{{LOOM}}', loom);

// Calls run(host) with a page of this HTML. Options: from (the server of the page), allowed (regular expressions of
// expected console messages), and all options of Playwright's contexts.
export async function withHost(shared, html, options, run) {
  const {from = shared.host, allowed = [], ...context} = options;
  await withPage(shared, {context: {viewport: {width: 1000, height: 700}, colorScheme: 'light', ...context}, allowed}, async (page) => {
    from.answers['lesson.html'] = {type: 'text/html', body: `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">${html}`};
    await page.goto(`${from.url}lesson.html`);
    await run(new Host(page));
  });
}

class Host {
  constructor(page) {
    this.page = page;
  }

  // The first `count` frames of the explorer, in order; waits until there are as many.
  async frames(count = 1) {
    const page = this.page, look = () => page.frames().filter((frame) => frame !== page.mainFrame() && /embed\.html/.test(frame.url()));
    await until(() => look().length >= count, `${count} frames`);
    return look().slice(0, count).map((frame) => new Guest(frame));
  }
  async frame() {
    const [guest] = await this.frames(1);
    await guest.ready();
    return guest;
  }
  evaluate(work, argument) {
    return this.page.evaluate(work, argument);
  }

  // Waits until what this page did before, such as a message or a key, has reached the guest and has been drawn.
  async settled(guest) {
    await this.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    await guest.settled();
  }

  // The rectangle of a guest's part in the host's window.
  async place(guest, part) {
    const {x, y} = await (await guest.frame.frameElement()).boundingBox();
    const place = await guest.frame.evaluate((name) => window.loom.place(name), part);
    return {...place, x: place.x + x, y: place.y + y, middle: [place.x + x + place.width / 2, place.y + y + place.height / 2]};
  }
}

class Guest {
  constructor(frame) {
    this.frame = frame;
  }
  async ready() {
    await until(() => this.frame.evaluate(() => Boolean(window.loom?.model) && window.loom.frames > 0 && window.loom.picture.pixels.length > 0), 'the model in the frame');
  }
  get(name) {
    return this.frame.evaluate((key) => window.loom[key], name);
  }
  frames() {
    return this.get('frames');
  }
  settled() {
    return this.frame.evaluate(settle);
  }
  async state() {
    return Object.fromEntries(new URLSearchParams(await this.get('state')));
  }
}
