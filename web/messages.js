// The protocol between embed.html and the page around it, version 1: objects sent by postMessage, each with
// `loom: 1` and a `type`. <latent-loom> (latent-loom.js) speaks it; a page may as well speak it itself.
//
// Host to frame:
//   {loom: 1, type: 'set', id?, state?, z?}  state: a view as in every link ('overlay=holes&z=1,-0.5'), which replaces
//                                    what is seen; model, theme, hide and lock stay unless it names them ('lock=' names
//                                    nothing, so nothing is locked any more). z: [z1, z2], the place that is decoded.
//                                    Locks bind the visitor, not the host.
//   {loom: 1, type: 'get', id}
//   {loom: 1, type: 'pause', id?}    no frame is drawn from here on
//   {loom: 1, type: 'resume', id?}   goes on; starts a frame that waits for a click
//   'slide:start', 'slide:stop'      strings, as reveal.js sends them: as resume and pause
//
// Frame to host:
//   {loom: 1, type: 'loading'}       the frame is there; one that is loaded and has not said so holds an error page of the browser
//   {loom: 1, type: 'waiting'}       there is a poster to click, or a resume to send
//   {loom: 1, type: 'ready', models, model, state, z}   once, when the first model is seen; models: [{name, title}]
//   {loom: 1, type: 'z', z}          z is somewhere else; at most once per drawn frame
//   {loom: 1, type: 'state', state, z, model, spoken}   something has changed and then been quiet for 150 ms; spoken:
//                                    what a screen reader says of it
//   {loom: 1, type: 'reply', id, model, state, z, spoken, paused}   to a message with an id, after it took effect; the
//                                    model that a set asks for may still be on its way
//   {loom: 1, type: 'error', id?, code?, message}   a message was wrong (then with its id), or something failed; code:
//                                    'message', 'start', 'shown' (the visitor sees it too), 'cors', 'network', 'missing'
//   {loom: 1, type: 'left'}          Escape was pressed: the host should take the focus
//
// id is a string of at most 64 characters or a finite number. Messages that come before `ready` wait for it; pause and
// resume do not. Checked are source (only the parent), origin (?origin=, see embed.js) and every field: without `loom` a
// message is somebody else's and ignored; another version, an unknown type or field, or a wrong value is answered by an
// error and changes nothing.

const VERSION = 1;
const MAX_STATE = 1024;   // characters, as in src/explorer/link.h
const MAX_ID = 64;        // characters
const LARGEST = 1e4;      // of a coordinate
const STATE_DELAY = 150;  // ms
const KEPT = ['theme', 'hide', 'lock']; // fields of the state that stay when a set does not name them

const isId = (id) => (typeof id === 'string' && id.length <= MAX_ID) || Number.isFinite(id);
const isState = (state) => typeof state === 'string' && state.length <= MAX_STATE;
const isZ = (z) => Array.isArray(z) && z.length === 2 && z.every((value) => Number.isFinite(value) && Math.abs(value) <= LARGEST);

// Fields of each type besides loom, type and id: what they must be.
const SCHEMA = {
  set: {state: [isState, `a string of at most ${MAX_STATE} characters`], z: [isZ, `two numbers of at most ${LARGEST}`]},
  get: {}, pause: {}, resume: {},
};

// What is wrong with a message, in words; empty: nothing.
function complaint(message) {
  if (message.loom !== VERSION) return `loom must be ${VERSION}, the version that is spoken here`;
  const fields = Object.hasOwn(SCHEMA, message.type) ? SCHEMA[message.type] : null;
  if (!fields) return `unknown type; known are ${Object.keys(SCHEMA).join(', ')}`;
  for (const [name, value] of Object.entries(message)) {
    if (name === 'loom' || name === 'type') continue;
    const [isRight, what] = name === 'id' ? [isId, `a string of at most ${MAX_ID} characters or a number`] : fields[name] ?? [];
    if (!isRight) return `${message.type} has no field of the name ${name.slice(0, MAX_ID)}`;
    if (!isRight(value)) return `${name} must be ${what}`;
  }
  if (message.type === 'get' && message.id === undefined) return 'get needs an id';
  if (message.type === 'set' && message.state === undefined && message.z === undefined) return 'set needs state or z';
  return '';
}

