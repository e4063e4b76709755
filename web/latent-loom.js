// <latent-loom>: the explorer as an element for any page, in a sandboxed frame of embed.html.
//
//   <script type="module" src="https://HOST/latent-loom.js"></script>
//   <latent-loom model="fashion-conv-vae-2d" z="0.3,-1.2" overlay="holes" hide="legend" loading="lazy"></latent-loom>
//
// latent-loom.d.ts describes attributes, properties, events and methods; messages.js describes the messages. The script
// defines the element and changes nothing else in the page. It is a single file, texts included, because pages of other
// sites load it.

// Attributes and the fields of the link that they set.
const FIELDS = {model: 'm', z: 'z', overlay: 'overlay', tool: 'tool', theme: 'theme', hide: 'hide', lock: 'lock'};
const EMBED = new URL('embed.html', import.meta.url);
const LAZY_MARGIN = '300px';   // distance from the window within which a lazy element is loaded
const REPLY_TIMEOUT = 30000;   // ms
const FIRST_MESSAGE_TIMEOUT = 5000; // ms after the frame's load event

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

// A link with some fields set (a value) or removed (null).
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
  #observer = null;          // of lazy loading
  #keepsOrigin = false;      // the sandbox has allow-same-origin: see #onError
  #ready = null;             // the frame's message 'ready'
  #report = {};              // what the frame reported last
  #requests = new Map();     // id: {resolve, reject, timer} of unanswered messages
  #nextId = 1;
  #paused = false;
  #hasSpoken = false;        // the frame has sent a message
  #wanted = null;            // {state, seen}: the link that was set last and the model shown then, until the link's own model is shown

  constructor() {
    super();
    this.attachShadow({mode: 'open', delegatesFocus: true});
    const sheet = new CSSStyleSheet(); // a style element would need 'unsafe-inline' in the page's policy
    sheet.replaceSync(STYLE);
    this.shadowRoot.adoptedStyleSheets = [sheet];
  }

  connectedCallback() {
    addEventListener('message', this.#onMessage);
    this.#showPoster();
    if (this.loading === 'eager') this.load();
    else if (this.loading === 'lazy') {
      this.#observer = new IntersectionObserver((entries) => entries.some(({isIntersecting}) => isIntersecting) && this.load(), {rootMargin: LAZY_MARGIN});
      this.#observer.observe(this);
    }
  }

  // Browsers reload an iframe that is moved within its page, so it is removed and created again in its new place.
  disconnectedCallback() {
    removeEventListener('message', this.#onMessage);
    this.#observer?.disconnect();
    this.#unload('the element was removed from the page');
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
      this.set({state: this.#wantedState()}).catch(this.#emitError);
    } else if (name in FIELDS) {
      // An attribute that is emptied or removed resets its field to the default.
      const change = {[FIELDS[name]]: now ?? (name === 'hide' || name === 'lock' || name === 'theme' ? '' : null)};
      const {state = this.#wantedState(), z} = this.#report;
      const at = z && name !== 'z' ? {z: z.join(',')} : {};
      // While the last link's model is loading, the frame reports the old state, so the change applies to that link.
      this.set({state: this.#wanted ? withFields(this.#wanted.state, change) : withFields(state, {...at, ...change})}).catch(this.#emitError);
    }
  }

  // --- methods and properties --------------------------------------------------------------------------------------

  load() {
    if (this.#frame || !this.isConnected) return;
    this.#observer?.disconnect();
    const frame = document.createElement('iframe');
    const address = new URL(EMBED);
    if (location.origin !== 'null' && location.protocol !== 'file:') address.searchParams.set('origin', location.origin);
    address.hash = this.#wantedState();
    frame.setAttribute('sandbox', this.#keepsOrigin ? 'allow-scripts allow-same-origin' : 'allow-scripts');
    frame.referrerPolicy = 'no-referrer';
    frame.title = this.#title();
    frame.src = address;
    // A frame that has loaded without a message shows an error page of the browser.
    frame.onload = () => setTimeout(() => this.#frame === frame && !this.#hasSpoken && this.#showFailure(), FIRST_MESSAGE_TIMEOUT);
    this.#frame = frame;
    const behind = Object.assign(document.createElement('span'), {id: 'behind', tabIndex: -1});
    this.shadowRoot.append(frame, behind);
    for (const id of ['poster', 'failed']) this.shadowRoot.getElementById(id)?.remove();
  }

  #showFailure() {
    const message = `${EMBED.host} cannot be reached`;
    this.#unload(message);
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
    return this.#request('get');
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
      const answer = await this.#request('set', content);
      if (wanted && answer.model === (modelOf(wanted.state) ?? answer.model)) this.#forget(wanted);
      return answer;
    } catch (error) {
      if (wanted) this.#forget(wanted);
      throw error;
    }
  }

  async train(ask = 'start') {
    this.load();
    if (!this.#ready) await this.#whenReady();
    return this.#request('train', {ask});
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

  // The current view or, before the frame is ready, the view that the attributes describe.
  get state() { return this.#report.state ?? this.#wantedState(); }
  set state(state) { this.#ready ? this.set({state}).catch(this.#emitError) : this.setAttribute('state', state); }
  get z() { return this.#report.z ?? (this.getAttribute('z') ?? '0,0').split(',').map(Number); }
  set z(z) { this.#ready ? this.set({z}).catch(this.#emitError) : this.setAttribute('z', Array.from(z).join(',')); }
  get model() { return this.#report.model ?? this.getAttribute('model') ?? ''; }
  set model(model) { this.setAttribute('model', model); }
  get loading() {
    const loading = this.getAttribute('loading');
    return ['eager', 'click'].includes(loading) ? loading : 'lazy';
  }
  set loading(loading) { this.setAttribute('loading', loading); }

  // --- inside ---------------------------------------------------------------------------------------------------------

  #title() { return this.getAttribute('aria-label') ?? this.getAttribute('title') ?? 'Latent Loom: a map of images'; }

  #wantedState() {
    const changes = {};
    for (const [name, key] of Object.entries(FIELDS))
      if (this.hasAttribute(name)) changes[key] = decoded(this.getAttribute(name)).replaceAll(' ', '').replace(/[&#]/g, '');
    return withFields(this.getAttribute('state') ?? '', changes);
  }

  // Call when the link is shown, or when it will never be shown.
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
    // A sandboxed frame has an opaque origin, which cannot be named here. The messages contain nothing secret.
    this.#frame?.contentWindow?.postMessage({loom: 1, type, ...content}, '*');
  }

  #request(type, content) {
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#requests.delete(id);
        reject(new Error(`latent-loom: no answer to ${type}`));
      }, REPLY_TIMEOUT);
      this.#requests.set(id, {resolve, reject, timer});
      this.#send(type, {id, ...content});
    });
  }

  #settle(id, use) {
    const request = this.#requests.get(id);
    if (!request) return false;
    this.#requests.delete(id);
    clearTimeout(request.timer);
    use(request);
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

  #unload(why) {
    for (const id of [...this.#requests.keys()]) this.#settle(id, ({reject}) => reject(new Error(`latent-loom: ${why}`)));
    this.#frame?.remove();
    this.shadowRoot.getElementById('behind')?.remove();
    this.#frame = this.#ready = this.#wanted = null;
    this.#hasSpoken = false;
    this.#report = {};
  }

  #emit(type, detail) { this.dispatchEvent(new CustomEvent(type, {detail})); }
  #emitError = (error) => this.#emit('error', {message: error.message});

  #onMessage = ({source, data}) => {
    if (!this.#frame || source !== this.#frame.contentWindow || data?.loom !== 1) return;
    this.#hasSpoken = true;
    const {loom, type, id, ...content} = data;
    if ('state' in content || 'z' in content) Object.assign(this.#report, content);
    if (this.#ready && content.model !== undefined && content.model !== this.#wanted?.seen) this.#wanted = null;
    if (type === 'reply') return void this.#settle(id, ({resolve}) => resolve(content));
    if (type === 'error') return this.#onError(id, content);
    if (type === 'ready') {
      this.#ready = content;
      if (this.#paused) this.#send('pause');
    }
    if (type === 'left') {
      // Moves the focus out of the frame, so that Tab continues after it.
      const behind = this.shadowRoot.getElementById('behind');
      behind.tabIndex = 0; // without a tab index Chromium continues from the start of the shadow root
      behind.focus({preventScroll: true});
      behind.onblur = () => { behind.tabIndex = -1; };
    }
    if (['ready', 'z', 'state', 'left', 'training'].includes(type)) this.#emit(type, content);
  };

  // Sandboxed frames cannot read files from a server that sends no CORS header. The sandbox then gets
  // allow-same-origin. That is safe, because the frame then has no rights that this script, from the same server, does
  // not already have.
  #onError(id, content) {
    if (id !== undefined && this.#settle(id, ({reject}) => reject(new Error(content.message)))) return;
    if (content.code === 'cors' && !this.#keepsOrigin) {
      this.#keepsOrigin = true;
      this.#unload('the frame is being reloaded');
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
