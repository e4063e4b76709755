// The lesson of web/course: its numbers are those of the models, its figures are valid views, and it works with frames,
// without them and on paper.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {existsSync, mkdtempSync, readFileSync, rmSync, statSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join, posix} from 'node:path';
import {describe, test} from 'node:test';
import {pathToFileURL} from 'node:url';
import {NO_WEBGL, setUp, until, withExplorer} from './help/explorer.mjs';
import {dist, manifest, root} from './help/server.mjs';

const LOOM = process.env.LOOM ?? join(root, 'build/release/loom');
const COURSE = join(root, 'web/course');
const source = readFileSync(join(COURSE, 'index.html'), 'utf8');
const attributes = (tag) => [...source.matchAll(new RegExp(`<${tag}\\s([^>]*)>`, 'g'))].map(([, text]) =>
  Object.fromEntries([...text.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name, value.replaceAll('&amp;', '&')])));
const frames = attributes('iframe'), images = attributes('img');
const states = frames.map(({src}) => src.split('#')[1]);

const shared = setUp({}, NO_WEBGL);
// Workers are allowed, because the driver's way to block them throws an exception in sandboxed frames.
const withLesson = (options, run) => withExplorer(shared, {ready: false, serviceWorkers: 'allow', url: `${shared.server.url}course/index.html`, ...options}, run);

