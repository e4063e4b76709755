// The explorer where the browser gives no WebGL 2: plane and garment on a plain canvas, decoded by loom-core. It moves,
// zooms, shows classes and other models, by pointer, fingers, keys and the same controls; overlays and tools need WebGL.
import {makeControls} from './controls.js';
import {drawAxes, drawGarment, drawMarks, drawNames, drawWords, number, style} from './fallback_drawing.js';
import {load} from './loom.js';

const STEP = 8, FAR = 5, FINE = 0.2; // points that an arrow key moves z, and what Shift and Alt make of them
const WHEEL = 1.18, ZOOM = 1.25, BUTTON = 1.5, PAN = 0.125;
const HOME_SHARE = 0.995; // of the marks are in the home view
const RING = 9;
const LEAST_SHARE = 0.005; // smaller ones are not listed
const SPEECH_DELAY = 700;

// --- one model --------------------------------------------------------------------------------------------------------

// From loom-core, with its encoded test set. download: of its file, if it was asked for before.
async function openModel({path, name, title, bytes, sha256}, download) {
  const named = download?.catch((error) => { throw new Error(`${title}: ${error.message}`, {cause: error}); });
  const loaded = await (named ? load(await named, {name: title}) : load(path, {name: title, bytes, sha256})), {info} = loaded;
  const {mu, labels} = info.encodedCount ? loaded.encoded() : {mu: new Float32Array(), labels: new Uint8Array()};
  return {
    name, mu, labels, count: info.encodedCount, dims: info.latentDim, width: info.width, height: info.height, classNames: info.classNames,
    classColors: info.classColors,
    decode: (z) => loaded.decode(z),
    // The shares of the classes at a place, the largest first, and whether the prior has a hole there.
    around(z) {
      if (!info.encodedCount) return null;
      const [{shares, hole}] = loaded.analyse({z});
      const classes = shares.map((share, c) => ({share, name: info.classNames[c]})).filter(({share}) => share >= LEAST_SHARE);
      return {hole, classes: classes.sort((one, other) => other.share - one.share).slice(0, 3)};
    },
    close: () => loaded.close(),
  };
}

// The median of each class's marks.
function middlesOf({mu, labels, count, dims, classNames}) {
  const middle = (values) => values.sort((a, b) => a - b)[values.length >> 1];
  return classNames.map((_, label) => {
    const rows = Array.from({length: count}, (__, n) => n).filter((n) => labels[n] === label);
    return rows.length ? [0, 1].map((axis) => middle(rows.map((n) => mu[n * dims + axis] ?? 0))) : null;
  });
}

// The square around 0 in which nearly all marks are.
function homeOf({mu, dims, count}) {
  if (!count) return 3.5;
  const far = Float32Array.from({length: count}, (_, n) => Math.max(Math.abs(mu[n * dims]), Math.abs(mu[n * dims + 1] ?? 0))).sort();
  return Math.max(1, far[Math.floor(HOME_SHARE * (count - 1))] * 1.1);
}

// --- the explorer -----------------------------------------------------------------------------------------------------

class Plain {
  constructor(canvas, given) {
    Object.assign(this, {canvas, ...given, z: [0, 0], center: [0, 0], half: 3.5, shown: new Set(), frames: 0, message: '', waiting: ''});
    this.context = canvas.getContext('2d');
    this.pointers = new Map();
  }

  async show(name) {
    const entry = this.models.find((model) => model.name === name) ?? this.models[0];
    this.waiting = entry.title;
    this.wanted = entry;
    this.controls.refresh();
    try {
      const place = this.models.indexOf(entry), download = this.downloads.get(place);
      this.downloads.delete(place); // loaded once more, it is asked for once more
      const opened = await openModel(entry, download);
      if (this.wanted !== entry) return opened.close(); // another one was chosen meanwhile
      this.model?.close();
      const z = this.model ? [0, 0] : this.z;
      this.model = opened;
      this.message = '';
      this.home = homeOf(opened);
      opened.middles = middlesOf(opened);
      this.shown.clear();
      this.seeAll();
      this.moveTo(Array.from({length: opened.dims}, (_, k) => z[k] ?? 0));
    } catch (error) {
      if (this.wanted !== entry) return;
      this.message = error.message; // which begins with the title
      if (!this.model) throw error;
    }
    this.waiting = '';
    this.changed();
  }

