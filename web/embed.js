// Starts embed.html inside another page:
//
//   embed.html?start=click&poster=view.png&origin=https://course.example#STATE
//
// start=click   loads nothing but this file, frame.js, messages.js and the poster until the visitor clicks or the host
//               page sends resume (messages.js) or slide:start (reveal.js)
// poster        an image next to embed.html (or a data: URL) that is shown until then; implies start=click
// origin        the only origin that this frame exchanges messages with; default: that of any parent
// STATE         the view, as in every link; hide= and lock= remove and lock parts of the embedded explorer
//
// In <iframe sandbox="allow-scripts"> a page has an opaque origin, and browsers load its modules and data only from
// servers that send "Access-Control-Allow-Origin: *". This file is a classic script, which needs no such header, so it
// can report the error. For the same reason its texts are here and not in texts.js, which is a module.
(() => {
  'use strict';
  const query = new URLSearchParams(location.search);
  const canvas = document.getElementById('canvas'), poster = document.getElementById('poster');
  const origin = query.get('origin'), waits = query.get('start') === 'click' || query.has('poster');
  // In a sandboxed frame this script is cross-origin, and there it has no URL that an import could be relative to.
  const load = (name) => import(new URL(name, document.baseURI).href);
  const isOrigin = (text) => { try { return new URL(text).origin === text; } catch { return false; } };

  function post(type, content) {
    if (window !== window.parent && (origin === null || isOrigin(origin)))
      window.parent.postMessage({loom: 1, type, ...content}, origin ?? '*');
  }

  function fail(message, code) {
    const retry = document.getElementById('retry');
    document.getElementById('status-text').textContent = message;
    document.getElementById('status').hidden = false;
    retry.hidden = code !== 'network' && code !== 'missing';
    retry.onclick = () => location.reload();
    post('error', {code, message});
  }

  // Finds out why a module could not be loaded. A readable response shows that the server sends the header; an opaque
  // one (no-cors) shows that the server can be reached.
  async function explain() {
    const answers = (mode) => fetch('embed.js', {mode, cache: 'no-store'}).then(() => true, () => false);
    if (await answers('cors')) return fail('The explorer cannot be loaded: some of its files are damaged or missing.', 'missing');
    if (!await answers('no-cors')) return fail('The explorer cannot be loaded: the server cannot be reached.', 'network');
    fail('This server does not let sandboxed frames read its files. It should send "Access-Control-Allow-Origin: *", or the ' +
      'iframe needs sandbox="allow-scripts allow-same-origin".', 'cors');
  }

  function preload() {
    for (const name of ['page', 'loader', 'download', 'first_view', 'heap', 'status', 'texts'])
      document.head.append(Object.assign(document.createElement('link'), {rel: 'modulepreload', href: `${name}.js`}));
  }

  function start() {
    if (start.begun) return;
    start.begun = true;
    poster.hidden = true;
    document.getElementById('status').hidden = false;
    if (waits) preload();
    load('page.js').catch(explain);
  }

  function wait() {
    const source = query.get('poster');
    document.getElementById('status').hidden = true;
    if (source) {
      const image = new Image();
      image.alt = '';
      image.src = source;
      image.onerror = () => addEventListener('online', () => { image.src = source; }, {once: true});
      poster.prepend(image);
    }
    poster.hidden = false;
    poster.onclick = () => {
      start();
      canvas.focus({preventScroll: true});
    };
  }

  post('loading');
  if (origin !== null && !isOrigin(origin))
    return fail(`The address of this frame says origin=${origin}, which is no origin; one is https://course.example.`);
  if (waits) wait();
  else preload();
  Promise.all([load('frame.js'), load('messages.js')]).then(([{embedInHost}, {connectHost}]) => {
    connectHost({canvas, origin, pausing: embedInHost(canvas), start, waits});
    if (!waits) start();
  }, explain);
})();
