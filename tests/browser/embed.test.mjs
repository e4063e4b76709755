// embed.html in another page: sandboxed, twice, behind a poster; what the wheel, a finger and Escape do there; and on a
// server without CORS header.
import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {NO_WEBGL, quietTime, until} from './help/explorer.mjs';
import {setUpHost, withHost} from './help/host.mjs';
import {assertDecoded} from './help/pictures.mjs';
import {manifest} from './help/server.mjs';

const {models: [first]} = manifest();

describe('embed', () => {
  const shared = setUpHost(NO_WEBGL);
  const frame = (address, more = '') => `<iframe src="${shared.server.url}embed.html${address}" sandbox="allow-scripts" width="640" height="420" style="border: 0; display: block" ${more}></iframe>`;
  const tall = '<body style="margin: 0; height: 3000px; background: #dec">';

  test('in a sandbox without origin and storage: shows its state, takes no focus, makes no request to other hosts', () => withHost(shared, frame('#z=1,0.5'), {}, async (host) => {
    const guest = await host.frame(), asked = [];
    host.page.on('request', (request) => asked.push(request.url()));
    assert.equal(await guest.frame.evaluate(() => window.origin), 'null');
    const shown = await guest.frame.evaluate(() => ({z: window.loom.z, pixels: Array.from(window.loom.picture.pixels)}));
    assert.deepEqual(shown.z, [1, 0.5]);
    assertDecoded(first.name, shown);
    assert.equal(await host.evaluate(() => document.activeElement.tagName), 'BODY');
    const {middle} = await host.place(guest, 'plane');
    await host.page.mouse.click(...middle);
    await until(async () => Math.hypot(...await guest.get('z')) < 0.9, 'z where the click was');
    const isOriginal = (url) => /\/(packs\.js\?v=\w+|assets\/[\w-]+\.[0-9a-f]{12}\/\w+\.pack)$/.test(url); // of the mark under the pointer
    assert.deepEqual(asked.filter((url) => !isOriginal(url)), []);
  }));

  test('two on a page do not affect each other', () => withHost(shared, `${frame('#z=1,0')}${frame('#z=-1,0&hide=all,-plane,-decoded')}`, {viewport: {width: 700, height: 900}}, async (host) => {
    const [left, right] = await host.frames(2);
    await Promise.all([left.ready(), right.ready()]);
    const {middle} = await host.place(right, 'plane');
    await host.page.mouse.click(...middle);
    await until(async () => (await right.get('z'))[0] > -0.9, 'z of the second');
    assert.deepEqual(await left.get('z'), [1, 0]);
    assert.equal((await left.frame.evaluate(() => window.loom.place('decoded'))).width > 0, true);
    assert.equal((await right.frame.evaluate(() => window.loom.place('legend'))).width, 0);
  }));

  test('a poster: until a click only the poster\'s own files are fetched', async () => {
    shared.server.requests.length = 0;
    await withHost(shared, frame('?poster=poster.png#z=0.5,0.5'), {allowed: [/poster\.png|404/]}, async (host) => {
      const [guest] = await host.frames();
      await until(() => guest.frame.evaluate(() => Boolean(document.getElementById('poster')?.onclick)), 'the poster');
      await quietTime();
      const paths = () => shared.server.requests.map(({path}) => path);
      assert.deepEqual(paths().toSorted(), ['embed.css', 'embed.html', 'embed.js', 'frame.js', 'messages.js', 'poster.png', 'style.css']);
      await host.page.mouse.click(320, 380);
      await guest.ready();
      assert.ok(paths().includes(first.path));
      assert.deepEqual(await guest.get('z'), [0.5, 0.5]);
      assert.equal(await guest.frame.evaluate(() => document.getElementById('poster').hidden), true);
      assert.equal(await guest.frame.evaluate(() => document.activeElement.id), 'canvas');
    });
  });

  test('the wheel scrolls the host; with Ctrl, or after a click, it zooms', () => withHost(shared, `${tall}${frame('')}`, {}, async (host) => {
    const guest = await host.frame(), view = async () => (await guest.state()).v;
    const {middle} = await host.place(guest, 'plane'), scrolled = () => host.evaluate(() => scrollY);
    await host.page.mouse.move(...middle);
    await host.page.mouse.wheel(0, 100);
    await until(async () => await scrolled() > 0, 'the host to scroll');
    await host.settled(guest);
    assert.equal(await view(), undefined, 'the view is zoomed by a wheel that scrolls');
    assert.equal(await guest.frame.evaluate(() => document.getElementById('hint').hidden), false, 'no word of how to zoom');
    await host.evaluate(() => scrollTo(0, 0));
    await until(async () => await scrolled() === 0, 'the top');
    await host.page.keyboard.down('Control');
    await host.page.mouse.wheel(0, -100);
    await host.page.keyboard.up('Control');
    const zoomed = await until(view, 'a zoom with Ctrl');
    assert.equal(await host.evaluate(() => scrollY + visualViewport.scale + devicePixelRatio), 2, 'the browser zoomed or scrolled, too');
    await host.page.mouse.click(...middle);
    await host.page.mouse.wheel(0, -100);
    await until(async () => await view() !== zoomed, 'a zoom after a click');
    assert.equal(await scrolled(), 0);
    const last = await view();
    await host.page.mouse.click(900, 300); // beside the frame: the wheel scrolls the host page again
    await host.page.mouse.move(...middle);
    await host.page.mouse.wheel(0, 100);
    await until(async () => await scrolled() > 0, 'the host to scroll again');
    assert.equal(await view(), last);
  }));

  test('Escape closes what is open, then leaves the frame; Tab goes on behind it', () => withHost(shared, `<button id="a">a</button>${frame('#tool=path&c=3')}<button id="b">b</button>`, {}, async (host) => {
    const guest = await host.frame(), {middle} = await host.place(guest, 'plane');
    await host.page.mouse.click(...middle);
    await host.page.keyboard.press('Shift+?');
    await until(() => guest.frame.evaluate(() => window.loom.pressable('close').width > 0), 'the help');
    await host.page.keyboard.press('Escape');
    await until(() => guest.frame.evaluate(() => window.loom.pressable('close').width === 0), 'the help to close');
    assert.equal(await guest.frame.evaluate(() => document.activeElement.id), 'canvas');
    await host.page.keyboard.press('Escape');
    await until(() => guest.frame.evaluate(() => document.activeElement.id !== 'canvas'), 'the focus to leave');
    const {z} = await guest.state();
    await host.page.keyboard.press('ArrowRight');
    await host.settled(guest);
    assert.equal((await guest.state()).z, z, 'arrow keys still move z');
    assert.equal((await guest.state()).tool, 'path', 'what the author opened stays open');
    assert.equal((await guest.state()).c, '3');
    await host.page.keyboard.press('Tab');
    await until(() => host.evaluate(() => document.activeElement.id === 'b'), 'the button behind the frame');
  }));

  test('a finger on the plane moves z, a finger beside it scrolls the host page', () => withHost(shared, `${tall}${frame('')}`, {hasTouch: true, isMobile: true, viewport: {width: 640, height: 600}}, async (host) => {
    const guest = await host.frame(), session = await host.page.context().newCDPSession(host.page);
    const swipe = async ([x, y]) => {
      await session.send('Input.dispatchTouchEvent', {type: 'touchStart', touchPoints: [{x, y}]});
      for (let i = 1; i <= 10; i++) {
        await session.send('Input.dispatchTouchEvent', {type: 'touchMove', touchPoints: [{x, y: y - 12 * i}]});
        await host.evaluate(() => new Promise((done) => requestAnimationFrame(done)));
      }
      await session.send('Input.dispatchTouchEvent', {type: 'touchEnd', touchPoints: []});
      await host.settled(guest);
    };
    const scrolled = () => host.evaluate(() => scrollY);
    const {middle} = await host.place(guest, 'plane'), before = await guest.get('z');
    await swipe(middle);
    await until(async () => (await guest.get('z'))[1] > before[1] + 0.2, 'z under the finger');
    assert.equal(await scrolled(), 0, 'a finger on the plane scrolls the host');
    const z = await guest.get('z'), decoded = await host.place(guest, 'decoded');
    await swipe(decoded.middle);
    await until(async () => await scrolled() > 20, 'the host to scroll');
    assert.deepEqual(await guest.get('z'), z);
  }));

  test('a tap on the legend counts once', () => withHost(shared, `${tall}${frame('', 'height="500"')}`, {hasTouch: true, viewport: {width: 640, height: 600}}, async (host) => {
    const guest = await host.frame(), {x, y} = await guest.frame.evaluate(() => window.loom.pressable('class 2'));
    const at = await host.place(guest, 'plane'), inside = await guest.frame.evaluate(() => window.loom.place('plane'));
    await host.page.touchscreen.tap(at.x - inside.x + x + 12, at.y - inside.y + y + 12);
    await until(async () => (await guest.state()).c === '2', 'the class alone');
    await host.settled(guest);
    assert.equal((await guest.state()).c, '2');
  }));

  describe('on a server that sends no CORS header', () => {
    const closed = (sandbox) => `<iframe src="${shared.closed.url}embed.html#z=1,0" sandbox="${sandbox}" width="640" height="420"></iframe>`;
    const allowed = [/CORS policy/, /ERR_FAILED/];

    test('a frame without origin says which header is missing', () => withHost(shared, `${closed('allow-scripts')}<script>addEventListener('message', ({data}) => { if (data.type !== 'loading') window.said = data; })</script>`, {allowed}, async (host) => {
      const [guest] = await host.frames();
      await until(() => guest.frame.evaluate(() => /Access-Control-Allow-Origin/.test(document.getElementById('status-text').textContent)), 'the words');
      const said = await until(() => host.evaluate(() => window.said), 'the message');
      assert.deepEqual({...said, message: undefined}, {loom: 1, type: 'error', code: 'cors', message: undefined});
    }));

    test('a frame that keeps its origin works', () => withHost(shared, closed('allow-scripts allow-same-origin'), {}, async (host) => {
      const guest = await host.frame();
      assert.deepEqual(await guest.get('z'), [1, 0]);
    }));
  });
});
