// A new version of the site never harms a visitor: a page has the files of one version, and an update that breaks off
// leaves the version before.
import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {describe, test} from 'node:test';
import {clickPickerRow} from './help/controls.mjs';
import {setUp, until, withExplorer} from './help/explorer.mjs';
import {distFile, manifest} from './help/server.mjs';

const CHANGED = ['index.html', 'page.js', 'host.js', 'style.css', 'texts.js', 'share.js', 'controls.js', 'loom-first.wasm'];
const LOGIN = {type: 'text/html', body: '<!doctype html><title>Log in to the network</title>'};
const ALLOWED = {offline: true, allowed: [/ERR_|Failed to load resource|error occurred when fetching the script/, /^request failed/, /^answer (4|5)0/]};
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
const mark = (version) => `version ${version} of this site`;

// What a server of version n answers where that differs from dist/. Every file in CHANGED says which version it is of.
function versionAnswers(n) {
  const next = structuredClone(manifest()), answers = {};
  for (const name of CHANGED) {
    const file = next.files[name], old = distFile(file.path), note = mark(n);
    const added = /\.html$/.test(name) ? `<!-- ${note} -->` : /\.wasm$/.test(name) ? null : `/* ${note} */`;
    // A custom section at the end of a wasm file is ignored when it runs.
    const body = added ? Buffer.concat([old, Buffer.from(added)]) : Buffer.concat([old, Buffer.from([0, note.length + 1, 0]), Buffer.from(note)]);
    const path = /\.wasm$/.test(name) ? `assets/loom-first.${sha256(body).slice(0, 12)}.wasm` : file.path;
    answers[path] = {body, type: {html: 'text/html', js: 'text/javascript', css: 'text/css', wasm: 'application/wasm'}[name.split('.').at(-1)]};
    next.files[name] = {path, bytes: body.length, sha256: sha256(body)};
  }
  answers['build.json'] = {type: 'application/json', body: JSON.stringify(next)};
  return answers;
}

// The stored versions: {name of the cache: {complete, versions found in its files, files that are not what its build.json says}}.
const storedVersions = (page) => page.evaluate(async () => {
  const hex = async (bytes) => Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)), (b) => b.toString(16).padStart(2, '0')).join('');
  const out = {};
  for (const name of (await caches.keys()).filter((key) => !key.endsWith('state'))) {
    const cache = await caches.open(name), list = await cache.match('build.json');
    const files = list && Object.values((await list.json()).files), found = new Set(), wrong = [];
    for (const request of list ? await cache.keys() : []) {
      const bytes = await (await cache.match(request)).arrayBuffer(), path = new URL(request.url).pathname.slice(1);
      for (const [, n] of new TextDecoder().decode(bytes).matchAll(/version (\d+) of this site/g)) found.add(+n);
      const entry = files.find((file) => file.path === path);
      if (path !== 'build.json' && !entry) wrong.push(`${path} is of another version`);
      if (entry && await hex(bytes) !== entry.sha256) wrong.push(path);
    }
    out[name] = {complete: Boolean(list), found: [...found], wrong};
  }
  const state = await (await caches.open('latent-loom state')).match('state');
  return {caches: out, current: state ? (await state.json()).current : null};
});

// Asks the worker to look for a new version, and waits until it has finished.
const look = (page) => page.evaluate(async () => {
  const {active} = await navigator.serviceWorker.ready, {port1, port2} = new MessageChannel();
  const looked = new Promise((done) => { port1.onmessage = done; });
  active.postMessage({keep: []}, [port2]);
  await looked;
});

function assertWhole({caches, current}, version, words) {
  const stored = caches[`latent-loom ${current}`];
  assert.ok(stored?.complete, `${words}: no whole version`);
  assert.deepEqual(stored.wrong, [], words);
  assert.deepEqual(stored.found, version ? [version] : [], `${words}: files of several versions`);
}

// Which version the page's own files are of, asked through the worker.
const servedVersions = (page, paths) => page.evaluate(async (all) => Promise.all(all.map(async (path) =>
  +(/version (\d+) of this site/.exec(await (await fetch(path)).text())?.[1] ?? 0))), paths);
const PAGE_FILES = ['./', 'page.js', 'host.js', 'style.css', 'texts.js', 'share.js', 'controls.js'];

