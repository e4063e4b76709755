// <latent-loom>: the explorer as an element for any page, in a sandboxed frame of embed.html.
//
//   <script type="module" src="https://HOST/latent-loom.js"></script>
//   <latent-loom model="fashion-conv-vae-2d" z="0.3,-1.2" overlay="holes" hide="legend" loading="lazy"></latent-loom>
//
// Attributes and properties, events and methods are described in latent-loom.d.ts, the messages in messages.js. The
// script registers the element under this name; nothing else of the page is touched.

const FIELDS = {model: 'm', z: 'z', overlay: 'overlay', tool: 'tool', theme: 'theme', hide: 'hide', lock: 'lock'}; // attribute: field of a link
const EMBED = new URL('embed.html', import.meta.url);
const NEAR = '300px';       // from the window, where lazy ones are loaded
const REPLY_TIME = 30000;   // ms until a question counts as unanswered
const WORD_TIME = 5000;     // ms that a loaded frame has for its first message

const STYLE = `
:host { display: block; position: relative; aspect-ratio: 16 / 10; min-height: 240px; overflow: hidden; background: Canvas; color: CanvasText; }
:host([hidden]) { display: none; }
iframe, #poster, #poster img { position: absolute; inset: 0; width: 100%; height: 100%; border: 0; }
#poster { display: flex; align-items: end; justify-content: center; padding: 0 0 24px; background: none; font: inherit; color: inherit; }
#poster img { object-fit: contain; }
button#poster { cursor: pointer; }
#poster span { position: relative; padding: 0 28px; border-radius: 22px; background: #2f55c8; color: #fff; font: 16px/44px system-ui, sans-serif; box-shadow: 0 2px 12px #0004; }
#poster:focus-visible span { outline: 3px solid currentColor; outline-offset: 2px; }
#failed { position: absolute; inset: 0; display: grid; place-content: center; justify-items: center; gap: 16px; padding: 24px; font: 16px/1.5 system-ui, sans-serif; text-align: center; background: Canvas; }
#failed p { margin: 0; }
#failed button { min-height: 44px; padding: 0 28px; border: 1px solid; border-radius: 22px; background: none; color: inherit; font: inherit; cursor: pointer; }
#behind { outline: none; }
@media print { iframe { print-color-adjust: exact; } }
`;

const decoded = (text) => { try { return decodeURIComponent(text); } catch { return text; } };

// A link's fields with some set (a value) or taken away (null).
function withFields(state, changes) {
  const fields = new Map((state ?? '').replace(/^#/, '').split('&').filter(Boolean).map((field) => {
    const at = field.indexOf('=');
    return at < 0 ? [field, ''] : [field.slice(0, at), field.slice(at + 1)];
  }));
  for (const [key, value] of Object.entries(changes)) value === null ? fields.delete(key) : fields.set(key, value);
  return [...fields].map(([key, value]) => `${key}=${value}`).join('&');
}

const modelOf = (state) => /(?:^|&)m=([^&]*)/.exec(state)?.[1];

export class LatentLoom extends HTMLElement {
  static observedAttributes = [...Object.keys(FIELDS), 'state', 'poster', 'loading', 'aria-label', 'title'];

  #frame = null;
  #watch = null;             // of lazy loading
  #opensOrigin = false;      // the frame keeps its host's origin: see #onError
  #ready = null;             // what the frame said when it was
  #report = {};              // its newest state
  #waiting = new Map();      // id: {resolve, reject, timer} of questions
  #nextId = 1;
  #paused = false;
  #hasSpoken = false;        // the frame has sent a message
  #wanted = null;            // {state, seen}: the link that was set last and the model that was seen then, until it is seen itself

  constructor() {
    super();
    this.attachShadow({mode: 'open', delegatesFocus: true});
    const sheet = new CSSStyleSheet(); // unlike a style element it needs no 'unsafe-inline' of the page
    sheet.replaceSync(STYLE);
    this.shadowRoot.adoptedStyleSheets = [sheet];
  }

