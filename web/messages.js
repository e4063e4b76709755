// The protocol between embed.html and the page around it (the host), version 1: objects sent by postMessage, each with
// `loom: 1` and a `type`. The element <latent-loom> (latent-loom.js) uses it; any page may use it directly.
//
// Host to frame:
//   {loom: 1, type: 'set', id?, state?, z?}  state: a view as in a link ('overlay=holes&z=1,-0.5'). It replaces the
//                                    current view, but model, theme, hide and lock stay unless it names them ('lock='
//                                    removes all locks). z: [z1, z2], the point that is decoded. Both may change what is
//                                    locked: locks restrict the visitor, not the host.
//   {loom: 1, type: 'get', id}
//   {loom: 1, type: 'train', id?, ask}   asks the tool "Train a model": 'start' (what the field `train` of the view says),
//                                    'pause', 'goOn', or 'epoch' (one epoch, from a pause). Nothing trains unasked
//   {loom: 1, type: 'pause', id?}    draws no frames until resume
//   {loom: 1, type: 'resume', id?}   draws again; also starts a frame that waits for a click
//   'slide:start', 'slide:stop'      strings that reveal.js sends: same as resume and pause
//
// Frame to host:
//   {loom: 1, type: 'loading'}       sent first. A frame that loads but does not send it shows a browser error page
//   {loom: 1, type: 'waiting'}       waits for a click on the poster, or for resume
//   {loom: 1, type: 'ready', models, model, state, z}   once, when the first model is shown; models: [{name, title}]
//   {loom: 1, type: 'z', z}          z has changed; at most once per frame drawn
//   {loom: 1, type: 'state', state, z, model, spoken}   the view has changed, sent 150 ms after the last change;
//                                    spoken: its description for screen readers
//   {loom: 1, type: 'training', phase, epoch?, epochs?, loss?, imagesPerSecond?, secondsLeft?, failure?}   how far the
//                                    training is; phase: 'loading', 'starting', 'running', 'paused', 'finished', 'failed';
//                                    loss: the mean of the epoch so far, or null
//   {loom: 1, type: 'reply', id, model, state, z, spoken, paused}   answers a message with an id, once it has taken
//                                    effect; a model that `set` names may still be loading
//   {loom: 1, type: 'error', id?, code?, message}   a message was invalid (then with its id), or something failed;
//                                    code: 'message', 'start', 'shown' (the visitor sees it too), 'cors', 'network',
//                                    'missing'
//   {loom: 1, type: 'left'}          Escape was pressed: the host should take the focus
//
// id is a string of at most 64 characters or a finite number. Messages that arrive before `ready` are handled after it,
// except pause and resume. The frame accepts messages only from its parent, and only from the origin in its address
// (?origin=, see embed.js). A message without `loom` is ignored. Another version, an unknown type or field, or an
// invalid value is answered with an error and changes nothing.

const VERSION = 1;
const MAX_STATE = 16384;  // characters, as kMaxLinkLength in src/explorer/link/link.h: what `get` answers, `set` accepts
const MAX_ID = 64;        // characters
const MAX_COORDINATE = 1e4;
const STATE_DELAY = 150;  // ms
const KEPT_FIELDS = ['theme', 'hide', 'lock']; // stay when a set does not name them; the module keeps the model

const TRAIN_ASKS = ['start', 'pause', 'goOn', 'epoch'];

const isId = (id) => (typeof id === 'string' && id.length <= MAX_ID) || Number.isFinite(id);
const isState = (state) => typeof state === 'string' && state.length <= MAX_STATE;
const isZ = (z) => Array.isArray(z) && z.length === 2 && z.every((value) => Number.isFinite(value) && Math.abs(value) <= MAX_COORDINATE);

// The fields of each type besides loom, type and id: a check, and a description of valid values.
const SCHEMA = {
  set: {state: [isState, `a string of at most ${MAX_STATE} characters`], z: [isZ, `two numbers of at most ${MAX_COORDINATE}`]},
  train: {ask: [(ask) => TRAIN_ASKS.includes(ask), `one of ${TRAIN_ASKS.join(', ')}`]},
  get: {}, pause: {}, resume: {},
};

// Describes what is wrong with a message; '' if it is valid.
function problemWith(message) {
  if (message.loom !== VERSION) return `loom must be ${VERSION}, the version of this protocol`;
  const fields = Object.hasOwn(SCHEMA, message.type) ? SCHEMA[message.type] : null;
  if (!fields) return `unknown type; the types are ${Object.keys(SCHEMA).join(', ')}`;
  for (const [name, value] of Object.entries(message)) {
    if (name === 'loom' || name === 'type') continue;
    const [isRight, what] = name === 'id' ? [isId, `a string of at most ${MAX_ID} characters or a number`] : Object.hasOwn(fields, name) ? fields[name] : [];
    if (!isRight) return `${message.type} has no field of the name ${name.slice(0, MAX_ID)}`;
    if (!isRight(value)) return `${name} must be ${what}`;
  }
  if (message.type === 'get' && message.id === undefined) return 'get needs an id';
  if (message.type === 'train' && message.ask === undefined) return 'train needs ask';
  if (message.type === 'set' && message.state === undefined && message.z === undefined) return 'set needs state or z';
  return '';
}