describe('updates', () => {
  const shared = setUp();
  const serve = (n) => {
    for (const path of Object.keys(shared.server.answers)) delete shared.server.answers[path];
    shared.server.down = false;
    if (n > 0) Object.assign(shared.server.answers, versionAnswers(n));
  };
  const first = (page) => until(async () => (await storedVersions(page)).current, 'the first version to be stored');

  test('an update that breaks off at any file leaves the old version whole, and goes on later', () => withExplorer(shared, {...ALLOWED, before: () => serve(0)}, async (explorer, page) => {
    await first(page);
    let version = 0, next = 0;
    const faults = {
      'the connection breaks': () => ({destroy: true}),
      'a log-in page comes instead': () => LOGIN,
      'the server is out of order': () => ({status: 503, body: 'busy'}),
      'half of the file comes': (answer) => ({...answer, body: answer.body.subarray(0, answer.body.length >> 1)}),
    };
    for (const [words, fault] of Object.entries(faults))
      for (const name of ['build.json', ...CHANGED]) {
        serve(++next); // what a broken-off update has stored is not fetched again, so every fault has a version of its own
        const path = name === 'loom-first.wasm' ? Object.keys(shared.server.answers).find((one) => one.endsWith('.wasm')) : name;
        const good = shared.server.answers[path];
        shared.server.answers[path] = fault({...good, body: Buffer.from(good.body)});
        await look(page);
        assertWhole(await storedVersions(page), version, `${words}: ${name}`);
        assert.deepEqual(await servedVersions(page, PAGE_FILES), PAGE_FILES.map(() => version), `${words}: ${name}`);
        if (name !== 'share.js') continue;
        // Without a network the old version starts; with one the update goes on where it was.
        shared.server.down = true;
        await page.reload();
        await explorer.ready();
        shared.server.down = false;
        serve(next);
        await look(page);
        assertWhole(await storedVersions(page), next, `after ${words}`);
        await page.locator('#newer').waitFor();
        assert.deepEqual(await servedVersions(page, ['host.js']), [version], 'an open page keeps its version');
        await page.locator('#newer button').first().click();
        await page.waitForLoadState();
        await explorer.ready();
        assert.deepEqual(await servedVersions(page, PAGE_FILES), PAGE_FILES.map(() => next));
        assert.equal(await page.locator('#newer').count(), 0);
        version = next;
      }
    serve(version);
    await look(page);
    assert.equal(Object.keys((await storedVersions(page)).caches).length, 1, 'versions that nothing uses are deleted');
    serve(0);
  }));

  test('a network that answers every request with its log-in page changes nothing', () => withExplorer(shared, {...ALLOWED, before: () => serve(0)}, async (explorer, page) => {
    await first(page);
    for (const path of ['build.json', ...Object.values(manifest().files).map((file) => file.path)]) shared.server.answers[path] = LOGIN;
    await page.reload();
    await explorer.ready();
    await look(page);
    assertWhole(await storedVersions(page), 0, 'after the log-in page');
    assert.equal(await page.title(), 'Latent Loom');
    serve(0);
  }));

  test('a stored version that the browser has deleted is fetched again', () => withExplorer(shared, {...ALLOWED, before: () => serve(0)}, async (explorer, page) => {
    const current = await first(page);
    await page.evaluate((name) => caches.delete(name), `latent-loom ${current}`);
    await page.reload();
    await explorer.ready();
    await look(page);
    assertWhole(await storedVersions(page), 0, 'after the deletion');
  }));

  test('two pages of different versions are open at once, and each keeps its own', () => withExplorer(shared, {...ALLOWED, before: () => serve(0)}, async (explorer, page) => {
    await first(page);
    await page.reload();
    await explorer.ready();
    serve(1);
    await look(page);
    const other = await page.context().newPage();
    await other.goto(shared.server.url);
    await until(() => other.evaluate(() => window.loom?.model), 'the second page');
    assert.deepEqual(await servedVersions(other, PAGE_FILES), PAGE_FILES.map(() => 1));
    assert.deepEqual(await servedVersions(page, PAGE_FILES), PAGE_FILES.map(() => 0));
    assert.equal(await page.locator('#newer').count(), 1);
    assert.equal(await other.locator('#newer').count(), 0);
    await other.close();
    serve(0);
  }));

  test('an old page asks for a model that the new version no longer has: it says that there is a newer version', () => withExplorer(shared, {...ALLOWED, before: () => serve(0)}, async (explorer, page) => {
    await first(page);
    await page.reload();
    await explorer.ready();
    serve(1);
    const [, second] = manifest().models;
    shared.server.answers[second.path] = {status: 404, body: 'not found'};
    await clickPickerRow(explorer, 1);
    await page.locator('#newer').waitFor();
    assert.equal(await explorer.model(), manifest().models[0].name);
    serve(0);
  }));
});

describe('updates, on a host that lets browsers keep files for ten minutes', () => {
  const shared = setUp({cacheControl: 'max-age=600'});

  // Without a service worker, as on a first visit.
  test('a new page runs none of the scripts of the old version', () => withExplorer(shared, {allowed: ALLOWED.allowed}, async (explorer, page) => {
    await page.goto('about:blank');
    const next = versionAnswers(1), index = manifest().files['index.html'];
    const old = /\?v=([0-9a-f]{8})/.exec(distFile(index.path).toString())[1];
    next['index.html'].body = Buffer.from(next['index.html'].body.toString().replaceAll(`?v=${old}`, '?v=01234567').replace(/content="default-src[^"]*"/, 'content=""'));
    Object.assign(shared.server.answers, next);
    shared.server.requests.length = 0;
    await page.goto(`${shared.server.url}?again`);
    await explorer.ready();
    const asked = shared.server.requests.map(({path}) => path);
    for (const path of ['page.js', 'host.js', 'texts.js', 'style.css']) assert.ok(asked.includes(path), `${path} came from the cache of the old version`);
  }));
});
