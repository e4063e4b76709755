// The messages between embed.html and its host page (web/messages.js): valid, invalid and unrelated ones.
import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {NO_WEBGL, quietTime, until} from './help/explorer.mjs';
import {hostPage, setUpHost, withHost} from './help/host.mjs';
import {manifest} from './help/server.mjs';

const {models} = manifest(), [first, second] = models.map(({name}) => name);

const SLOW = 180000; // ms for a short training on a busy machine

const BAD = {
  'no version': [{loom: undefined, type: 'get', id: 1}, /loom must be 1/],
  'a version to come': [{loom: 2, type: 'get', id: 1}, /loom must be 1/],
  'a type that is none': [{loom: 1, type: 'explode', id: 1}, /unknown type/],
  'a type of every object': [{loom: 1, type: 'constructor', id: 1}, /unknown type/],
  'a state that is no string': [{loom: 1, type: 'set', id: 1, state: {z: 1}}, /state must be/],
  'a state without end': [{loom: 1, type: 'set', id: 1, state: 'z=1,1&'.repeat(4000)}, /state must be/],
  'z of three': [{loom: 1, type: 'set', id: 1, z: [1, 2, 3]}, /z must be/],
  'z of words': [{loom: 1, type: 'set', id: 1, z: ['1', '2']}, /z must be/],
  'z beyond all': [{loom: 1, type: 'set', id: 1, z: [1e9, 0]}, /z must be/],
  'z that is none': [{loom: 1, type: 'set', id: 1, z: [NaN, 0]}, /z must be/],
  'nothing to set': [{loom: 1, type: 'set', id: 1}, /set needs/],
  'a field by mistake': [{loom: 1, type: 'set', id: 1, sate: 'z=1,1'}, /no field of the name sate/],
  'a field of every object': [{loom: 1, type: 'get', id: 1, constructor: 1}, /no field of the name constructor/],
  'nothing to ask of the training': [{loom: 1, type: 'train', id: 1}, /train needs ask/],
  'a training that is asked to fly': [{loom: 1, type: 'train', id: 1, ask: 'fly'}, /ask must be one of/],
  'a training that is asked to save a file': [{loom: 1, type: 'train', id: 1, ask: 'saveWeights'}, /ask must be one of/],
  'a model that is not here': [{loom: 1, type: 'set', id: 1, state: 'm=somebody-else'}, /no model somebody-else/],
};

