// <latent-loom> in a page on another server (help/element_host.html).
import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {NO_WEBGL, quietTime, until} from './help/explorer.mjs';
import {hostPage, setUpHost, withHost} from './help/host.mjs';
import {LINKS} from './help/links.mjs';
import {assertDecoded} from './help/pictures.mjs';
import {manifest} from './help/server.mjs';

const {models} = manifest(), [first, second, third] = models.map(({name}) => name);
const pause = (time = 400) => new Promise((done) => setTimeout(done, time));

describe('element', () => {
  const shared = setUpHost(NO_WEBGL);
  const page = (elements, loom = shared.server.url) => hostPage('element_host.html', loom).replace('{{ELEMENTS}}', elements);
  const heard = (host, type, id = 'loom') => host.evaluate(([wanted, of]) => window.heard.filter((one) => one.type === wanted && one.id === of).map(({detail}) => detail), [type, id]);
  const call = (host, work) => host.page.evaluate(`(async (loom) => (${work}))(document.getElementById('loom'))`);

  test('attributes, properties, methods and events', () => withHost(shared, page(`<latent-loom id="loom" loading="eager" model="${second}" z="0.3, -1.2" overlay="density" hide="legend,header" theme="dark" aria-label="Karte"></latent-loom>`), {}, async (host) => {
    const guest = await host.frame();
    const [ready] = await until(async () => (await heard(host, 'ready')).length && heard(host, 'ready'), 'ready');
    assert.equal(ready.model, second);
    assert.equal(ready.state, `m=${second}&z=0.3,-1.2&overlay=density&theme=dark&hide=header,legend`);
    assertDecoded(second, await guest.frame.evaluate(() => ({z: window.loom.z, pixels: Array.from(window.loom.picture.pixels)})));
    assert.equal(await guest.frame.evaluate(() => window.origin), 'null');
    const frame = await guest.frame.frameElement();
    assert.equal(await frame.getAttribute('sandbox'), 'allow-scripts');
    assert.equal(await frame.getAttribute('title'), 'Karte');
    assert.deepEqual(await call(host, '[loom.model, loom.ready, loom.models.length, loom.hide]'), [second, true, models.length, 'legend,header']);

    await call(host, 'void (loom.z = [1, 0.5])');
    await until(async () => (await heard(host, 'z')).some(({z}) => z[0] === 1 && z[1] === 0.5), 'the event z');
    assert.equal(await host.evaluate(() => document.getElementById('z').textContent), '1.00 / 0.50');
    assert.deepEqual((await call(host, 'loom.get()')).z, [1, 0.5]);
    await call(host, "loom.setAttribute('overlay', 'holes')");
    await call(host, "loom.removeAttribute('hide')");
    await call(host, "void (loom.lock = 'z')");
    await until(async () => /overlay=holes&theme=dark&lock=z$/.test(await guest.get('state')), 'the attributes');
    assert.match(await guest.get('state'), /z=1,0\.5/, 'what was not touched stays');
    await call(host, "loom.removeAttribute('lock')");
    await until(async () => !/lock/.test(await guest.get('state')), 'no lock');
    const set = await call(host, "loom.set({state: 'z=-1,0&tool=path', z: [-2, 0]})");
    assert.deepEqual(set.z, [-2, 0]);
    await until(async () => /tool=path/.test(await call(host, 'loom.state')), 'the property state');
    await assert.rejects(call(host, "loom.set({z: ['x', 0]})"), /z must be/);
    await assert.rejects(call(host, "loom.set({state: 'm=nobody'})"), /no model nobody/);
    await call(host, `void (loom.model = '${first}')`);
    await until(async () => (await heard(host, 'state')).some(({model}) => model === first), 'the other model');

    await call(host, 'loom.pause()');
    await call(host, 'loom.get()');
    const before = await guest.frames();
    await call(host, 'void (loom.z = [0, 1])');
    await call(host, 'loom.get()'); // answered after everything that was set before
    await host.settled(guest);
    assert.equal(await guest.frames(), before);
    await call(host, 'loom.resume()');
    await until(async () => await guest.frames() > before, 'a frame');
    assert.deepEqual(await heard(host, 'error'), []);
  }));

  const fieldsOf = (link) => Object.fromEntries(new URLSearchParams(link));
  const arrived = async (guest, link) => {
    const wanted = fieldsOf(link);
    await until(async () => await guest.get('model') === wanted.m, wanted.m);
    await until(async () => {
      const now = await guest.state();
      return Object.entries(wanted).every(([key, value]) => now[key] === value);
    }, `all of ${link}`).catch(async () => assert.deepEqual(await guest.state(), wanted));
    assert.deepEqual(await guest.state(), wanted);
  };
  const pathOf = (name) => models.find((model) => model.name === name).path;
  const delayed = async (name, delay, run) => {
    shared.server.answers[pathOf(name)] = {delay};
    try {
      await run();
    } finally {
      delete shared.server.answers[pathOf(name)];
    }
  };

  for (const [what, link] of Object.entries(LINKS))
    test(`a model that is not loaded yet, with ${what}: by set({state}) and by the attribute`, async () => {
      await withHost(shared, page('<latent-loom id="loom" loading="eager" z="0.2,0.1"></latent-loom>'), {}, async (host) => {
        const guest = await host.frame();
        await until(async () => (await heard(host, 'ready')).length, 'ready');
        await call(host, `loom.set({state: '${link}'})`);
        await arrived(guest, link);
      });
      await withHost(shared, page('<latent-loom id="loom" loading="eager"></latent-loom>'), {}, async (host) => {
        const guest = await host.frame();
        await until(async () => (await heard(host, 'ready')).length, 'ready');
        await call(host, `loom.setAttribute('state', '${link}')`);
        await arrived(guest, link);
      });
    });

  test('attributes set one after the other while the model of the first is still loading', () => delayed(second, 1500, () => withHost(shared, page('<latent-loom id="loom" loading="eager" z="0.2,0.1"></latent-loom>'), {}, async (host) => {
    const guest = await host.frame();
    await until(async () => (await heard(host, 'ready')).length, 'ready');
    await call(host, `loom.setAttribute('model', '${second}')`);
    await pause();
    await call(host, "loom.setAttribute('z', '0.75,-0.5')");
    await pause();
    await call(host, "loom.setAttribute('overlay', 'density')");
    await pause();
    await call(host, "void (loom.hide = 'legend')");
    await arrived(guest, `m=${second}&z=0.75,-0.5&overlay=density&hide=legend`);
    assert.deepEqual(await heard(host, 'error'), []);
  })));

  test('z set while the model is still loading', () => delayed(second, 1500, () => withHost(shared, page('<latent-loom id="loom" loading="eager"></latent-loom>'), {}, async (host) => {
    const guest = await host.frame();
    await until(async () => (await heard(host, 'ready')).length, 'ready');
    await call(host, `loom.set({state: 'm=${second}&z=0.5,0.5&v=0.5,0.25,0.75&a=0,0&b=1,1'})`);
    await call(host, 'loom.set({z: [-0.5, 0.25]})');
    await arrived(guest, `m=${second}&z=-0.5,0.25&v=0.5,0.25,0.75&a=0,0&b=1,1`);
  })));

  test('a third model set while the second loads, and a failed one set again', () => withHost(shared, page('<latent-loom id="loom" loading="eager"></latent-loom>'), {}, async (host) => {
    const guest = await host.frame();
    await until(async () => (await heard(host, 'ready')).length, 'ready');
    const link = `m=${third}&z=-0.5,0.25&v=-0.25,0.25,0.5&a=-1,0&b=0.5,1&x=12`, again = `m=${second}&z=0.5,0.5&v=0.5,0.25,0.75&overlay=density`;
    await delayed(second, 1500, async () => {
      await call(host, `loom.set({state: 'm=${second}&z=1,1&v=0,0,0.5'})`);
      await pause();
      await call(host, `loom.set({state: '${link}'})`);
      await arrived(guest, link);
      await pause(2000);
      await arrived(guest, link);
    });
    await call(host, `loom.set({state: '${again}'})`);
    await arrived(guest, again);
  }));

  test('a failed download, and the same link again', () => withHost(shared, page('<latent-loom id="loom" loading="eager"></latent-loom>'), {allowed: [/500/]}, async (host) => {
    const guest = await host.frame(), link = `m=${second}&z=0.5,0.5&v=0.5,0.25,0.75&a=0,0&b=1,1&overlay=density`;
    await until(async () => (await heard(host, 'ready')).length, 'ready');
    shared.server.answers[pathOf(second)] = {status: 500, body: 'no'};
    try {
      await call(host, `loom.set({state: '${link}'})`);
      const [error] = await until(async () => (await heard(host, 'error')).length && heard(host, 'error'), 'the error');
      assert.equal(error.code, 'shown');
    } finally {
      delete shared.server.answers[pathOf(second)];
    }
    await call(host, `loom.set({state: '${link}'})`);
    await arrived(guest, link);
  }));

  test('its size and style do not depend on the page\'s style sheet', () => withHost(shared, page('<latent-loom id="loom" loading="eager"></latent-loom>'), {}, async (host) => {
    const guest = await host.frame(), box = await (await guest.frame.frameElement()).boundingBox();
    assert.deepEqual([box.width, box.height], [640, 420]);
    assert.equal(await host.evaluate(() => getComputedStyle(document.body).fontSize), '20px', 'the host looks as before');
    const {middle: [x, y]} = await host.place(guest, 'plane');
    await host.page.mouse.click(x + 50, y);
    await until(async () => (await heard(host, 'z')).length, 'z of a click');
  }));

  test('loading="lazy" loads when it comes near, loading="click" on a click, nothing before', async () => {
    shared.server.requests.length = 0;
    const poster = 'data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 width=%228%22 height=%225%22%3E%3Crect width=%228%22 height=%225%22 fill=%22teal%22/%3E%3C/svg%3E';
    await withHost(shared, page(`<latent-loom id="clicked" loading="click" poster="${poster}"></latent-loom><div style="height: 3000px"></div><latent-loom id="loom" z="1,1"></latent-loom>`), {}, async (host) => {
      const paths = () => shared.server.requests.map(({path}) => path);
      await until(() => host.evaluate(() => document.getElementById('clicked').shadowRoot?.querySelector('button')), 'the poster');
      await quietTime();
      assert.deepEqual(paths(), ['latent-loom.js']);
      assert.equal(await host.evaluate(() => document.getElementById('clicked').shadowRoot.querySelector('img').naturalWidth), 8);
      await host.evaluate(() => document.getElementById('loom').scrollIntoView());
      await until(async () => (await heard(host, 'ready')).length, 'the lazy one');
      assert.equal((await host.frames()).length, 1);
      await host.evaluate(() => scrollTo(0, 0));
      await host.page.locator('#clicked').click();
      await until(async () => (await heard(host, 'ready', 'clicked')).length, 'the one that was clicked');
      assert.equal(host.page.frames().length, 3);
      assert.equal(await host.evaluate(() => document.activeElement.id), 'clicked');
    });
  });

  test('Escape leaves it, and Tab goes on behind it', () => withHost(shared, page('<latent-loom id="loom" loading="eager"></latent-loom>'), {}, async (host) => {
    const guest = await host.frame(), {middle} = await host.place(guest, 'plane');
    await host.page.mouse.click(...middle);
    assert.equal(await host.evaluate(() => document.activeElement.id), 'loom');
    await host.page.keyboard.press('Escape');
    await until(async () => (await heard(host, 'left')).length, 'left');
    assert.equal(await host.evaluate(() => document.getElementById('loom').shadowRoot.activeElement.id), 'behind');
    const z = await guest.get('z');
    await host.page.keyboard.press('ArrowRight');
    await host.settled(guest);
    assert.deepEqual(await guest.get('z'), z);
    await host.page.keyboard.press('Tab');
    assert.equal(await host.evaluate(() => document.activeElement.id), 'after');
  }));

  test('removed from the page and inserted again', () => withHost(shared, page('<latent-loom id="loom" loading="eager"></latent-loom>'), {}, async (host) => {
    await host.frame();
    await until(async () => (await heard(host, 'ready')).length === 1, 'ready');
    await host.evaluate(() => {
      window.element = document.getElementById('loom');
      window.asked = element.get().catch((error) => error.message);
      element.remove();
    });
    assert.match(await host.evaluate(() => window.asked), /removed from the page/);
    await host.evaluate(() => document.body.prepend(window.element));
    await until(async () => (await heard(host, 'ready')).length === 2, 'ready again');
  }));

  test('on the host page\'s own server without CORS header', () => withHost(shared, page('<latent-loom id="loom" loading="eager" z="1,0"></latent-loom>', shared.closed.url), {from: shared.closed, allowed: [/CORS policy/, /ERR_FAILED/, /can escape its sandboxing/]}, async (host) => {
    await until(async () => (await heard(host, 'ready')).length, 'ready');
    assert.deepEqual(await call(host, 'loom.z'), [1, 0]);
    assert.deepEqual(await heard(host, 'error'), [], 'the page need not know');
  }));

  test('a frame that could not be loaded is reported, and a button loads it', async () => {
    shared.server.answers['embed.html'] = {destroy: true};
    try {
      await withHost(shared, page('<latent-loom id="loom" loading="eager" z="1,0.5"></latent-loom>'), {allowed: [/ERR_EMPTY_RESPONSE/]}, async (host) => {
        const [error] = await until(async () => (await heard(host, 'error')).length && heard(host, 'error'), 'the error');
        assert.equal(error.code, 'network');
        assert.match(error.message, /127\.0\.0\.1:\d+ cannot be reached/);
        const retry = host.page.locator('#loom').getByRole('button', {name: 'Try again'});
        assert.ok(await retry.isVisible());
        delete shared.server.answers['embed.html'];
        await retry.click();
        await until(async () => (await heard(host, 'ready')).length, 'ready');
        assert.deepEqual(await call(host, 'loom.z'), [1, 0.5]);
        assert.equal(await retry.count(), 0);
      });
    } finally {
      delete shared.server.answers['embed.html'];
    }
  });

  test('a frame whose scripts did not load has its own button', async () => {
    for (const script of ['messages.js', 'page.js']) {
      shared.server.answers[script] = {destroy: true};
      try {
        await withHost(shared, page('<latent-loom id="loom" loading="eager" z="1,0.5"></latent-loom>'), {allowed: [/ERR_EMPTY_RESPONSE/]}, async (host) => {
          const [error] = await until(async () => (await heard(host, 'error')).length && heard(host, 'error'), 'the error');
          assert.equal(error.code, 'missing', script);
          const [guest] = await host.frames(), retry = guest.frame.getByRole('button', {name: 'Try again'});
          delete shared.server.answers[script];
          await retry.click();
          await until(async () => (await heard(host, 'ready')).length, 'ready');
          assert.deepEqual(await call(host, 'loom.z'), [1, 0.5]);
        });
      } finally {
        delete shared.server.answers[script];
      }
    }
  });

  test('a poster that did not load is fetched when the network is back', async () => {
    shared.host.answers['view.svg'] = {destroy: true};
    await withHost(shared, page('<latent-loom id="loom" loading="click" poster="view.svg"></latent-loom>'), {allowed: [/ERR_EMPTY_RESPONSE/]}, async (host) => {
      const width = () => host.evaluate(() => document.getElementById('loom').shadowRoot.querySelector('img').naturalWidth);
      await until(() => host.evaluate(() => document.getElementById('loom').shadowRoot.querySelector('img').complete), 'the failure');
      assert.equal(await width(), 0);
      shared.host.answers['view.svg'] = {type: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="10"/>'};
      await host.evaluate(() => dispatchEvent(new Event('online')));
      await until(async () => await width() === 16, 'the poster');
    });
    delete shared.host.answers['view.svg'];
  });

  test('failures are reported', async () => {
    shared.server.answers['build.json'] = {status: 404, body: 'gone'};
    try {
      await withHost(shared, page('<latent-loom id="loom" loading="eager"></latent-loom>'), {allowed: [/404/]}, async (host) => {
        const [error] = await until(async () => (await heard(host, 'error')).length && heard(host, 'error'), 'the error');
        assert.match(error.message, /404/);
        assert.equal(error.code, 'start');
      });
    } finally {
      delete shared.server.answers['build.json'];
    }
  });
});
