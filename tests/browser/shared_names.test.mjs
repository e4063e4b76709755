// Names and orders that JavaScript and C++ must agree on.
import assert from 'node:assert/strict';
import {readFileSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {describe, test} from 'node:test';
import {NO_WEBGL, setUp, withExplorer} from './help/explorer.mjs';
import {root} from './help/server.mjs';

const source = (name) => {
  const found = readdirSync(join(root, 'src'), {recursive: true}).filter((path) => path.split('/').pop() === name);
  assert.equal(found.length, 1, `${name} in src/`);
  return readFileSync(join(root, 'src', found[0]), 'utf8');
};
const list = (text, name) => [...new RegExp(`\\b${name} = \\[([^\\]]*)\\]`).exec(text)[1].matchAll(/'(\w+)'/g)].map(([, word]) => word);

describe('names that JavaScript and C++ share', () => {
  const shared = setUp({}, NO_WEBGL);

  test('the fields of a shape of the first view, and its kinds', () => {
    const header = source('first_view.h'), script = readFileSync(join(root, 'web/first_view.js'), 'utf8');
    const [, body] = /struct FirstShape \{([\s\S]*?)\n\};/.exec(header);
    const fields = [...body.replace(/\/\/.*/g, '').matchAll(/\b[\w:]+ ([\w, ]+);/g)].flatMap(([, names]) => names.split(', '));
    assert.deepEqual(list(script, 'SHAPE_WORDS'), fields);
    const [, kinds] = /enum class FirstKind : std::int32_t \{([^}]*)\}/.exec(header);
    assert.deepEqual(list(script, 'KINDS'), kinds.trim().split(', '));
  });

  test('the longest link: a message may set every state that a frame sends', () => {
    const [, longest] = /kMaxLinkLength = (\d+)/.exec(source('link.h'));
    assert.equal(/MAX_STATE = (\d+)/.exec(readFileSync(join(root, 'web/messages.js'), 'utf8'))[1], longest);
  });

  test('the phases of a training run', () => {
    const [, phases] = /enum class TrainPhase : std::uint8_t \{([^}]*)\}/.exec(source('training_run.h'));
    assert.deepEqual(list(readFileSync(join(root, 'web/inspector.js'), 'utf8'), 'PHASES'), phases.trim().split(/,\s*/));
  });

  test('what the module asks of the training, the page answers', () => {
    const [, asked] = /kTrainAsks\{([^}]*)\}/.exec(source('platform_web.h'));
    const [, answers] = /const asks = \{([\s\S]*?)\n {2}\};/.exec(readFileSync(join(root, 'web/train_here.js'), 'utf8'));
    const names = [...answers.matchAll(/^ {4}(\w+)[:,]/gm)].map(([, name]) => name);
    assert.deepEqual(names.toSorted(), [...asked.matchAll(/"(\w+)"/g)].map(([, name]) => name).toSorted());
  });

  test('only the host\'s files, inspector.js and what draws images to share call functions of the explorer\'s module', () => {
    const others = readdirSync(join(root, 'web')).filter((name) => name.endsWith('.js') && !/^(host\w*|inspector|loom|share|share_svg)\.js$/.test(name));
    assert.deepEqual(others.filter((name) => /\._loom_/.test(readFileSync(join(root, 'web', name), 'utf8'))), []);
  });

  test('parts of the window are requested by name, and an unknown name is an error', () => withExplorer(shared, {hash: '#tool=sample'}, async (explorer, page) => {
    for (const part of ['plane', 'header', 'decoded', 'reading', 'tool', 'controls']) {
      const {width, height} = await explorer.place(part);
      assert.ok(width > 0 && height > 0, `${part} has ${width} x ${height}`);
    }
    assert.equal((await explorer.place('legend')).width, 0, 'the tool has its place');
    assert.deepEqual(await explorer.place('other'), {x: 0, y: 0, width: 0, height: 0}, 'there is no second plane');
    await assert.rejects(explorer.place('palne'), /no part palne/);
    assert.deepEqual(await page.evaluate(() => window.loom.pressable('nothing')), {x: 0, y: 0, width: 0, height: 0});
  }));

  test('parts of the first view', () => withExplorer(shared, {ready: false, before: (page) => page.route('**/loom-explorer*.wasm', () => {})}, async (explorer, page) => {
    const place = (part) => page.waitForFunction((name) => {
      try {
        return window.loomFirst?.place(name);
      } catch (error) {
        return error.message;
      }
    }, part).then((handle) => handle.jsonValue());
    const plane = await place('plane'), decoded = await place('decoded');
    assert.ok(plane.width > decoded.width && decoded.width > 0);
    assert.match(await place('palne'), /no part palne/);
  }));
});
