// A visitor cannot change what is locked: neither by the controls beside the canvas, even if they are enabled by hand,
// nor by files that are pasted or dropped. Messages of the host page may change it (web/messages.js).
import assert from 'node:assert/strict';
import {readFileSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {describe, test} from 'node:test';
import {deflateSync} from 'node:zlib';
import {NO_WEBGL, until, withExplorer} from './help/explorer.mjs';
import {hostPage, setUpHost, withHost} from './help/host.mjs';
import {pngOf} from './help/png.mjs';
import {distFile, manifest, root} from './help/server.mjs';

const {models} = manifest(), [first, second] = models, deep = models.find(({name}) => name === 'fashion-dense-vae-10d');
const parts = readdirSync(join(root, 'src'), {recursive: true}).find((path) => path.split('/').pop() === 'parts.cpp');
const NAMES = [...readFileSync(join(root, 'src', parts), 'utf8').matchAll(/LockRow\{"(\w+)"/g)].map(([, name]) => name);

// For each lock: the fields of the link that it keeps, the tools whose controls change them, and new values for the
// host to set.
const LOCKS = {
  model: {fields: ['m'], tools: [], set: `m=${second.name}`},
  z: {fields: ['z'], tools: ['path', 'near', 'border', 'image'], set: 'z=-1,0.5'},
  view: {fields: ['v'], tools: [], set: 'v=0.5,0.5,0.5'},
  plane: {fields: ['plane', 'w'], tools: ['plane'], set: 'plane=4,5&w=0.5'},
  overlay: {fields: ['overlay'], tools: [], set: 'overlay=holes'},
  tool: {fields: ['tool'], tools: [], set: 'tool=noise'},
  pins: {fields: ['a', 'b'], tools: ['path', 'merge'], set: 'a=1,1&b=0,0'},
  places: {fields: ['places'], tools: ['places'], set: 'places=1,1,0,0'},
  path: {fields: ['path'], tools: ['path'], set: 'path=geodesic'},
  image: {fields: ['x'], tools: ['image', 'strange', 'near'], set: 'x=99'},
  noise: {fields: ['noise'], tools: ['noise'], set: 'noise=masking,0.5'},
  samples: {fields: ['from', 'dots', 'draw'], tools: ['sample'], set: 'from=class:3&draw=9&dots=1'},
  pair: {fields: ['pair'], tools: ['border'], set: 'pair=1,9'},
  other: {fields: ['with', 'cursor'], tools: ['compare'], set: `with=${models[3].name}&cursor=latent`},
  frame: {fields: ['frame'], tools: ['replay'], set: 'frame=7'},
  inside: {fields: ['unit', 'eps'], tools: ['inside'], set: 'unit=encoder,2,1&eps=5'},
  train: {fields: ['train'], tools: ['train'], set: 'train=digits,small,2,vae,b4'},
  tour: {fields: ['tour'], tools: [], set: 'tour=2'},
  classes: {fields: ['c'], tools: [], set: 'c=1,2'},
  names: {fields: ['names'], tools: [], set: 'names=0'},
  marks: {fields: ['marks'], tools: [], set: 'marks=0'},
  theme: {fields: ['theme'], tools: [], set: 'theme=dark'},
};
const SMALL = {width: 720, height: 520}; // a small window draws faster
const NOT_IN_LINKS = ['help']; // whether the help is open: only on the canvas
const STATE = `z=0.5,0.5&v=0.25,0.25,1.5&a=-1,0&b=1,0&places=0,0.5&x=12&noise=gaussian,0.3&from=aggregate&draw=3&pair=2,4&with=${second.name}&frame=3&unit=encoder,2,3&eps=4&c=3,5&theme=light`;
const hashOf = (name, tool) => `#m=${name === 'plane' ? `${deep.name}&plane=2,3` : first.name}&${STATE}${tool ? `&tool=${tool}` : ''}`;
const held = async (explorer, {fields}) => {
  const state = await explorer.state();
  return Object.fromEntries(fields.map((field) => [field, state[field]]));
};

// In the page: operates every control that matches the selector `which`, as if none were disabled, except the choice of
// a model.
const operate = (page, which) => page.evaluate(async (selector) => {
  const states = new Set(); // all of them, because a later control may undo an earlier one
  const frame = () => new Promise((done) => requestAnimationFrame(() => { states.add(window.loom.state); done(); }));
  const all = () => [...document.querySelectorAll(`#controls ${selector}`)].filter(({dataset: {ask, value}}) => ask && ask !== 'model' && value !== 'open-file');
  for (let i = 0; i < Math.min(all().length, 40); i++) {
    const one = all()[i];
    one.disabled = false;
    if (one.matches('select')) {
      for (const option of [one.options[1], one.options[one.options.length - 1]].filter(Boolean)) {
        option.disabled = false;
        one.value = option.value;
        one.dispatchEvent(new Event('change', {bubbles: true}));
        await frame();
      }
    } else if (one.type === 'range') {
      one.value = Number(one.value) < (Number(one.min) + Number(one.max)) / 2 ? one.max : one.min;
      one.dispatchEvent(new Event('input', {bubbles: true}));
      await frame();
    } else {
      one.click();
      await frame();
    }
  }
  await new Promise((done) => setTimeout(done, 150));
  return [...states, window.loom.state];
}, which);

const bring = (page, kind, name, type, bytes) => page.evaluate(({kind, name, type, base64}) => {
  const files = new DataTransfer();
  files.items.add(new File([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))], name, {type}));
  dispatchEvent(kind === 'drop' ? new DragEvent('drop', {dataTransfer: files, cancelable: true}) : new ClipboardEvent('paste', {clipboardData: files, cancelable: true}));
}, {kind, name, type, base64: Buffer.from(bytes).toString('base64')});