describe('protocol', () => {
  const shared = setUpHost(NO_WEBGL);
  const frame = (address = '', more = '') => `${hostPage('protocol_host.html')}<iframe src="${shared.server.url}embed.html${address}" sandbox="allow-scripts" ${more}></iframe>`;
  const heard = (host, type) => host.evaluate((wanted) => window.heard.filter(({data}) => data.type === wanted).map(({data}) => data), type);
  const ask = (host, message) => host.evaluate((content) => window.ask(content), message);

  test('ready, get, set, z and state', () => withHost(shared, frame('#z=1,0.5&hide=legend&theme=dark'), {}, async (host) => {
    const guest = await host.frame();
    const [ready] = await until(async () => (await heard(host, 'ready')).length && heard(host, 'ready'), 'ready');
    assert.deepEqual(ready.models.map(({name}) => name), models.map(({name}) => name));
    assert.ok(ready.models.every(({title}) => title.length > 2));
    assert.equal(ready.model, first);
    assert.deepEqual(ready.z, [1, 0.5]);
    assert.equal(ready.state, `m=${first}&z=1,0.5&theme=dark&hide=legend`);

    const got = await ask(host, {loom: 1, type: 'get', id: 'a'});
    assert.match(got.spoken, /^z 1\.00, 0\.50: /);
    assert.deepEqual({...got, spoken: ''}, {loom: 1, type: 'reply', id: 'a', model: first, state: ready.state, z: [1, 0.5], spoken: '', paused: false});

    const moved = await ask(host, {loom: 1, type: 'set', id: 2, z: [-1, 0.25]});
    assert.deepEqual(moved.z, [-1, 0.25]);
    assert.deepEqual(await guest.get('z'), [-1, 0.25]);
    await until(async () => (await heard(host, 'z')).some(({z}) => z[0] === -1), 'the event z');
    await until(async () => (await heard(host, 'state')).some(({state, spoken}) => /z=-1,0\.25/.test(state) && /-1\.00/.test(spoken.replace('\u2212', '-'))), 'the event state');

    const set = await ask(host, {loom: 1, type: 'set', id: 3, state: '#z=0.5,0.5&overlay=density'});
    assert.equal(set.state, `m=${first}&z=0.5,0.5&overlay=density&theme=dark&hide=legend`, 'theme and hide stay');
    const shown = await ask(host, {loom: 1, type: 'set', id: 4, state: 'hide=&theme=light&lock=z', z: [2, 0]});
    assert.equal(shown.state, `m=${first}&z=2,0&theme=light&lock=z`, 'the host may what the visitor may not');
    await ask(host, {loom: 1, type: 'set', id: 5, state: `m=${second}`});
    await until(async () => (await heard(host, 'state')).some(({model}) => model === second), 'the other model');
    assert.ok((await host.evaluate(() => window.heard.every(({origin}) => origin === 'null'))), 'a frame in a sandbox has no origin');
    assert.deepEqual(await heard(host, 'error'), []);
  }));

  test('a host trains in a sandboxed frame and receives its progress', () => withHost(shared, frame('#train=fashion,small,2,vae,e6&lock=all'), {}, async (host) => {
    const guest = await host.frame(), told = () => heard(host, 'training');
    await until(async () => (await heard(host, 'ready')).length, 'ready');
    assert.deepEqual(await told(), []);
    await ask(host, {loom: 1, type: 'train', id: 1, ask: 'start'}); // locks restrict the visitor, not the host
    await until(async () => (await told()).some(({phase, epoch}) => phase === 'running' && epoch >= 1), 'the first epoch', SLOW);
    await ask(host, {loom: 1, type: 'train', id: 2, ask: 'pause'});
    await until(async () => /paused|finished/.test((await told()).at(-1).phase), 'the pause', SLOW);
    await ask(host, {loom: 1, type: 'train', id: 3, ask: 'goOn'});
    await until(async () => (await told()).at(-1).phase === 'finished', 'the end', SLOW);
    const last = (await told()).at(-1);
    assert.deepEqual([last.epoch, last.epochs], [6, 6]);
    const losses = (await told()).filter(({loss}) => loss > 0).map(({loss}) => loss);
    assert.ok(losses.length > 1 && losses.every((loss) => loss > 200 && loss < 600), losses.join());
    assert.equal(await guest.get('model'), 'trained-here');
    assert.deepEqual(await heard(host, 'error'), []);
  }));

  test('while a model loads, a link without a model and a z alone apply to that model', () => withHost(shared, frame('#z=1,0.5'), {}, async (host) => {
    const guest = await host.frame(), {path} = models[1];
    await until(async () => (await heard(host, 'ready')).length, 'ready');
    shared.server.answers[path] = {delay: 1500};
    try {
      await ask(host, {loom: 1, type: 'set', id: 1, state: `m=${second}&z=1,1&theme=dark`});
      await ask(host, {loom: 1, type: 'set', id: 2, state: 'z=-0.5,0.25&v=-0.25,0.25,0.5&overlay=density'});
      await ask(host, {loom: 1, type: 'set', id: 3, z: [0.5, -0.25]});
      await until(async () => await guest.get('model') === second, 'the model');
    } finally {
      delete shared.server.answers[path];
    }
    assert.equal((await ask(host, {loom: 1, type: 'get', id: 4})).state, `m=${second}&z=0.5,-0.25&v=-0.25,0.25,0.5&overlay=density&theme=dark`);
    await ask(host, {loom: 1, type: 'set', id: 5, z: [0.75, 0.5]});
    assert.deepEqual(await guest.get('z'), [0.75, 0.5]);
    assert.equal(await guest.get('model'), second);
  }));

  test('changes by the visitor are reported; a locked z does not change', () => withHost(shared, frame('#lock=view'), {}, async (host) => {
    const guest = await host.frame(), {middle: [x, y]} = await host.place(guest, 'plane');
    await host.page.mouse.click(x + 60, y);
    const told = await until(async () => (await heard(host, 'z')).at(-1), 'z');
    assert.deepEqual(told.z, await guest.get('z'));
    await ask(host, {loom: 1, type: 'set', id: 1, state: 'z=0,1&lock=all'});
    await host.page.mouse.click(x - 60, y);
    await host.page.keyboard.press('ArrowLeft');
    await host.page.keyboard.press('t');
    await host.settled(guest);
    assert.equal((await ask(host, {loom: 1, type: 'get', id: 2})).state, `m=${first}&z=0,1&lock=all`);
  }));

  test('pause and resume, and reveal.js: no frame is drawn while paused', () => withHost(shared, frame('#overlay=density'), {}, async (host) => {
    const guest = await host.frame(), {middle: [x, y]} = await host.place(guest, 'plane');
    for (const [stop, go] of [[{loom: 1, type: 'pause'}, {loom: 1, type: 'resume'}], ['slide:stop', 'slide:start']]) {
      await host.evaluate((message) => window.say(message), stop);
      assert.equal((await ask(host, {loom: 1, type: 'get', id: 1})).paused, true);
      const before = await guest.frames();
      await host.page.mouse.move(x, y);
      await host.page.mouse.click(x + 30, y);
      await host.page.keyboard.press('ArrowLeft');
      const told = await ask(host, {loom: 1, type: 'set', id: 2, z: [0.75, -0.5]});
      assert.deepEqual(told.z, [0.75, -0.5], 'what is set while paused is known at once');
      await quietTime();
      assert.equal(await guest.frames(), before, 'a frame was drawn while paused');
      await host.evaluate((message) => window.say(message), go);
      await until(async () => await guest.frames() > before, 'a frame after resume');
      await host.settled(guest);
      assert.deepEqual(await guest.get('z'), [0.75, -0.5]);
      await host.page.mouse.click(x, y - 60); // above the overlay's legend
      await until(async () => (await guest.get('z'))[0] !== 0.75, 'z where the click is');
    }
  }));

  test('a paused frame that is resized still shows its view', () => withHost(shared, frame('#z=1,0.5'), {}, async (host) => {
    const guest = await host.frame();
    await host.settled(guest);
    await host.evaluate(() => window.say({loom: 1, type: 'pause'}));
    await ask(host, {loom: 1, type: 'get', id: 1});
    const before = await host.page.locator('iframe').screenshot();
    await guest.frame.evaluate(() => dispatchEvent(new Event('resize')));
    await quietTime();
    assert.ok(before.equals(await host.page.locator('iframe').screenshot()));
  }));

  test('a frame outside the window draws nothing', () => withHost(shared, frame(), {}, async (host) => {
    const guest = await host.frame();
    await guest.frame.evaluate(() => {
      Object.defineProperty(document, 'visibilityState', {configurable: true, get: () => window.pretended});
      window.pretended = 'hidden';
      document.dispatchEvent(new Event('visibilitychange'));
    });
    const before = await guest.frames();
    await ask(host, {loom: 1, type: 'set', id: 1, z: [1, 1]});
    await host.evaluate(() => window.say('slide:start')); // does not make it visible
    await ask(host, {loom: 1, type: 'get', id: 2});
    await host.settled(guest);
    assert.equal(await guest.frames(), before);
    await guest.frame.evaluate(() => {
      window.pretended = 'visible';
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await until(async () => await guest.frames() > before, 'a frame');
  }));

  test('invalid messages get an answer and change nothing; unrelated ones get no answer', () => withHost(shared, frame('#z=1,1'), {}, async (host) => {
    const guest = await host.frame(), state = await guest.get('state');
    for (const [what, [message, words]] of Object.entries(BAD)) {
      const answer = await ask(host, message);
      assert.equal(answer.type, 'error', what);
      assert.equal(answer.code, 'message', what);
      assert.match(answer.message, words, what);
    }
    await host.evaluate(() => {
      window.say({loom: 1, type: 'get'});
      window.say({loom: 1, type: 'get', id: {}});
    });
    await until(async () => (await heard(host, 'error')).filter(({id}) => id === undefined).length === 2, 'two errors without id');
    const before = await host.evaluate(() => window.heard.length);
    await host.evaluate(() => {
      for (const message of ['slide:jump', '', 7, null, [1], {type: 'set', z: [0, 0]}, new Map([['loom', 1]])]) window.say(message);
    });
    await ask(host, {loom: 1, type: 'get', id: 'last'}); // answered after earlier messages
    assert.equal(await host.evaluate(() => window.heard.length), before + 1);
    assert.equal(await guest.get('state'), state);
  }));

  test('only messages of the parent are accepted, and only from the origin in the address', async () => {
    const origin = new URL(shared.host.url).origin;
    await withHost(shared, `${frame(`?origin=${encodeURIComponent(origin)}#z=1,1`)}<iframe id="stranger" srcdoc="<p>"></iframe>`, {}, async (host) => {
      const guest = await host.frame();
      assert.deepEqual((await ask(host, {loom: 1, type: 'get', id: 1})).z, [1, 1]);
      const stranger = host.page.frames().find((one) => one.url() === 'about:srcdoc');
      await stranger.evaluate(() => {
        window.heard = [];
        addEventListener('message', ({data}) => window.heard.push(data));
        parent.frames[0].postMessage({loom: 1, type: 'set', id: 9, z: [0, 0]}, '*');
      });
      await ask(host, {loom: 1, type: 'get', id: 2});
      await quietTime();
      assert.deepEqual(await stranger.evaluate(() => window.heard), []);
      assert.deepEqual(await guest.get('z'), [1, 1]);
    });
    await withHost(shared, frame(`?origin=${encodeURIComponent('https://elsewhere.example')}#z=1,1`), {allowed: [/does not match the recipient/]}, async (host) => {
      const guest = await host.frame();
      await host.evaluate(() => window.say({loom: 1, type: 'set', id: 1, z: [0, 0]}));
      await quietTime();
      assert.deepEqual(await host.evaluate(() => window.heard), []);
      assert.deepEqual(await guest.get('z'), [1, 1]);
    });
    await withHost(shared, frame('?origin=nowhere'), {}, async (host) => {
      const [guest] = await host.frames();
      await until(() => guest.frame.evaluate(() => /no origin/.test(document.getElementById('status-text').textContent)), 'the words');
    });
  });

  test('messages that arrive before the explorer has loaded are queued; resume starts a waiting one', () => withHost(shared, frame('?start=click#z=1,1'), {}, async (host) => {
    await until(async () => (await heard(host, 'waiting')).length, 'waiting');
    await host.evaluate(() => {
      window.say({loom: 1, type: 'set', id: 'early', z: [0.5, 0]});
      window.say({loom: 1, type: 'get', id: 'then'});
    });
    await quietTime();
    assert.deepEqual(await heard(host, 'reply'), []);
    await host.evaluate(() => window.say('slide:start'));
    const replies = await until(async () => (await heard(host, 'reply')).length === 2 && heard(host, 'reply'), 'the answers');
    assert.deepEqual(replies.map(({id, z}) => [id, z]), [['early', [0.5, 0]], ['then', [0.5, 0]]]);
    const types = await host.evaluate(() => window.heard.map(({data}) => data.type));
    assert.ok(types.indexOf('ready') < types.indexOf('reply'), `${types}`);
  }));

  test('a failure is reported', async () => {
    shared.server.answers['build.json'] = {status: 404, body: 'gone'};
    try {
      await withHost(shared, frame(), {allowed: [/404/]}, async (host) => {
        const [error] = await until(async () => (await heard(host, 'error')).length && heard(host, 'error'), 'the error');
        assert.equal(error.code, 'start');
        assert.match(error.message, /404/);
      });
    } finally {
      delete shared.server.answers['build.json'];
    }
  });
});