  moveTo(z) {
    this.z = z.map((value) => Math.min(3 * this.home, Math.max(-3 * this.home, Number.isFinite(value) ? value : 0)));
    this.pixels = this.model.decode(this.z);
    this.said = this.words();
    this.changed();
  }
  seeAll() { this.center = [0, 0], this.half = this.home; this.changed(); }
  zoom(factor, [x, y] = this.middle()) {
    const before = this.latent(x, y);
    this.half = Math.min(6 * this.home, Math.max(this.home / 400, this.half / factor));
    const after = this.latent(x, y);
    this.pan(before[0] - after[0], before[1] - after[1]);
  }
  pan(dx, dy) {
    this.center = [this.center[0] + dx, this.center[1] + dy];
    this.changed();
  }
  // Moves the view as little as needed to keep z inside.
  follow() {
    const [x, y] = this.screen(...this.z), {plane} = this.places(), edge = 24, unit = this.unit();
    const into = (at, low, size) => at < low + edge ? at - low - edge : at > low + size - edge ? at - low - size + edge : 0;
    this.pan(into(x, plane.x, plane.width) / unit, -into(y, plane.y, plane.height) / unit);
  }

  // --- places -----------------------------------------------------------------------------------------------------

  places() {
    const width = this.canvas.clientWidth, height = this.canvas.clientHeight, gap = 12;
    const wide = width > 1.1 * height;
    const column = wide ? Math.min(320, 0.36 * width) : width, row = wide ? height : Math.min(0.36 * height, 220);
    const side = Math.max(32, (wide ? Math.min(column, row) : Math.min(row, 0.46 * column)) - 2 * gap);
    return wide
      ? {plane: {x: 0, y: 0, width: width - column, height}, garment: {x: width - column + (column - side) / 2, y: gap + 40, width: side, height: side},
        controls: {x: width - 40 - gap, y: gap - 4, width: 40, height: 40}}
      : {plane: {x: 0, y: row, width, height: height - row}, garment: {x: gap, y: gap, width: side, height: side},
        controls: {x: width - 40 - gap, y: gap, width: 40, height: 40}};
  }
  middle() {
    const {plane} = this.places();
    return [plane.x + plane.width / 2, plane.y + plane.height / 2];
  }
  unit() {
    const {plane} = this.places();
    return Math.max(1, Math.min(plane.width, plane.height)) / (2 * this.half);
  }
  screen(z1, z2) {
    const [x, y] = this.middle(), unit = this.unit();
    return [x + (z1 - this.center[0]) * unit, y - (z2 - this.center[1]) * unit];
  }
  latent(px, py) {
    const [x, y] = this.middle(), unit = this.unit();
    return [this.center[0] + (px - x) / unit, this.center[1] - (py - y) / unit];
  }
  place([px, py]) { this.moveTo([...this.latent(px, py), ...this.z.slice(2)]); }

  // --- drawing ----------------------------------------------------------------------------------------------------

  changed() {
    this.asked ||= requestAnimationFrame(() => {
      this.asked = 0;
      this.draw();
      this.tell();
    });
  }