  connectedCallback() {
    addEventListener('message', this.#onMessage);
    this.#showPoster();
    if (this.loading === 'eager') this.load();
    else if (this.loading === 'lazy') {
      this.#watch = new IntersectionObserver((entries) => entries.some(({isIntersecting}) => isIntersecting) && this.load(), {rootMargin: NEAR});
      this.#watch.observe(this);
    }
  }

  // A frame that is moved in its page is loaded again by the browser: better it is gone, and comes back when it is there.
  disconnectedCallback() {
    removeEventListener('message', this.#onMessage);
    this.#watch?.disconnect();
    this.#drop('the element was taken out of the page');
    this.shadowRoot.replaceChildren();
  }

  attributeChangedCallback(name, before, now) {
    if (before === now || !this.isConnected) return;
    if (name === 'aria-label' || name === 'title') {
      if (this.#frame) this.#frame.title = this.#title();
    } else if (!this.#frame) {
      if (name === 'poster' || name === 'loading') this.#showPoster();
      if (name === 'loading' && now !== 'click') this.load();
    } else if (name === 'state') {
      this.set({state: this.#wantedState()}).catch(this.#tell);
    } else if (name in FIELDS) {
      // Emptied or taken away: back to what a link without the field means.
      const change = {[FIELDS[name]]: now ?? (name === 'hide' || name === 'lock' || name === 'theme' ? '' : null)};
      const {state = this.#wantedState(), z} = this.#report;
      const at = z && name !== 'z' ? {z: z.join(',')} : {};
      // Not on what the frame reports while the model of the last link is still coming.
      this.set({state: this.#wanted ? withFields(this.#wanted.state, change) : withFields(state, {...at, ...change})}).catch(this.#tell);
    }
  }

  // --- what one can ask and tell --------------------------------------------------------------------------------------

  load() {
    if (this.#frame || !this.isConnected) return;
    this.#watch?.disconnect();
    const frame = document.createElement('iframe');
    const address = new URL(EMBED);
    if (location.origin !== 'null' && location.protocol !== 'file:') address.searchParams.set('origin', location.origin);
    address.hash = this.#wantedState();
    frame.setAttribute('sandbox', this.#opensOrigin ? 'allow-scripts allow-same-origin' : 'allow-scripts');
    frame.referrerPolicy = 'no-referrer';
    frame.title = this.#title();
    frame.src = address;
    // A frame that is loaded and says nothing holds an error page of the browser.
    frame.onload = () => setTimeout(() => this.#frame === frame && !this.#hasSpoken && this.#showFailure(), WORD_TIME);
    this.#frame = frame;
    const behind = Object.assign(document.createElement('span'), {id: 'behind', tabIndex: -1});
    this.shadowRoot.append(frame, behind);
    for (const id of ['poster', 'failed']) this.shadowRoot.getElementById(id)?.remove();
  }

  #showFailure() {
    const message = `${EMBED.host} cannot be reached`;
    this.#drop(message);
    const box = Object.assign(document.createElement('div'), {id: 'failed'});
    const words = Object.assign(document.createElement('p'), {textContent: `The explorer cannot be loaded: ${message}.`});
    const retry = Object.assign(document.createElement('button'), {type: 'button', textContent: 'Try again'});
    retry.onclick = () => {
      this.load();
      this.#frame.focus({preventScroll: true});
    };
    box.append(words, retry);
    this.shadowRoot.append(box);
    addEventListener('online', () => box.isConnected && this.load(), {once: true});
    this.#emit('error', {code: 'network', message: words.textContent});
  }

  async get() {
    if (!this.#ready) return this.#whenReady().then(() => this.get());
    return this.#ask('get');
  }

  async set({state, z} = {}) {
    this.load();
    const content = {};
    if (z !== undefined) content.z = Array.from(z, Number);
    if (state !== undefined) content.state = String(state).replace(/^#/, '');
    const at = content.z?.every(Number.isFinite) ? {z: content.z.join(',')} : {};
    if (state !== undefined) this.#wanted = {state: withFields(content.state, at), seen: this.#report.model};
    else if (this.#wanted) this.#wanted.state = withFields(this.#wanted.state, at);
    const wanted = state === undefined ? null : this.#wanted;
    try {
      if (!this.#ready) await this.#whenReady();
      if (wanted) wanted.seen ??= this.#report.model;
      const answer = await this.#ask('set', content);
      if (wanted && answer.model === (modelOf(wanted.state) ?? answer.model)) this.#forget(wanted);
      return answer;
    } catch (error) {
      if (wanted) this.#forget(wanted);
      throw error;
    }
  }

  pause() {
    this.#paused = true;
    this.#send('pause');
  }

  resume() {
    this.#paused = false;
    this.load();
    this.#send('resume');
  }

  get ready() { return this.#ready !== null; }
  get paused() { return this.#paused; }
  get models() { return this.#ready?.models ?? []; }
  get spoken() { return this.#report.spoken ?? ''; }

  // What is seen; before that, what the attributes ask for.
  get state() { return this.#report.state ?? this.#wantedState(); }
  set state(state) { this.#ready ? this.set({state}).catch(this.#tell) : this.setAttribute('state', state); }
  get z() { return this.#report.z ?? (this.getAttribute('z') ?? '0,0').split(',').map(Number); }
  set z(z) { this.#ready ? this.set({z}).catch(this.#tell) : this.setAttribute('z', Array.from(z).join(',')); }
  get model() { return this.#report.model ?? this.getAttribute('model') ?? ''; }
  set model(model) { this.setAttribute('model', model); }
  get loading() {
    const loading = this.getAttribute('loading');
    return ['eager', 'click'].includes(loading) ? loading : 'lazy';
  }
  set loading(loading) { this.setAttribute('loading', loading); }

  // --- inside ---------------------------------------------------------------------------------------------------------

  #title() { return this.getAttribute('aria-label') ?? this.getAttribute('title') ?? 'Latent Loom: a map of pictures'; }

  #wantedState() {
    const changes = {};
    for (const [name, key] of Object.entries(FIELDS))
      if (this.hasAttribute(name)) changes[key] = decoded(this.getAttribute(name)).replaceAll(' ', '').replace(/[&#]/g, '');
    return withFields(this.getAttribute('state') ?? '', changes);
  }

  // The link is seen, or never will be.
  #forget(wanted) {
    if (wanted === this.#wanted) this.#wanted = null;
  }

  #showPoster() {
    this.shadowRoot.getElementById('poster')?.remove();
    const source = this.getAttribute('poster'), waits = this.loading === 'click';
    if (this.#frame || (!source && !waits)) return;
    const poster = document.createElement(waits ? 'button' : 'div');
    poster.id = 'poster';
    if (source) {
      const image = new Image();
      image.alt = waits ? '' : this.#title();
      image.src = source;
      image.onerror = () => addEventListener('online', () => { image.src = source; }, {once: true});
      poster.append(image);
    }
    if (waits) {
      poster.type = 'button';
      poster.append(Object.assign(document.createElement('span'), {textContent: 'Explore'}));
      poster.onclick = () => {
        this.load();
        this.#frame.focus({preventScroll: true});
      };
    }
    this.shadowRoot.append(poster);
  }

  #send(type, content) {
    // A sandboxed frame has no origin that could be named; it holds nothing of the page's anyway.
    this.#frame?.contentWindow?.postMessage({loom: 1, type, ...content}, '*');
  }

  #ask(type, content) {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        reject(new Error(`latent-loom: no answer to ${type}`));
      }, REPLY_TIME);
      this.#waiting.set(id, {resolve, reject, timer});
      this.#send(type, {id, ...content});
    });
  }

  #answer(id, use) {
    const question = this.#waiting.get(id);
    if (!question) return false;
    this.#waiting.delete(id);
    clearTimeout(question.timer);
    use(question);
    return true;
  }

  #whenReady() {
    return new Promise((resolve, reject) => {
      const done = (event) => {
        this.removeEventListener('ready', done);
        this.removeEventListener('error', done);
        event.type === 'ready' ? resolve() : reject(new Error(event.detail.message));
      };
      this.addEventListener('ready', done);
      this.addEventListener('error', done);
    });
  }

  #drop(why) {
    for (const id of [...this.#waiting.keys()]) this.#answer(id, ({reject}) => reject(new Error(`latent-loom: ${why}`)));
    this.#frame?.remove();
    this.shadowRoot.getElementById('behind')?.remove();
    this.#frame = this.#ready = this.#wanted = null;
    this.#hasSpoken = false;
    this.#report = {};
  }

  #emit(type, detail) { this.dispatchEvent(new CustomEvent(type, {detail})); }
  #tell = (error) => this.#emit('error', {message: error.message});

  #onMessage = ({source, data}) => {
    if (!this.#frame || source !== this.#frame.contentWindow || data?.loom !== 1) return;
    this.#hasSpoken = true;
    const {loom, type, id, ...content} = data;
    if ('state' in content || 'z' in content) Object.assign(this.#report, content);
    if (this.#ready && content.model !== undefined && content.model !== this.#wanted?.seen) this.#wanted = null;
    if (type === 'reply') return void this.#answer(id, ({resolve}) => resolve(content));
    if (type === 'error') return this.#onError(id, content);
    if (type === 'ready') {
      this.#ready = content;
      if (this.#paused) this.#send('pause');
    }
    if (type === 'left') {
      // Out of the frame, to where Tab goes on behind it.
      const behind = this.shadowRoot.getElementById('behind');
      behind.tabIndex = 0; // Chromium goes on from the shadow root's beginning where an element is in no order
      behind.focus({preventScroll: true});
      behind.onblur = () => { behind.tabIndex = -1; };
    }
    if (['ready', 'z', 'state', 'left'].includes(type)) this.#emit(type, content);
  };

  // Where the host of the files keeps them from sandboxed frames, the frame keeps its origin instead: this script has
  // come from the same host, and can do in this page whatever that frame could.
  #onError(id, content) {
    if (id !== undefined && this.#answer(id, ({reject}) => reject(new Error(content.message)))) return;
    if (content.code === 'cors' && !this.#opensOrigin) {
      this.#opensOrigin = true;
      this.#drop('the frame was made anew');
      return this.load();
    }
    this.#emit('error', content);
  }
}

for (const name of ['overlay', 'tool', 'theme', 'hide', 'lock', 'poster'])
  Object.defineProperty(LatentLoom.prototype, name, {
    configurable: true, enumerable: true,
    get() { return this.getAttribute(name) ?? ''; },
    set(value) { this.setAttribute(name, value); },
  });

if (!customElements.get('latent-loom')) customElements.define('latent-loom', LatentLoom);
