// The share dialog: fetched when it is opened; its links, snippets and images work elsewhere.
import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {pathToFileURL} from 'node:url';
import {join} from 'node:path';
import {press} from './help/controls.mjs';
import {NO_WEBGL, downloaded, until, withExplorer} from './help/explorer.mjs';
import {setUpHost, withHost} from './help/host.mjs';
import {readPng} from './help/pictures.mjs';
import {dist, manifest} from './help/server.mjs';

const {files, models: [first]} = manifest();
const STATE = `m=${first.name}&z=1,0.5`;

const NETWORK = [/Failed to load resource/, /^request failed/, /^answer 404/];

describe('share', () => {
  const shared = setUpHost(NO_WEBGL);
  const withPage = (options, run) => withExplorer(shared, options, run);
  const opened = (page) => until(() => page.evaluate(() => document.querySelector('#share-dialog[open] #share-code')?.width < 300), 'the dialog with its code');

  test('nothing of it is fetched before it is opened; the button, a shortcut and the keyboard open it', async () => {
    shared.server.requests.length = 0;
    await withPage({}, async (explorer, page) => {
      const paths = () => shared.server.requests.map(({path}) => path).filter((path) => /share|lean-qr/.test(path));
      assert.deepEqual(paths(), []);
      await press(explorer, 'share');
      await opened(page);
      assert.deepEqual(paths().toSorted(), [files['lean-qr.js'].path, 'share.js', 'share_code.js', 'share_dialog.js', 'share_embed.js',
        'share_parts.js', 'share_picture.js', 'share_style.js', 'share_svg.js', 'share_texts.js']);
      await page.keyboard.press('Escape');
      await until(() => page.evaluate(() => !document.getElementById('share-dialog')), 'the dialog to close');
      assert.equal(await page.evaluate(() => document.activeElement.id), 'canvas');
      await explorer.press('s');
      await opened(page);
      await page.locator('#share-dialog').getByRole('button', {name: 'Close'}).click();
      await page.locator('#share').focus();
      await page.keyboard.press('Enter');
      await opened(page);
      assert.equal(await page.evaluate(() => document.querySelectorAll('#share-dialog').length), 1);
    });
  });

  test('the link is that of the view, the QR code is that of the link, the image equals the screen', () => withPage({hash: '#z=1,0.5&c=3', acceptDownloads: true}, async (explorer, page) => {
    const before = await page.screenshot();
    await explorer.press('s');
    await opened(page);
    const link = await page.inputValue('#share-link');
    assert.equal(link, `${shared.server.url}#${STATE}&c=3`);
    // The modules of the QR code, read from its image, against those that the package computes for the link.
    const {generate} = await import(pathToFileURL(join(dist, files['lean-qr.js'].path)));
    const code = generate(link), modules = await page.evaluate(() => {
      const canvas = document.getElementById('share-code'), {width, height} = canvas;
      const {data} = canvas.getContext('2d').getImageData(0, 0, width, height);
      return {width, dark: Array.from({length: width * height}, (_, i) => data[4 * i] < 128)};
    });
    assert.equal(modules.width, code.size + 8, 'the quiet zone');
    for (let y = 0; y < code.size; y++)
      for (let x = 0; x < code.size; x++) assert.equal(modules.dark[(y + 4) * modules.width + x + 4], Boolean(code.get(x, y)), `module ${x}, ${y}`);

    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', {name: 'Save the image', exact: true}).click()]);
    assert.equal(download.suggestedFilename(), 'latent-loom.png');
    const saved = readPng(await downloaded(download)), seen = readPng(before);
    assert.deepEqual([saved.width, saved.height], [seen.width, seen.height]);
    const button = await explorer.place('controls'); // an element of the page above the canvas
    const isButton = (x, y) => x >= button.x - 1 && x <= button.x + button.width && y >= button.y - 1 && y <= button.y + button.height;
    let different = 0;
    for (let y = 4; y < seen.height - 4; y += 7)
      for (let x = 4; x < seen.width - 4; x += 7) if (!isButton(x, y) && saved.at(x, y).some((value, i) => Math.abs(value - seen.at(x, y)[i]) > 2)) different++;
    assert.ok(different < 20, `${different} points of the picture differ from the screen`);
    const [second] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', {name: 'Save the QR code'}).click()]);
    assert.equal(readPng(await downloaded(second)).width, modules.width);
  }));

  for (const [what, answer, words] of [['gone', {destroy: true}, /the server cannot be reached/], ['missing', {status: 404, body: 'no'}, /the server answers 404/],
    ['a log-in page', {type: 'text/html', body: '<!doctype html><p>Log in'}, /may have sent a log-in page/]])
    test(`a dialog that is ${what} is reported, and can be opened later`, () => withPage({allowed: [...NETWORK, /MIME type/]}, async (explorer, page) => {
      shared.server.answers['share.js'] = answer;
      try {
        await explorer.press('s');
        const message = await until(() => explorer.message(), 'a message');
        assert.match(message, /^The share dialog cannot be opened: share\.js: /);
        assert.match(message, words);
      } finally {
        delete shared.server.answers['share.js'];
      }
      await page.keyboard.press('s');
      await opened(page);
      await page.keyboard.press('Escape');
      await until(() => page.evaluate(() => !document.getElementById('share-dialog')), 'the dialog to close');
      await page.keyboard.press('s');
      await opened(page);
    }));

  test('without the network the message says so; with it the dialog opens', () => withPage({allowed: NETWORK}, async (explorer, page) => {
    await page.context().setOffline(true);
    await explorer.press('s');
    assert.match(await until(() => explorer.message(), 'a message'), /share\.js: this device is offline/);
    await page.context().setOffline(false);
    await page.keyboard.press('s');
    await opened(page);
  }));

  test('a QR code that did not load is reported, and a button loads it', () => withPage({allowed: NETWORK}, async (explorer, page) => {
    const {path} = files['lean-qr.js'], figure = page.locator('#share-dialog figure').nth(1), again = figure.getByRole('button', {name: 'Try again'});
    shared.server.answers[path] = {destroy: true};
    try {
      await explorer.press('s');
      await again.waitFor();
      assert.match(await figure.innerText(), /No QR code: .*the server cannot be reached/);
      assert.equal(await page.locator('#share-code').isVisible(), false);
      await again.click(); // fails again
      await until(async () => await again.isVisible(), 'the button to come back');
    } finally {
      delete shared.server.answers[path];
    }
    await again.click();
    await opened(page);
    await until(() => page.locator('#share-code').isVisible(), 'the code');
    assert.equal(await again.isVisible(), false);
    assert.match(await figure.innerText(), /The link, for a phone/);
  }));

  test('a server that does not answer does not block the dialog', () => withPage({allowed: NETWORK}, async (explorer, page) => {
    shared.server.answers['embed.js'] = {silent: true};
    try {
      await explorer.press('s');
      await opened(page);
      assert.match(await page.inputValue('#share-frame'), /sandbox="allow-scripts allow-same-origin"/);
    } finally {
      delete shared.server.answers['embed.js'];
    }
  }));

  test('pressed twice it opens once', () => withPage({}, async (explorer, page) => {
    shared.server.answers['embed.js'] = {delay: 500};
    try {
      await page.keyboard.press('s');
      await page.keyboard.press('s');
      await opened(page);
      await page.waitForTimeout(700);
      assert.equal(await page.locator('#share-dialog').count(), 1);
    } finally {
      delete shared.server.answers['embed.js'];
    }
  }));

  const snippets = async (shown, changed, from = shared.server) => {
    let texts;
    await withPage({url: from.url, hash: '#z=1,0.5'}, async (explorer, page) => {
      await explorer.press('s');
      await opened(page);
      await page.selectOption('#share-show', {label: shown});
      await page.selectOption('#share-change', {label: changed});
      texts = {frame: await page.inputValue('#share-frame'), element: await page.inputValue('#share-element')};
    });
    return texts;
  };

  test('the frame of the snippet, and its picture where frames are removed', async () => {
    const {frame} = await snippets('plane and image', 'only the point');
    const picture = {type: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="10"><rect width="16" height="10" fill="teal"/></svg>'};
    shared.host.answers['latent-loom.png'] = picture;
    await withHost(shared, frame, {}, async (host) => {
      const guest = await host.frame();
      assert.equal(await guest.get('state'), `${STATE}&hide=all,-plane,-decoded&lock=all,-z`);
      const {middle} = await host.place(guest, 'plane');
      assert.equal(await host.evaluate(([x, y]) => document.elementFromPoint(x, y).tagName, middle), 'IFRAME');
    });
    await withHost(shared, frame.replace(/<iframe.*<\/iframe>/, ''), {}, async (host) => {
      assert.deepEqual(await host.evaluate(() => [document.images[0].naturalWidth, document.elementFromPoint(500, 200).tagName]), [16, 'IMG']);
      assert.match(await host.evaluate(() => document.images[0].alt), /^z 1\.00, 0\.50: /);
      assert.equal(await host.evaluate(() => document.links[0].href), `${shared.server.url}#${STATE}`);
    });
  });

  test('the element of the snippet', async () => {
    const {element} = await snippets('only the image', 'nothing');
    await withHost(shared, element, {}, async (host) => {
      const guest = await host.frame();
      assert.equal(await guest.get('state'), `${STATE}&hide=all,-decoded&lock=all`);
      assert.equal((await guest.frame.evaluate(() => window.loom.place('plane'))).width, 0);
    });
  });

  test('the frame of the snippet on a server without CORS header keeps its origin', async () => {
    const {frame} = await snippets('everything', 'everything', shared.closed);
    assert.match(frame, /sandbox="allow-scripts allow-same-origin"/);
    await withHost(shared, frame, {allowed: [/404/]}, async (host) => {
      assert.deepEqual(await (await host.frame()).get('z'), [1, 0.5]);
    });
  });

  test('the preview of the frame is loaded when it is scrolled to, and follows both choices', () => withPage({hash: '#z=1,0.5', viewport: {width: 1280, height: 560}}, async (explorer, page) => {
    const guests = () => page.frames().filter((frame) => /embed\.html/.test(frame.url()));
    await explorer.press('s');
    await opened(page);
    await page.waitForTimeout(300);
    assert.equal(guests().length, 0);
    await page.locator('#share-preview').scrollIntoViewIfNeeded();
    await until(() => guests().length === 1, 'the frame');
    const [guest] = guests(), state = () => guest.evaluate(() => window.loom?.state ?? '');
    await until(async () => await state() === STATE, 'the view in the frame');
    await guest.evaluate(() => { window.same = true; });
    await page.selectOption('#share-show', {label: 'only the plane'});
    await until(async () => await state() === `${STATE}&hide=all,-plane`, 'what is shown');
    assert.equal(await guest.evaluate(() => window.loom.place('decoded').width), 0);
    await page.selectOption('#share-change', {label: 'nothing'});
    await until(async () => await state() === `${STATE}&hide=all,-plane&lock=all`, 'what is locked');
    assert.equal(await guest.evaluate(() => window.same), true, 'it is not loaded again');
    await page.keyboard.press('Escape');
    await until(() => guests().length === 0, 'the frame to go');
  }));

  test('without a server the preview is a sketch that follows what is shown', () => withPage({allowed: NETWORK}, async (explorer, page) => {
    shared.server.answers['embed.js'] = {destroy: true};
    try {
      await explorer.press('s');
      await opened(page);
    } finally {
      delete shared.server.answers['embed.js'];
    }
    const parts = () => page.locator('#share-preview span').allInnerTexts();
    assert.deepEqual(await parts(), ['map', 'image', 'text']);
    await page.selectOption('#share-show', {label: 'plane and image'});
    assert.deepEqual(await parts(), ['map', 'image']);
    assert.equal(await page.locator('#share-preview iframe').count(), 0);
  }));

  test('one code is seen, the other when it is asked for; the link shows its start', () => withPage({acceptDownloads: true, viewport: {width: 390, height: 844}}, async (explorer, page) => {
    await explorer.press('s');
    await opened(page);
    assert.equal(await page.locator('#share-frame').isVisible(), true);
    assert.equal(await page.locator('#share-element').isVisible(), false);
    await page.locator('#share-dialog summary').click();
    await until(() => page.locator('#share-element').isVisible(), 'the other code');
    const start = () => page.evaluate(() => { const box = document.getElementById('share-link'); return [box.scrollLeft, box.scrollWidth > box.clientWidth]; });
    assert.deepEqual(await start(), [0, true]);
    await page.getByRole('button', {name: 'Copy: Link'}).click();
    await page.waitForTimeout(100);
    assert.deepEqual(await start(), [0, true]);
    await page.selectOption('#share-show', {label: 'only the plane'});
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', {name: 'Save latent-loom.png'}).click()]);
    assert.equal(download.suggestedFilename(), 'latent-loom.png');
    const poster = readPng(await downloaded(download));
    assert.deepEqual([poster.width, poster.height], [1280, 800]);
  }));
});
