// WebKitGTK's MiniBrowser with WebKitWebDriver, which implements W3C WebDriver: JSON over HTTP.
import {spawn} from 'node:child_process';
import {existsSync, readdirSync} from 'node:fs';
import {createServer} from 'node:net';
import {setTimeout as pause} from 'node:timers/promises';
import {openDisplay} from './display.mjs';

const KEYS = {ArrowLeft: '\uE012', ArrowUp: '\uE013', ArrowRight: '\uE014', ArrowDown: '\uE015', Tab: '\uE004', Shift: '\uE008',
  Alt: '\uE00A', Escape: '\uE00C', Home: '\uE011', Enter: '\uE007'};

const freePort = () => new Promise((done) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const {port} = server.address();
    server.close(() => done(port));
  });
});

const miniBrowser = () => process.env.MINIBROWSER ??
  readdirSync('/usr/lib').map((folder) => `/usr/lib/${folder}/webkit2gtk-4.1/MiniBrowser`).find(existsSync);

export const webkit = {
  name: 'WebKitGTK',
  async open({width = 1000, height = 720, pixelRatio = 1, webgl = true} = {}) {
    const display = await openDisplay(), port = await freePort(), url = `http://127.0.0.1:${port}`;
    const driver = spawn('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], {stdio: 'ignore',
      env: {...process.env, DISPLAY: display.name, LIBGL_ALWAYS_SOFTWARE: '1', GDK_SCALE: String(pixelRatio), GDK_BACKEND: 'x11', NO_AT_BRIDGE: '1'}});
    async function call(method, path, body) {
      const response = await fetch(url + path, {method, body: body && JSON.stringify(body)});
      const {value} = await response.json();
      if (!response.ok) throw new Error(`${path}: ${value?.error}: ${value?.message}`);
      return value;
    }
    for (let tries = 0; ; tries++) {
      const status = await call('GET', '/status').catch(() => null);
      if (status) break;
      if (tries > 300) throw new Error('WebKitWebDriver does not answer');
      await pause(50);
    }
    const {sessionId} = await call('POST', '/session', {capabilities: {alwaysMatch: {browserName: 'MiniBrowser',
      'webkitgtk:browserOptions': {binary: miniBrowser(), args: ['--automation', ...(webgl ? [] : ['--features=!WebGL'])]}}}});
    const command = (method, path, body) => call(method, `/session/${sessionId}${path}`, body);
    await command('POST', '/timeouts', {script: 60000, pageLoad: 60000});
    const act = (actions) => command('POST', '/actions', {actions: [{type: 'pointer', id: 'mouse', parameters: {pointerType: 'mouse'}, actions}]});
    const evaluate = async (work, ...given) => {
      const answer = await command('POST', '/execute/async', {args: given, script: `const done = arguments[arguments.length - 1];
        Promise.resolve((${work})(...Array.from(arguments).slice(0, -1))).then((value) => done({value}), (error) => done({error: String(error)}));`});
      if (answer?.error) throw new Error(answer.error);
      return answer?.value;
    };
    // Resizes the window so that the page has this size.
    async function resize(size) {
      const before = await command('POST', '/window/rect', {width: size.width + 20, height: size.height + 60});
      const [w, h] = await evaluate(() => [innerWidth, innerHeight]);
      await command('POST', '/window/rect', {width: before.width + size.width - w, height: before.height + size.height - h});
    }
    await resize({width, height});
    return {
      problems: [],
      go: (address) => command('POST', '/url', {url: address}),
      evaluate, resize,
      move: (x, y) => act([{type: 'pointerMove', x: Math.round(x), y: Math.round(y), duration: 20}]),
      down: () => act([{type: 'pointerDown', button: 0}]),
      up: () => act([{type: 'pointerUp', button: 0}]),
      async key(name) {
        const keys = name.length > 1 ? name.split('+').map((key) => KEYS[key] ?? key) : [name];
        await command('POST', '/actions', {actions: [{type: 'key', id: 'keys', actions: [
          ...keys.map((value) => ({type: 'keyDown', value})), ...keys.reverse().map((value) => ({type: 'keyUp', value}))]}]});
      },
      tap: null, // MiniBrowser has no touch screen
      back: () => command('POST', '/back', {}),
      async hideFor(milliseconds) {
        const here = await command('GET', '/window');
        const {handle} = await command('POST', '/window/new', {type: 'tab'});
        await command('POST', '/window', {handle});
        await pause(milliseconds);
        await command('DELETE', '/window');
        await command('POST', '/window', {handle: here});
      },
      print: null, // no such command in WebKitWebDriver
      screenshot: async () => Buffer.from(await command('GET', '/screenshot'), 'base64'),
      async close() {
        await command('DELETE', '').catch(() => {});
        driver.kill();
        display.close();
      },
    };
  },
};