const fieldsOf = (state) => state.replace(/^#/, '').split('&').filter(Boolean);
const keyOf = (field) => field.split('=')[0];

// The new state, with those kept fields of the current one that it does not name.
function withKeptFields(state, current) {
  const fields = fieldsOf(state), named = new Set(fields.map(keyOf));
  const kept = fieldsOf(current).filter((field) => KEPT_FIELDS.includes(keyOf(field)) && !named.has(keyOf(field)));
  return [...fields, ...kept].join('&');
}

const modelOf = (link) => fieldsOf(link).find((field) => keyOf(field) === 'm')?.slice(2);
const withField = (link, key, value) => [...fieldsOf(link).filter((field) => keyOf(field) !== key), `${key}=${value}`].join('&');

// canvas: sends the events of status.js; origin: the only one to exchange messages with, or null for any; pausing: the
// result of embedInHost (frame.js); start(): loads the explorer; waits: only after a click or a resume message.
export function connectHost({canvas, origin, pausing, start, waits}) {
  if (window === window.parent) return;
  const post = (type, content) => window.parent.postMessage({loom: VERSION, type, ...content}, origin ?? '*');
  let remote = null, isReady = false, stateTimer = 0;
  let last = {z: [], state: '', message: ''}; // the values sent last
  let loading = null; // {link, before}: the last link that named another model, and the model shown then
  const early = [];   // messages that arrived before the explorer was ready

  const report = () => {
    const {model, state, z, spoken} = window.loom;
    return {model, state, z, spoken};
  };
  const replyError = (message, id) => post('error', {...(isId(id) && {id}), code: 'message', message});

  function setView(state, z) {
    if (loading && window.loom.model !== loading.before) loading = null;
    let link = state === undefined ? loading?.link : withKeptFields(state, window.loom.state);
    if (link === undefined) return remote.place(...z);
    // A link without a model, or a z alone, is for the model that is being loaded.
    if (loading && !modelOf(link)) link = withField(link, 'm', modelOf(loading.link));
    const isShown = !modelOf(link) || modelOf(link) === window.loom.model;
    if (z !== undefined && !isShown) link = withField(link, 'z', z.join(','));
    loading = isShown ? null : {link, before: window.loom.model};
    remote.follow(link);
    if (z !== undefined && isShown) remote.place(...z);
  }

  function execute({type, id, state, z, ask}) {
    const wanted = state === undefined ? undefined : modelOf(state);
    if (wanted && !remote.models.some(({name}) => name === wanted)) return replyError(`there is no model ${wanted.slice(0, MAX_ID)} here`, id);
    if (type === 'set') setView(state, z);
    if (type === 'train') remote.train(ask);
    if (id !== undefined) post('reply', {id, ...report(), paused: pausing.isPaused});
  }

  function receive(message) {
    if (message.type === 'pause' || message.type === 'resume') {
      pausing.pause('host', message.type === 'pause');
      if (message.type === 'resume') start();
    }
    isReady ? execute(message) : early.push(message);
  }

  addEventListener('message', ({source, origin: from, data}) => {
    if (source !== window.parent || (origin !== null && from !== origin)) return;
    if (data === 'slide:start') return receive({type: 'resume'});
    if (data === 'slide:stop') return receive({type: 'pause'});
    if (typeof data !== 'object' || data === null || !Object.hasOwn(data, 'loom')) return;
    const problem = problemWith(data);
    problem ? replyError(problem, data.id) : receive(data);
  });

  canvas.addEventListener('loom-ready', ({detail}) => { remote = detail; });
  canvas.addEventListener('loom-failed', ({detail}) => {
    post('error', {code: 'start', message: detail});
    for (const {id} of early.splice(0)) if (id !== undefined) replyError('the explorer did not start', id);
  });
  canvas.addEventListener('loom-left', () => post('left'));
  canvas.addEventListener('loom-training', ({detail}) => post('training', detail));
  canvas.addEventListener('loom-changed', () => {
    // The first event is dispatched before window.loom is set, in the same task.
    queueMicrotask(() => remote && window.loom && reportChange());
  });

  function reportChange() {
    const {message, model} = window.loom, now = report();
    if (message && message !== last.message) post('error', {code: 'shown', message});
    const before = last;
    last = {...now, message};
    if (!isReady) {
      if (!model) return;
      isReady = true;
      const {state, z} = now;
      post('ready', {models: remote.models, model, state, z});
      return early.splice(0).forEach(execute);
    }
    if (now.z.some((value, i) => value !== before.z[i])) post('z', {z: now.z});
    if (now.state === before.state && now.model === before.model) return;
    clearTimeout(stateTimer);
    stateTimer = setTimeout(() => post('state', report()), STATE_DELAY);
  }

  if (waits) post('waiting');
}