  draw() {
    const {canvas, context: c} = this, ratio = devicePixelRatio;
    const width = Math.round(canvas.clientWidth * ratio), height = Math.round(canvas.clientHeight * ratio);
    if (!width || !height || !this.model) return;
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, {width, height});
    const {plane, garment} = this.places();
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
    c.fillStyle = style('--panel');
    c.fillRect(0, 0, canvas.clientWidth, canvas.clientHeight);
    c.save();
    c.beginPath();
    c.rect(plane.x, plane.y, plane.width, plane.height);
    c.clip();
    c.fillStyle = style('--plane');
    c.fillRect(plane.x, plane.y, plane.width, plane.height);
    drawAxes(this, plane);
    drawMarks(this, plane);
    drawNames(this);
    const [x, y] = this.screen(...this.z);
    for (const [radius, line, color] of [[RING, 6, style('--plane')], [RING, 2.5, style('--accent')]]) {
      c.beginPath();
      c.arc(x, y, radius, 0, 2 * Math.PI);
      c.lineWidth = line;
      c.strokeStyle = color;
      c.stroke();
    }
    c.restore();
    drawGarment(this, garment);
    drawWords(this, garment);
    this.frames++;
  }

  // --- words ------------------------------------------------------------------------------------------------------

  words() {
    const around = this.model.around(this.z);
    if (!around) return 'no encoded pictures';
    const shares = around.classes.map(({share, name}, i) => `${i ? '' : 'about '}${Math.round(100 * share)} % ${name}`);
    return `${shares.join(', ') || 'like nothing it knows'}${around.hole ? '; a hole' : ''}`;
  }
  spoken() { return this.message || `z ${this.z.map(number).join(', ')}: ${this.said}`; }
  link() { return `m=${this.model.name}&z=${this.z.slice(0, 2).map((value) => Number(value.toFixed(5))).join()}`; }

  tell() {
    if (!this.model) return;
    this.controls.refresh();
    clearTimeout(this.speech);
    this.speech = setTimeout(() => {
      document.getElementById('spoken').textContent = this.spoken();
      this.writeAddress(this.link());
    }, SPEECH_DELAY);
  }

  lists() {
    const models = this.models.map(({name, title, what, group}) => ({id: name, name: title, what, group}));
    return {models, overlays: [], tools: [], themes: [], classes: this.model.classNames, help: [], tour: 0, files: false, plain: true};
  }
  state() {
    if (!this.model) return null;
    const sliders = this.z.map((value, k) => ({id: String(k), name: `z${k + 1}`, value, low: Math.min(value, -this.home), high: Math.max(value, this.home)}));
    return {lists: this.model.name, model: this.model.name, loading: this.waiting, reading: this.spoken(), overlay: '', tool: '', theme: '',
      isolated: [...this.shown], names: false, marks: true, locked: [], sliders, pins: false, panel: [], tour: {step: 0},
      ...this.message && {message: {text: this.message, retry: false}}};
  }

  ask(what, value) {
    const commands = {'zoom-in': () => this.zoom(BUTTON), 'zoom-out': () => this.zoom(1 / BUTTON), 'show-all': () => this.seeAll(),
      center: () => { this.center = this.z.slice(0, 2), this.changed(); }, origin: () => this.moveTo(this.z.map(() => 0)),
      dismiss: () => { this.message = '', this.changed(); }};
    if (what === 'model') this.show(value);
    else if (what === 'class') this.chooseClass(value === 'all' ? -1 : Number(value), true);
    else if (what === 'do') commands[value]?.();
    else if (what === 'slider') {
      const [k, to] = value.split('=').map(Number);
      this.moveTo(this.z.map((old, i) => i === k ? to : old));
      this.follow();
    }
  }

  chooseClass(c, add) {
    if (c < 0) this.shown.clear();
    else if (c < this.model.classNames.length) {
      const alone = this.shown.size === 1 && this.shown.has(c);
      if (!add) this.shown.clear();
      this.shown.has(c) || (!add && alone) ? this.shown.delete(c) : this.shown.add(c);
    }
    this.changed();
  }

  // --- pointer, fingers, keys ---------------------------------------------------------------------------------------

  listen() {
    const {canvas} = this, at = ({offsetX, offsetY}) => [offsetX, offsetY];
    canvas.addEventListener('pointerdown', (event) => {
      canvas.focus({preventScroll: true});
      const {plane} = this.places(), [x, y] = at(event);
      if (x < plane.x || y < plane.y || x > plane.x + plane.width || y > plane.y + plane.height) return;
      canvas.setPointerCapture(event.pointerId);
      this.pointers.set(event.pointerId, at(event));
      this.panning = event.button !== 0 || event.shiftKey;
      if (this.pointers.size === 1) this.before = this.z, this.panning || this.place(at(event));
      else this.moveTo(this.before); // the first of two fingers has already moved z; that was not meant
    });
    canvas.addEventListener('pointermove', (event) => this.pointers.has(event.pointerId) && this.drag(event.pointerId, at(event)));
    for (const type of ['pointerup', 'pointercancel']) canvas.addEventListener(type, ({pointerId}) => this.pointers.delete(pointerId));
    canvas.addEventListener('contextmenu', (event) => event.preventDefault());
    canvas.addEventListener('wheel', (event) => {
      event.preventDefault();
      this.zoom(WHEEL ** (-Math.sign(event.deltaY)), at(event));
    }, {passive: false});
    canvas.addEventListener('keydown', (event) => this.key(event) && event.preventDefault());
    addEventListener('resize', () => this.changed());
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.changed());
  }

  drag(id, to) {
    const from = this.pointers.get(id), unit = this.unit();
    const others = [...this.pointers].filter(([key]) => key !== id).map(([, place]) => place);
    this.pointers.set(id, to);
    if (!others.length) return this.panning ? this.pan((from[0] - to[0]) / unit, (to[1] - from[1]) / unit) : this.place(to);
    const [other] = others, middle = (a) => [(a[0] + other[0]) / 2, (a[1] + other[1]) / 2];
    const apart = (a) => Math.max(1, Math.hypot(a[0] - other[0], a[1] - other[1])), [was, is] = [middle(from), middle(to)];
    this.pan((was[0] - is[0]) / unit, (is[1] - was[1]) / unit);
    this.zoom(apart(to) / apart(from), is);
  }

  key(event) {
    if (event.ctrlKey || event.metaKey) return false;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key, unit = this.unit();
    const arrows = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1]};
    const pans = {j: [-1, 0], l: [1, 0], i: [0, 1], k: [0, -1]};
    if (arrows[key]) {
      const step = STEP * (event.shiftKey ? FAR : event.altKey ? FINE : 1) / unit;
      this.moveTo(this.z.map((value, k) => value + (arrows[key][k] ?? 0) * step));
      this.follow();
    } else if (pans[key]) this.pan(...pans[key].map((way) => way * PAN * 2 * this.half));
    else if (/^[+=]$/.test(key)) this.zoom(ZOOM);
    else if (/^[-_]$/.test(key)) this.zoom(1 / ZOOM);
    else if (/^(Home|h)$/.test(key)) this.seeAll();
    else if (key === 'o') this.ask('do', 'origin');
    else if (key === 'c') this.ask('do', 'center');
    else if (/^(a|Escape)$/.test(key)) this.chooseClass(-1);
    else if (/^\d$/.test(key)) this.chooseClass((Number(key) + 9) % 10, event.shiftKey);
    else return false;
    return true;
  }

  // Read-only, like page.js' own.
  inspector() {
    const plain = this;
    return Object.freeze({
      drawnWith: '2d',
      get z() { return plain.z.slice(0, 2); },
      get model() { return plain.model?.name ?? ''; },
      get message() { return plain.message; },
      get frames() { return plain.frames; },
      get spoken() { return plain.spoken(); },
      get state() { return plain.link(); },
      get picture() { return {width: plain.model.width, height: plain.model.height, pixels: plain.pixels}; },
      screen: (z1, z2) => plain.screen(z1, z2),
      place: (part) => plain.places()[part] ?? {x: 0, y: 0, width: 0, height: 0},
    });
  }
}

// models: the manifest's; downloads: of weight files that were asked for before, by their place in `models`; link: the address
// behind '#'; writeAddress(link).
export async function startFallback({canvas, models, downloads, link, writeAddress}) {
  const plain = new Plain(canvas, {models, downloads, writeAddress});
  plain.controls = makeControls({canvas, dispatch: (...asked) => plain.ask(...asked), lists: () => plain.lists(), state: () => plain.state(),
    place: () => plain.places().controls});
  const follow = (text) => {
    const wanted = new URLSearchParams(text.replace(/^#/, '')), z = (wanted.get('z') ?? '').split(',').map(Number);
    if (z.length === 2 && z.every(Number.isFinite)) plain.model ? (plain.moveTo([...z, ...plain.z.slice(2)]), plain.follow()) : plain.z = z;
    const name = wanted.get('m') ?? plain.model?.name;
    return name !== plain.model?.name || !plain.model ? plain.show(name) : null;
  };
  await follow(link);
  plain.follow();
  plain.listen();
  addEventListener('hashchange', () => follow(location.hash));
  window.loom = plain.inspector();
}