describe('the text of the lesson', () => {
  test('1,400 to 1,700 words, not counting captions, formulas, notes and exercises', () => {
    const lesson = [...source.matchAll(/<section class="lesson"[\s\S]*?<\/section>/g)].map(([text]) => text);
    assert.equal(lesson.length, 9);
    const text = lesson.join(' ').replace(/<(figure|details|math|table|h2)\b[\s\S]*?<\/\1>/g, ' ').replace(/<[^>]+>/g, '');
    const words = text.match(/[\p{L}\d][\p{L}\d.,’×-]*/gu).length;
    assert.ok(words >= 1400 && words <= 1700, `${words} words`);
  });

  test('at least six frames, lazy, sandboxed, each above a picture of its state', () => {
    assert.ok(frames.length >= 6);
    assert.equal(images.length, frames.length);
    assert.equal(new Set(states).size, frames.length, 'two frames show the same');
    let bytes = 0;
    // Not lazy: when printing, browsers do not wait for pictures that were never visible.
    for (const image of images) assert.equal(image.loading, undefined);
    for (const [n, {src, title, loading, sandbox, width, height}] of frames.entries()) {
      assert.match(src, /^\.\.\/embed\.html#m=/);
      assert.equal(loading, 'lazy');
      assert.equal(sandbox, 'allow-scripts');
      assert.ok(title.length > 10);
      assert.ok(images[n].alt.length > 40, `picture ${n + 1} is not described`);
      assert.deepEqual([images[n].width, images[n].height], [width, height]);
      const png = readFileSync(join(COURSE, images[n].src));
      assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [Number(width), Number(height)]);
      bytes += png.length;
    }
    assert.ok(bytes < 660e3, `the pictures have ${bytes} bytes`);
    const captions = [...source.matchAll(/<figcaption>[\s\S]*?<\/figcaption>/g)].map(([text]) => text);
    assert.equal(captions.length, frames.length);
    for (const [n, caption] of captions.entries()) {
      assert.match(caption, /class="do"/);
      assert.match(caption, /class="see"/);
      assert.ok(caption.includes(`href="../index.html#${states[n].replaceAll('&', '&amp;')}"`), `figure ${n + 1} opens another view than it shows`);
    }
  });

  test('six to nine exercises, each with an answer; every cited work is listed, and every listed work is cited', () => {
    const exercises = source.match(/<ol class="exercises">([\s\S]*?)<\/ol>\n<\/section>/)[1].split('<li id=').slice(1);
    assert.ok(exercises.length >= 6 && exercises.length <= 9);
    for (const exercise of exercises) assert.match(exercise, /<details><summary>Answer<\/summary>[\s\S]{80}/);
    const [body, references] = source.split('<section id="references">');
    const plain = body.replace(/<[^>]+>/g, '').replaceAll('&amp;', '&').replace(/\s+/g, ' ');
    const listed = [...references.matchAll(/<li>([^,]+),[^(]*\((\d{4})\)/g)].map(([, name, year]) => ({name, year}));
    assert.ok(listed.length > 10);
    for (const {name, year} of listed) assert.match(plain, new RegExp(`${name}(?: & [\\p{L}-]+| et al\\.)? \\(?${year}`, 'u'), `${name} ${year} is not cited`);
    for (const [, name, year] of plain.matchAll(/(\p{Lu}[\p{L}-]+)(?: & \p{Lu}[\p{L}-]+| et al\.)? \(?(\d{4})\)?/gu))
      assert.ok(listed.some((work) => work.name === name && work.year === year), `${name} ${year} is cited but not listed`);
  });

  test('every link has a target', () => {
    const ids = new Set([...source.matchAll(/\bid="([^"]+)"/g)].map(([, id]) => id));
    for (const {href} of [...attributes('a'), ...attributes('link')]) {
      if (/^(https:\/\/arxiv\.org\/abs\/\d{4}\.\d{5}|https:\/\/arxiv\.org\/abs\/\d{4}\.\d{4}|data:.*)$/.test(href)) continue;
      const [path, fragment] = href.split('#');
      if (path) assert.ok(existsSync(join(dist, posix.join('course', path))), `${href} is not in dist`);
      else assert.ok(ids.has(fragment), `no place is called ${fragment}`);
    }
    for (const src of [...images.map((image) => image.src), 'course.css', 'course.js'])
      assert.ok(statSync(join(dist, 'course', src)).size > 0);
  });
});

// <data value="card:MODEL/FIGURE"> is in weights/MODEL.md, <data value="analyse:MODEL/GROUP/KEY"> in what the program
// prints.
describe('the numbers of the lesson', () => {
  const numbers = [...source.matchAll(/<data value="(\w+):([\w.-]+)\/([^"]+)">([^<]+)<\/data>/g)].map(([, from, model, key, shown]) => ({from, model, key, shown}));
  const assertShown = (value, {shown, ...where}) => {
    const [, digits, percent] = /^([\d.]+)( %)?$/.exec(shown) ?? assert.fail(`${shown} is no number`);
    const decimals = digits.split('.')[1]?.length ?? 0, exact = percent ? 100 * value : value;
    // The cards' numbers are rounded already, so rounding again may go either way at a half.
    assert.ok(Math.abs(exact - Number(digits)) <= 0.5001 * 10 ** -decimals, `${JSON.stringify(where)}: the lesson says ${shown}, it is ${value}`);
  };

  test('the numbers from the model cards', () => {
    const cards = numbers.filter(({from}) => from === 'card');
    assert.ok(cards.length >= 15);
    for (const number of cards) {
      const card = readFileSync(join(root, 'weights', `${number.model}.md`), 'utf8');
      const row = card.split('\n').find((line) => line.startsWith(`| ${number.key} |`));
      assert.ok(row, `${number.model}.md has no row "${number.key}"`);
      assertShown(Number.parseFloat(row.split('|')[2]), number);
    }
  });

  test('the numbers from loom analyse', () => {
    const analysed = numbers.filter(({from}) => from === 'analyse'), models = new Set(analysed.map(({model}) => model));
    assert.ok(models.size >= 5);
    for (const model of models) {
      const {figures} = JSON.parse(execFileSync(LOOM, ['analyse', join(root, 'weights', `${model}.safetensors`), '--json', '--draws', '1'], {maxBuffer: 2 ** 26}));
      for (const number of analysed.filter((one) => one.model === model)) {
        const value = number.key.split('/').reduce((part, key) => part?.[key], figures);
        assert.equal(typeof value, 'number', `loom analyse gives no ${number.key}`);
        assertShown(value, number);
      }
    }
  });
});

describe('the lesson in a browser', () => {
  test('the explorer accepts every field of every state', () =>
    withExplorer(shared, {hash: `#${states[0]}`}, async (explorer, page) => {
      const models = manifest().models.map(({name}) => name);
      for (const state of states) {
        await page.goto('about:blank');
        await page.goto(`${shared.server.url}index.html#${state}`);
        const wanted = Object.fromEntries(new URLSearchParams(state));
        for (const name of [wanted.m, wanted.with].filter(Boolean)) assert.ok(models.includes(name), name);
        await until(async () => {
          if (await page.evaluate(() => window.loom?.model) !== wanted.m) return false;
          const now = await explorer.state();
          return Object.entries(wanted).every(([key, value]) => (now[key] ?? (key === 'm' ? models[0] : '')) === value); // a link leaves out the first model
        }, `the state ${state}`);
        assert.equal(await explorer.message(), '');
      }
    }));

  test('the pictures equal what the native program draws for their states', () => withLesson({}, async (explorer, page) => {
    const folder = mkdtempSync(join(tmpdir(), 'course-')), out = join(folder, 'drawn.png');
    try {
      for (const [n, state] of states.entries()) {
        const {width, height} = frames[n];
        execFileSync(LOOM, ['render', '--weights', join(root, 'weights'), '--state', `#${state}`, '--size', `${width}x${height}`, '--theme', 'light', '--out', out]);
        const urls = [out, join(COURSE, images[n].src)].map((file) => `data:image/png;base64,${readFileSync(file, 'base64')}`);
        const difference = await page.evaluate(meanDifference, urls);
        assert.ok(difference < 3.2, `${images[n].src} is not what its state shows (${difference} of 255): run tools/course-pictures`);
      }
    } finally {
      rmSync(folder, {recursive: true});
    }
  }));

  for (const [device, context] of Object.entries({
    'a desktop': {viewport: {width: 1280, height: 800}}, 'a phone': {viewport: {width: 360, height: 640}, hasTouch: true, isMobile: true},
    'a dark desktop': {colorScheme: 'dark'}, 'a large type': {viewport: {width: 640, height: 400}},
  })) test(`on ${device}: nothing extends beyond the page, and a figure is loaded when it comes near`, () => withLesson(context, async (explorer, page) => {
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'the page scrolls sideways');
    assert.ok(await page.evaluate(() => [...document.querySelectorAll('math')].every((formula) => formula.scrollWidth <= formula.clientWidth + 1)), 'a formula is cut');
    await comesAlive(page, 0);
    assert.ok(await livingFrames(page) <= 4);
  }));

  test('while scrolling through, at most five frames are loaded at a time, and the first comes back as it was left', () => withLesson({}, async (explorer, page) => {
    const entries = await page.evaluate(() => history.length);
    await page.evaluate(() => {
      window.told = [];
      addEventListener('message', ({data}) => data?.type === 'state' && window.told.push(data.state));
    });
    let first = await comesAlive(page, 0);
    await first.locator('#canvas').press('ArrowRight');
    const moved = await until(async () => {
      const now = await zOf(first);
      return now !== zOfState(0) && now;
    }, 'the ring to move');
    await page.evaluate(() => document.activeElement.blur());
    await until(() => page.evaluate((z) => window.told.some((state) => {
      const told = (new URLSearchParams(state).get('z') ?? '').split(',');
      return told.length === 2 && told.every((value, i) => Math.abs(value - z[i]) < 1e-4);
    }), moved.split(',').map(Number)), 'the frame to tell the lesson its view');
    for (const n of [4, frames.length - 1]) {
      await comesAlive(page, n);
      assert.ok(await livingFrames(page) <= 5, `${await livingFrames(page)} frames`);
    }
    assert.ok(first.isDetached(), 'the first frame lives on, far away');
    await comesAlive(page, 0, moved);
    assert.equal(await page.evaluate(() => history.length), entries, 'Back must leave the lesson');
  }));

  test('with only the folder of the lesson, it shows its pictures', () => {
    shared.server.answers['embed.html'] = {status: 404, body: 'no'};
    return withLesson({allowed: [/Failed to load resource/, /^answer 404/]}, async (explorer, page) => {
      await until(() => page.evaluate(() => document.documentElement.classList.contains('pictures')), 'the pictures');
      assert.equal(await page.locator('iframe').count(), 0);
      for (const image of await page.locator('.stage img').all()) {
        await image.scrollIntoViewIfNeeded();
        await until(() => image.evaluate((picture) => picture.complete && picture.naturalWidth > 0 && picture.getBoundingClientRect().height > 100), 'a picture');
      }
    }).finally(() => { delete shared.server.answers['embed.html']; });
  });

  const UNREACHABLE = {allowed: [/Failed to load resource/, /^request failed/]};
  const buttons = (page) => page.getByRole('button', {name: 'Load the live figure'});

  test('without a network it shows its pictures, and every figure has a button that loads it', () => {
    shared.server.answers['embed.html'] = {destroy: true};
    return withLesson(UNREACHABLE, async (explorer, page) => {
      await until(async () => await buttons(page).count() === frames.length, 'the buttons');
      assert.equal(await page.locator('iframe').count(), 0);
      delete shared.server.answers['embed.html'];
      await buttons(page).nth(2).click();
      await comesAlive(page, 2);
      assert.equal(await buttons(page).count(), 0);
    }).finally(() => { delete shared.server.answers['embed.html']; });
  });

  test('a figure that cannot be loaded later shows its picture, and is loaded when the network is back', () => withLesson(UNREACHABLE, async (explorer, page) => {
    await comesAlive(page, 0);
    shared.server.answers['embed.html'] = {destroy: true};
    try {
      await page.locator('.stage').last().evaluate((stage) => stage.scrollIntoView({behavior: 'instant', block: 'center'}));
      await until(async () => await buttons(page).count() === frames.length, 'the buttons');
    } finally {
      delete shared.server.answers['embed.html'];
    }
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await comesAlive(page, frames.length - 1);
  }));

  test('opened as a local file, it shows its pictures', () => withLesson({url: pathToFileURL(join(dist, 'course/index.html')).href, allowed: [/^another host: file:/, /embed\.html/, /^console error: Failed to load resource/,
    /^console error: Not allowed to load local resource: file:/, /^request failed: file:/]}, // of a frame that had started to load
    async (explorer, page) => {
      await until(() => page.evaluate(() => document.documentElement.classList.contains('pictures')), 'the pictures');
      assert.equal(await page.locator('iframe').count(), 0);
      assert.ok(await page.evaluate(() => [...document.images].every((image) => image.naturalWidth > 0)));
    }));

  test('without JavaScript the whole text is readable', () => withLesson({javaScriptEnabled: false}, async (explorer, page) => {
    assert.equal(await page.locator('.lesson').count(), 9);
    assert.equal(await page.locator('.exercises details').count(), 9);
  }));

  test('on paper: pictures instead of frames, the answers at the end', () => withLesson({}, async (explorer, page) => {
    assert.ok(await page.evaluate(() => [...document.images].every((image) => image.complete && image.naturalWidth > 0)), 'a picture is not there yet');
    await page.emulateMedia({media: 'print'});
    const pdf = await page.pdf({format: 'A4', preferCSSPageSize: true});
    const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length;
    assert.ok(pages >= 6 && pages <= 16, `${pages} pages`);
    assert.ok(pdf.toString('latin1').match(/\/Subtype\s*\/Image/g).length >= frames.length, 'pictures are missing in the PDF');
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    const printed = await page.evaluate(() => ({
      frames: [...document.querySelectorAll('iframe')].filter((frame) => frame.checkVisibility()).length,
      images: [...document.querySelectorAll('.stage img')].filter((image) => image.checkVisibility() && image.getBoundingClientRect().height > 100).length,
      answers: [...document.querySelectorAll('main > section:last-child .answers > li')].filter((item) => item.innerText.length > 80).length,
      before: document.querySelectorAll('.exercises details p').length,
      folded: document.querySelectorAll('details:not([open])').length,
    }));
    assert.deepEqual(printed, {frames: 0, images: frames.length, answers: 9, before: 0, folded: 0});
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    await page.emulateMedia({media: 'screen'});
    assert.equal(await page.locator('.exercises details p').count() >= 8, true);
    assert.equal(await page.locator('#answers, details[open]').count(), 0);
  }));
});

const zOf = (frame) => frame.evaluate(() => window.loom?.model && window.loom.frames > 0 ? window.loom.z.map((value) => Math.round(value * 1e5) / 1e5).join() : '').catch(() => '');
const zOfState = (n) => new URLSearchParams(states[n]).get('z');

// Scrolls to the figure and returns its frame once that shows z.
async function comesAlive(page, n, z = zOfState(n)) {
  await page.locator('.stage').nth(n).evaluate((stage) => stage.scrollIntoView({behavior: 'instant', block: 'center'}));
  return until(async () => {
    const handle = await page.locator('.stage').nth(n).locator('iframe').elementHandle({timeout: 1000}).catch(() => null);
    const frame = await handle?.contentFrame();
    return frame && await zOf(frame) === z && frame;
  }, `figure ${n + 1}`, 60000);
}

const livingFrames = (page) => page.evaluate(() => document.querySelectorAll('.stage iframe').length);

// In the page: the mean difference of two pictures of the same size, from 0 to 255.
async function meanDifference(urls) {
  const [a, b] = await Promise.all(urls.map(async (url) => {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height), context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    return context.getImageData(0, 0, image.width, image.height).data;
  }));
  if (a.length !== b.length) return 255;
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs(a[i] - b[i]);
  return sum / a.length * 4 / 3; // opaque: a quarter of the values are equal
}
