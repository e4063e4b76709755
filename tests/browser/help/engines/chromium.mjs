// Chromium with Playwright: the engine of all other tests, here with only the functions that all engines' drivers have.
import {setTimeout as pause} from 'node:timers/promises';
import {launch} from '../explorer.mjs';

export const chromium = {
  name: 'Chromium',
  async open({width = 1000, height = 720, pixelRatio = 1, webgl = true, touch = false, backForward = false} = {}) {
    const browser = await launch(webgl ? [] : ['--disable-3d-apis'], backForward ? {ignoreDefaultArgs: ['--disable-back-forward-cache']} : {});
    const context = await browser.newContext({viewport: {width, height}, deviceScaleFactor: pixelRatio, hasTouch: touch, colorScheme: 'light'});
    const page = await context.newPage();
    const problems = [];
    page.on('pageerror', (error) => problems.push(error.stack));
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    return {
      problems,
      go: (url) => page.goto(url),
      evaluate: (work, ...given) => page.evaluate(`(${work})(...${JSON.stringify(given)})`),
      move: (x, y) => page.mouse.move(x, y),
      down: () => page.mouse.down(),
      up: () => page.mouse.up(),
      key: (name) => page.keyboard.press(name),
      resize: (size) => page.setViewportSize(size),
      tap: touch && ((x, y) => page.touchscreen.tap(x, y)),
      // Not goBack, which waits for a load event: a page from the back/forward cache does not fire one.
      back: () => page.evaluate('void setTimeout(() => history.back())'),
      // Headless, no tab can cover another; but a minimized window is hidden in the same way.
      async hideFor(milliseconds) {
        const session = await context.newCDPSession(page), {windowId} = await session.send('Browser.getWindowForTarget');
        const set = (windowState) => session.send('Browser.setWindowBounds', {windowId, bounds: {windowState}});
        await session.send('Emulation.setFocusEmulationEnabled', {enabled: false});
        await set('minimized');
        await pause(milliseconds);
        await set('normal');
        await page.bringToFront();
      },
      print: () => page.pdf({printBackground: true}),
      screenshot: () => page.screenshot(),
      close: () => browser.close(),
    };
  },
};
