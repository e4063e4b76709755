// Damaged, oversized and foreign weight files: the old model stays, a readable message appears, and a retry can
// succeed.
import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {clickClose, clickPickerRow, clickRetry, messageCard} from './help/controls.mjs';
import {NO_WEBGL, setUp, until, withExplorer} from './help/explorer.mjs';
import {assertDecoded} from './help/pictures.mjs';
import {distFile, manifest} from './help/server.mjs';
import {damaged, promising} from './help/weights.mjs';

const [first, second] = manifest().models;
const DAMAGED = damaged(distFile(second.path));
const UNREADABLE = /[\u0000-\u001f\ufffd]|undefined|null|std::|nan\b|\[object/i;

// There is a readable message, and the previous model still works.
async function assertRefused(explorer, file) {
  const message = await until(() => explorer.message(), 'a message');
  assert.ok(message.length > 30 && message.length < 500, `the message has ${message.length} characters: ${message}`);
  assert.ok(message.includes(file), `the message does not name ${file}: ${message}`);
  assert.doesNotMatch(message.replace(/NaN/g, ''), UNREADABLE);
  assert.match(message, /The previous model is still shown/);
  assert.equal(await explorer.model(), first.name);
  await messageCard(explorer);
  const z = await explorer.z();
  await explorer.press('Shift+ArrowRight');
  assert.notDeepEqual(await explorer.z(), z);
  assertDecoded(first.name, await explorer.shown());
  return message;
}

describe('damaged weight files', () => {
  const shared = setUp({}, NO_WEBGL);
  const withPage = (answers, run, options = {}) => {
    for (const path of Object.keys(shared.server.answers)) delete shared.server.answers[path];
    Object.assign(shared.server.answers, answers);
    return withExplorer(shared, options, run);
  };
  const choose = (explorer) => clickPickerRow(explorer, 1);

  test('from the network: files that differ from the manifest are refused, and Try again works', async (t) => {
    for (const what of ['cut in half', 'one bit wrong', 'an HTML page', '70 MB'])
      await withPage({[second.path]: {body: DAMAGED[what]}}, async (explorer) => {
        await choose(explorer);
        t.diagnostic(`${what}: ${await assertRefused(explorer, second.path)}`);
        delete shared.server.answers[second.path];
        await clickRetry(explorer);
        await explorer.ready(second.name);
        assert.equal(await explorer.message(), '');
        assertDecoded(second.name, await explorer.shown());
      });
  });

  for (const [what, answer] of Object.entries({'404': {status: 404, body: 'no'}, '500': {status: 500, body: 'no'}, 'a broken connection': {destroy: true}}))
    test(`${what}: refused, Try again works, Close closes`, (t) => withPage({[second.path]: answer}, async (explorer) => {
      await choose(explorer);
      t.diagnostic(await assertRefused(explorer, second.path));
      await clickRetry(explorer); // fails again
      await assertRefused(explorer, second.path);
      await clickClose(explorer);
      assert.equal(await explorer.message(), '');
      delete shared.server.answers[second.path];
      await choose(explorer);
      await explorer.ready(second.name);
      assertDecoded(second.name, await explorer.shown());
    }, {allowed: [/Failed to load resource/, /^answer (404|500)/, /^request failed/]}));

  for (const [what, body] of Object.entries(DAMAGED))
    test(`matches the manifest, refused by the reader: ${what}`, (t) => withPage(
      {'build.json': {body: promising(manifest(), second.name, body)}, [second.path]: {body}}, async (explorer) => {
        await choose(explorer);
        t.diagnostic(await assertRefused(explorer, second.path));
      }));

  test('the visitor\'s own files', (t) => withPage({}, async (explorer, page) => {
    for (const [what, buffer] of Object.entries(DAMAGED)) {
      if (buffer.length > 50e6) continue; // Playwright accepts no larger ones; the next test makes one
      const chooser = page.waitForEvent('filechooser');
      await clickPickerRow(explorer, manifest().models.length);
      await (await chooser).setFiles({name: 'mine.safetensors', mimeType: '', buffer});
      t.diagnostic(`${what}: ${await assertRefused(explorer, 'mine.safetensors')}`);
      await clickClose(explorer);
    }
  }));

  test('a file of the visitor that is too large', () => withPage({}, async (explorer, page) => {
    await page.evaluate(() => {
      const files = new DataTransfer();
      files.items.add(new File([new Uint8Array(70 * 2 ** 20)], 'large.safetensors'));
      dispatchEvent(new DragEvent('drop', {dataTransfer: files, cancelable: true}));
    });
    assert.match(await until(() => explorer.message(), 'a message'), /large\.safetensors.*70 MB.*at most 64/);
    assert.equal(await explorer.model(), first.name);
    assertDecoded(first.name, await explorer.shown());
  }));
});
