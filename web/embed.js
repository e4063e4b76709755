// Starts embed.html inside somebody's page:
//
//   embed.html?start=click&poster=view.png&origin=https://course.example#STATE
//
// start=click   nothing is fetched but this file, frame.js, messages.js and the poster until somebody clicks, or the
//               host says so (messages.js: resume; reveal.js: slide:start)
// poster        a picture beside embed.html (or a data: address) to look at until then; it implies start=click
// origin        the only origin whose messages are taken, and to which this frame speaks; without it, any parent's
// STATE         the view, as in every link; hide= and lock= take away what an embed should not have
//
// In <iframe sandbox="allow-scripts"> a page has no origin of its own, and browsers load its modules and data only from
// hosts that send "Access-Control-Allow-Origin: *". This file is a classic script, which needs no such header, so that
// it can say what is wrong where there is none.
(() => {
  'use strict';
  const query = new URLSearchParams(location.search);
  const canvas = document.getElementById('canvas'), poster = document.getElementById('poster');
  const origin = query.get('origin'), waits = query.get('start') === 'click' || query.has('poster');
  // A classic script of another origin, which every origin is to a sandboxed frame, has no address to import relative to.
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

  // Why a module did not come. An answer that may only be used, not read, says that the host is there.
  async function explain(error) {
    try {
      await fetch('embed.js', {mode: 'no-cors', cache: 'no-store'});
    } catch {
      return fail('The explorer cannot be loaded: the server cannot be reached.', 'network');
    }
    if (window.origin !== 'null' || !(error instanceof TypeError)) return fail('The explorer cannot be loaded: its files are damaged or missing.', 'missing');
    fail('This server keeps its files from sandboxed frames. It should send "Access-Control-Allow-Origin: *", or the ' +
      'frame needs sandbox="allow-scripts allow-same-origin".', 'cors');
  }

  function preload() {
    for (const name of ['page', 'arrivals', 'download', 'first_view', 'lending', 'offline', 'status'])
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
    const picture = query.get('poster');
    document.getElementById('status').hidden = true;
    if (picture) {
      const image = new Image();
      image.alt = '';
      image.src = picture;
      image.onerror = () => addEventListener('online', () => { image.src = picture; }, {once: true});
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
    return fail(`The address of this frame says origin=${origin}, which is no origin such as https://course.example.`);
  if (waits) wait();
  else preload();
  Promise.all([load('frame.js'), load('messages.js')]).then(([{behave}, {connectHost}]) => {
    const manners = behave(canvas);
    connectHost({canvas, origin, manners, start, waits});
    if (!waits) start();
  }, explain);
})();
