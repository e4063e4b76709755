// Firefox with Puppeteer over WebDriver BiDi. Headless it has no WebGL 2, so it gets a window on its own display.
import {setTimeout as pause} from 'node:timers/promises';
import puppeteer from 'puppeteer-core';
import {openDisplay} from './display.mjs';

export const firefox = {
  name: 'Firefox',
  async open({width = 1000, height = 720, pixelRatio = 1, webgl = true} = {}) {
    const display = await openDisplay();
    const browser = await puppeteer.launch({
      browser: 'firefox', headless: false, executablePath: process.env.FIREFOX ?? '/usr/bin/firefox-esr',
      env: {...process.env, DISPLAY: display.name}, args: ['--width=1100', '--height=900'],
      extraPrefsFirefox: {
        'layout.css.devPixelsPerPx': String(pixelRatio), 'webgl.disabled': !webgl,
        'datareporting.policy.dataSubmissionEnabled': false, 'browser.shell.checkDefaultBrowser': false,
        'ui.systemUsesDarkTheme': 0, 'dom.w3c_touch_events.enabled': 1,
      },
    });
    const page = await browser.newPage();
    await page.setViewport({width, height});
    const problems = [];
    page.on('pageerror', (error) => problems.push(String(error.stack ?? error)));
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    return {
      problems,
      go: (url) => page.goto(url),
      evaluate: (work, ...given) => page.evaluate(`(${work})(...${JSON.stringify(given)})`),
      move: (x, y) => page.mouse.move(Math.round(x), Math.round(y)),
      down: () => page.mouse.down(),
      up: () => page.mouse.up(),
      async key(name) {
        const keys = name.length > 1 ? name.split('+') : [name];
        for (const key of keys.slice(0, -1)) await page.keyboard.down(key);
        await page.keyboard.press(keys.at(-1));
        for (const key of keys.slice(0, -1)) await page.keyboard.up(key);
      },
      resize: (size) => page.setViewport(size),
      // Touches by BiDi fail with an error in Firefox, so the events of a touch are dispatched here.
      tap: (x, y) => page.evaluate(async (clientX, clientY) => {
        const target = document.elementFromPoint(clientX, clientY), touch = new Touch({identifier: 1, target, clientX, clientY});
        const send = (type, touches) => target.dispatchEvent(new TouchEvent(type, {bubbles: true, cancelable: true, touches, targetTouches: touches, changedTouches: [touch]}));
        send('touchstart', [touch]);
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        send('touchend', []);
      }, Math.round(x), Math.round(y)),
      // Not goBack, which waits for a load event: a page from the back/forward cache does not fire one.
      back: () => page.evaluate('void setTimeout(() => history.back())'),
      async hideFor(milliseconds) {
        const other = await browser.newPage();
        await other.bringToFront();
        await pause(milliseconds);
        await other.close();
        await page.bringToFront();
      },
      print: async () => Buffer.from(await page.pdf({printBackground: true})),
      screenshot: async () => Buffer.from(await page.screenshot()),
      async close() {
        await browser.close();
        display.close();
      },
    };
  },
};