const PNG = pngOf(28, 28, 8, deflateSync(Buffer.alloc(28 * 29, 90)));
const SET = Buffer.concat([Buffer.from([0, 0, 8, 3, 0, 0, 0x27, 0x10, 0, 0, 0, 28, 0, 0, 0, 28]), Buffer.alloc(10000 * 784)]); // IDX
const chooseModel = (page) => page.evaluate((name) => {
  const list = document.querySelector('#controls [data-ask=model]');
  list.disabled = false;
  list.value = name;
  list.dispatchEvent(new Event('change', {bubbles: true}));
}, second.name);
const roads = {
  'the controls': (page) => operate(page, '[data-ask]:not([data-ask=panel])'),
  'a pasted image': (page) => bring(page, 'paste', 'mine.png', 'image/png', PNG),
  'a dropped image': (page) => bring(page, 'drop', 'mine.png', 'image/png', PNG),
  'a dropped data set': (page) => bring(page, 'drop', 'mine.idx', '', SET),
  // A model with fewer dimensions has no such plane.
  'a dropped model': (page, lock) => bring(page, 'drop', 'mine.safetensors', '', distFile(lock === 'plane' ? deep.path : second.path)),
};

describe('locks', () => {
  const shared = setUpHost(NO_WEBGL);
  const withPage = (hash, run) => withExplorer(shared, {hash, viewport: SMALL}, async (explorer, page) => {
    await page.waitForSelector('#controls-button');
    await run(explorer, page);
  });
  const settled = async (explorer, page) => {
    await page.waitForTimeout(150);
    await explorer.settled();
  };
  // Goes to another link of the same model without loading the page again.
  const follow = async (explorer, page, hash) => {
    await page.evaluate((link) => { location.hash = link; }, hash);
    const tool = new URLSearchParams(hash.slice(1)).get('tool');
    await until(async () => (await explorer.state()).tool === tool, tool);
    await settled(explorer, page);
  };

  test('the table has every lock', () => assert.deepEqual([...Object.keys(LOCKS), ...NOT_IN_LINKS], NAMES));

  // tests/test_explorer_locks.cpp tests each lock alone against every action. Here several locks share a page. The
  // controls of each must stay reachable, so the locks of overlay and tool are in their own groups.
  const GROUPS = ['model', 'z,pins,places,path,noise,samples,pair,train', 'view,image,other,frame,inside,classes,names', 'plane', 'overlay,marks,theme', 'tool,tour'];

  test('the groups have every lock', () => assert.deepEqual(GROUPS.join().split(',').toSorted(), Object.keys(LOCKS).toSorted()));

  for (const group of GROUPS) {
    const names = group.split(','), fields = names.flatMap((name) => LOCKS[name].fields), used = new Set(names.flatMap((name) => LOCKS[name].tools));
    test(`lock=${group}: no control and no file of the visitor changes it`, () => withPage(`${hashOf(group)}&lock=${group}`, async (explorer, page) => {
      const before = await held(explorer, {fields}), {lock} = await explorer.state();
      assert.deepEqual(lock.split(',').toSorted(), names.toSorted());
      const check = async (road) => {
        await settled(explorer, page);
        assert.deepEqual(await held(explorer, {fields}), before, `changed by ${road}`);
        assert.equal((await explorer.state()).lock, lock);
      };
      if (group === 'model') {
        await chooseModel(page);
        await check('the list of models');
      }
      for (const [road, go] of Object.entries(roads)) {
        await go(page, group);
        await check(road);
      }
      for (const tool of used) {
        await follow(explorer, page, `${hashOf(group, tool)}&lock=${group}`);
        await operate(page, '[data-ask=panel]');
        await check(`the controls of ${tool}`);
      }
    }));
  }

  test('messages of the host page change what is locked, and the locks stay', () => withHost(shared,
    `${hostPage('protocol_host.html')}<iframe src="${shared.server.url}embed.html#lock=all" sandbox="allow-scripts"></iframe>`, {}, async (host) => {
      const guest = await host.frame();
      for (const [name, {set}] of Object.entries(LOCKS)) {
        if (name === 'plane') continue; // of a model with more dimensions
        await host.evaluate((state) => window.ask({loom: 1, type: 'set', id: 1, state}), set);
        const wanted = Object.fromEntries(new URLSearchParams(set));
        await until(async () => {
          const state = await guest.state();
          return Object.entries(wanted).every(([key, value]) => state[key] === value) && state.lock === 'all';
        }, `${set}, though ${name} is locked`);
      }
    }));

  test('without a lock the same actions change every field', async () => {
    const changed = new Set();
    const note = async (explorer, page, before, seen) => {
      await settled(explorer, page);
      const states = (Array.isArray(seen) ? seen : []).map((state) => Object.fromEntries(new URLSearchParams(state)));
      for (const state of [...states, await explorer.state()])
        for (const field of new Set([...Object.keys(before), ...Object.keys(state)])) if (state[field] !== before[field]) changed.add(field);
    };
    await withPage(hashOf('all'), async (explorer, page) => {
      for (const go of Object.values(roads)) {
        const before = await explorer.state();
        await note(explorer, page, before, await go(page));
      }
    });
    // The replay, the compared model, the densities and the page's copy of the panel come late, and later on a slow
    // machine: the tools of what has not changed yet are tried again with more time.
    for (const time of [500, 3000, 10000]) {
      const late = Object.values(LOCKS).filter(({fields}) => fields.some((field) => !changed.has(field)));
      const tools = new Set(late.flatMap((lock) => lock.tools).filter((key) => key !== 'plane'));
      if (tools.size) await withPage(hashOf('all'), async (explorer, page) => {
        for (const tool of tools) {
          await follow(explorer, page, hashOf('all', tool));
          await until(() => page.evaluate((key) => document.querySelector('#controls [data-ask=tool]').value === key, tool), `the controls of ${tool}`);
          const before = await explorer.state();
          await page.waitForTimeout(time);
          await note(explorer, page, before, await operate(page, '[data-ask=panel]'));
        }
      });
    }
    await withPage(hashOf('plane', 'plane'), async (explorer, page) => {
      const before = await explorer.state();
      await operate(page, '[data-ask=panel]');
      await operate(page, '[data-ask=slider]');
      await note(explorer, page, before);
    });
    const never = Object.values(LOCKS).flatMap(({fields}) => fields).filter((field) => !changed.has(field));
    assert.deepEqual(never, []);
  });
});