const fieldsOf = (state) => state.replace(/^#/, '').split('&').filter(Boolean);
const keyOf = (field) => field.split('=')[0];

// The new state with what it leaves open taken from the one that is seen.
function withKept(state, seen) {
  const fields = fieldsOf(state), named = new Set(fields.map(keyOf));
  const kept = fieldsOf(seen).filter((field) => KEPT.includes(keyOf(field)) && !named.has(keyOf(field)));
  return [...fields, ...kept].join('&');
}

// canvas: tells what happens (page.js); origin: the only one to talk to, or null; manners: frame.js; start(): fetches
// the explorer; waits: it does so only when told.
export function connectHost({canvas, origin, manners, start, waits}) {
  if (window === window.parent) return;
  const post = (type, content) => window.parent.postMessage({loom: VERSION, type, ...content}, origin ?? '*');
  let remote = null, isReady = false, stateTimer = 0;
  let seen = {z: [], state: '', message: ''};
  const early = []; // messages before the explorer is ready

  const report = () => {
    const {model, state, z, spoken} = window.loom;
    return {model, state, z, spoken};
  };
  const refuse = (message, id) => post('error', {...(isId(id) && {id}), code: 'message', message});

  function carryOut({type, id, state, z}) {
    if (state !== undefined) {
      const wanted = /(?:^|[#&])m=([^&]*)/.exec(state)?.[1];
      if (wanted && !remote.models.some(({name}) => name === wanted)) return refuse(`there is no model ${wanted.slice(0, MAX_ID)} here`, id);
      remote.follow(withKept(state, window.loom.state));
    }
    if (z !== undefined) remote.place(...z);
    if (id !== undefined) post('reply', {id, ...report(), paused: manners.held});
  }

  function take(message) {
    if (message.type === 'pause' || message.type === 'resume') {
      manners.hold('host', message.type === 'pause');
      if (message.type === 'resume') start();
    }
    isReady ? carryOut(message) : early.push(message);
  }

  addEventListener('message', ({source, origin: from, data}) => {
    if (source !== window.parent || (origin !== null && from !== origin)) return;
    if (data === 'slide:start') return take({type: 'resume'});
    if (data === 'slide:stop') return take({type: 'pause'});
    if (typeof data !== 'object' || data === null || !Object.hasOwn(data, 'loom')) return;
    const wrong = complaint(data);
    wrong ? refuse(wrong, data.id) : take(data);
  });

  canvas.addEventListener('loom-ready', ({detail}) => { remote = detail; });
  canvas.addEventListener('loom-failed', ({detail}) => {
    post('error', {code: 'start', message: detail});
    for (const {id} of early.splice(0)) if (id !== undefined) refuse('the explorer did not start', id);
  });
  canvas.addEventListener('loom-left', () => post('left'));
  canvas.addEventListener('loom-changed', () => {
    // The module speaks while it starts: a moment later everything is there.
    queueMicrotask(() => remote && window.loom && tellChange());
  });

  function tellChange() {
    const {message, model} = window.loom, now = report();
    if (message && message !== seen.message) post('error', {code: 'shown', message});
    const before = seen;
    seen = {...now, message};
    if (!isReady) {
      if (!model) return;
      isReady = true;
      const {state, z} = now;
      post('ready', {models: remote.models, model, state, z});
      return early.splice(0).forEach(carryOut);
    }
    if (now.z.some((value, i) => value !== before.z[i])) post('z', {z: now.z});
    if (now.state === before.state && now.model === before.model) return;
    clearTimeout(stateTimer);
    stateTimer = setTimeout(() => post('state', report()), STATE_DELAY);
  }

  if (waits) post('waiting');
}
