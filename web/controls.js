// HTML controls next to the canvas, for keyboards, screen readers and single taps, with the same state and the same
// actions as on the canvas. The module describes them as JSON (src/explorer/app/access/accessibility_tree.h): what can be
// chosen, what is chosen, and the open tool's text. This file only creates elements from it.
import {isEmbedded} from './status.js';
import {TEXTS} from './texts.js';

const {controls: WORDS} = TEXTS;
const REFRESH_DELAY = 80; // ms; a drag changes the state in every frame
const MAX_BUTTONS = 7;    // more choices become a list
const STEP = 0.05;        // of a slider for each arrow key, in latent units

const ICON = `<svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" fill="none" stroke="currentColor"
  stroke-width="1.5"><path d="M3 6h6m4 0h4M3 14h3m4 0h7"/><circle cx="11" cy="6" r="2"/><circle cx="8" cy="14" r="2"/></svg>`;

// element('button', {className: 'wide', 'data-ask': 'do'}, 'Words', child, ...)
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes))
    if (value === true) made.setAttribute(key, '');
    else if (value !== false && value !== undefined) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

const button = (ask, value, words, more = {}) =>
  element('button', {type: 'button', 'data-ask': ask, 'data-value': value, ...more}, words);
const paragraph = (words, className) => element('p', className ? {class: className} : {}, words);
const number = (value) => value.toFixed(2).replace(/^-/, '\u2212').replace(/^\u22120\.00$/, '0.00');

let count = 0; // makes ids unique

function select(ask, name, options) {
  const id = `control-${ask}-${++count}`, list = element('select', {id, 'data-ask': ask, 'data-lock': ask});
  let group = list;
  for (const option of options) {
    if (option.group && option.group !== group.label) list.append(group = element('optgroup', {label: option.group}));
    group.append(element('option', {value: option.id, disabled: Boolean(option.refusal), title: option.refusal || option.what},
      option.refusal ? WORDS.unavailable(option.name) : option.name));
  }
  return element('div', {class: 'field', hidden: options.length === 0}, element('label', {for: id}, name), list);
}

function slider(ask, {id, name, value, low, high, whole}) {
  const label = `control-${ask}-${++count}`;
  const [start, end, step] = whole ? [low, high, 1] : [Math.floor(low / STEP) * STEP, Math.ceil(high / STEP) * STEP, high - low > 40 ? 1 : STEP]; // so that 0 is a step
  return element('div', {class: 'slider'}, element('label', {for: label}, name),
    element('input', {id: label, type: 'range', 'data-ask': ask, 'data-id': id, 'data-lock': ask === 'slider' && (/^[xy]$/.test(id) ? 'z' : 'plane'), min: start, max: end, step, value, 'data-whole': whole}),
    element('output', {for: label}, whole ? value : number(value)));
}

function showValue(range, value) {
  const held = range.matches(':active');
  if (!held && Number(range.value) !== value) range.value = value;
  const shown = 'whole' in range.dataset ? String(value) : number(value);
  if (range.getAttribute('aria-valuetext') !== shown) range.setAttribute('aria-valuetext', shown);
  const output = range.nextElementSibling;
  if (output.textContent !== shown) output.textContent = shown;
}

const group = (title, ...children) => {
  const id = `control-title-${++count}`;
  return element('section', {class: 'group', 'aria-labelledby': id}, element('h2', {id}, title), ...children);
};
const table = (rows) => element('dl', {}, ...rows.flatMap(({name, words}) => [element('dt', {}, name), element('dd', {}, words)]));
const details = (title, ...children) => element('details', {}, element('summary', {}, title), ...children);

// Elements for the open tool's nodes. Consecutive choices of one kind form a group or, if there are many, a list.
function panelElements(lines) {
  const made = [], kind = ({id}) => id.split(' ')[0];
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i];
    if (line.kind === 'heading') made.push(element('h3', {}, line.words));
    else if (line.kind === 'fact') made.push(element('p', {class: 'fact'}, element('span', {}, line.words), element('span', {}, line.value)));
    else if (line.kind === 'picture') made.push(paragraph(line.words, 'picture'));
    else if (line.kind === 'slider') made.push(slider('panel', {...line, name: line.words}));
    else if (line.kind === 'words') made.push(paragraph(line.words));
    else {
      let end = i + 1;
      while (end < lines.length && /button|choice/.test(lines[end].kind) && kind(lines[end]) === kind(line)) end++;
      const row = lines.slice(i, end), choices = row.some((one) => one.kind === 'choice');
      i = end - 1;
      if (choices && row.length > MAX_BUTTONS) made.push(select('panel', WORDS.choice, row.map(({id, words}) => ({id, name: words}))));
      else made.push(element('div', {class: 'row', role: choices && 'group'}, ...row.map(({id, words, on}) =>
        button('panel', id, words, choices ? {'aria-pressed': String(Boolean(on))} : {}))));
    }
  }
  return made;
}

// dispatch(what, value) passes an action of the visitor to the module; lists() and state() return parsed JSON; place()
// returns {x, y, width, height} of the space for the button in the canvas's header, of width 0 while something covers it.
export function makeControls({canvas, dispatch, lists, state, place, hasHeader}) {
  const root = document.documentElement;
  const toggle = element('button', {id: 'controls-button', type: 'button', 'aria-expanded': 'false', 'aria-controls': 'controls',
    'aria-label': WORDS.title, title: WORDS.title, hidden: true});
  toggle.innerHTML = ICON;
  const panel = element('section', {id: 'controls', 'aria-label': WORDS.title});
  canvas.after(toggle, panel);
  let known = '', parts = {}, structure = '', timer = 0;

  const isOpen = () => toggle.getAttribute('aria-expanded') === 'true';
  function open(wanted) {
    toggle.setAttribute('aria-expanded', String(wanted));
    root.dataset.controls = wanted ? 'open' : 'closed';
    dispatchEvent(new Event('resize')); // the size of the canvas has changed
  }

  // --- elements for the lists -----------------------------------------------------------------------------------------

  function build(all, now) {
    parts = {
      reading: paragraph('', 'reading'),
      message: element('div', {class: 'message', hidden: true}),
      sliders: element('div'), more: element('div'),
      model: select('model', WORDS.model, all.models),
      overlay: select('overlay', WORDS.overlay, all.overlays), legend: element('div'),
      tool: select('tool', WORDS.tool, all.tools), panel: element('div'),
      theme: select('theme', WORDS.theme, all.themes),
      size: select('size', WORDS.size, all.sizes),
      classes: element('div', {class: 'row'}, ...all.classes.map((name, c) => button('class', c, name, {'aria-pressed': 'false', 'data-lock': 'classes'}))),
      everyone: button('class', 'all', WORDS.allClasses, {'data-lock': 'classes'}),
      names: button('do', 'names', WORDS.names, {'aria-pressed': 'true', 'data-lock': 'names'}),
      marks: button('do', 'marks', WORDS.marks, {'aria-pressed': 'true', 'data-lock': 'marks'}),
      undo: button('do', 'undo', WORDS.undo, {'aria-keyshortcuts': 'Control+Z Meta+Z'}),
      redo: button('do', 'redo', WORDS.redo, {'aria-keyshortcuts': 'Control+Shift+Z Meta+Shift+Z Control+Y'}),
      pins: element('div', {class: 'row'}, ...['A', 'B'].map((pin) => button('do', `pin-${pin.toLowerCase()}`, WORDS.pin(pin), {'data-lock': 'pins'}))),
      tour: element('div'),
    };
    const files = all.files ? [button('do', 'open-file', WORDS.openFile, {'data-lock': 'model'})] : [];
    panel.replaceChildren(
      element('div', {class: 'head'}, element('h2', {}, WORDS.title), element('button', {type: 'button', 'data-close': true, 'aria-label': WORDS.close}, '\u00d7')),
      parts.message,
      group(WORDS.place, parts.reading, parts.sliders, parts.more, element('div', {class: 'row'}, button('do', 'origin', WORDS.origin, {'data-lock': 'z'}), button('do', 'find', WORDS.find, {'aria-haspopup': 'dialog'}), parts.pins)),
      group(WORDS.choose, parts.model, ...files, parts.overlay, parts.legend, parts.tool, parts.panel, parts.theme, parts.size),
      group(WORDS.classes, paragraph(WORDS.classesHint, 'hint'), parts.classes, element('div', {class: 'row'}, parts.everyone, parts.names, parts.marks)),
      group(WORDS.view, element('div', {class: 'row'}, ...[['zoom-in', WORDS.zoomIn], ['zoom-out', WORDS.zoomOut],
        ['center', WORDS.center], ['show-all', WORDS.showAll]].map(([value, words]) => button('do', value, words, {'data-lock': 'view'}))),
        element('div', {class: 'row'}, parts.undo, parts.redo)),
      ...all.tour ? [group(WORDS.tour, parts.tour)] : [],
      all.help.length ? details(WORDS.help, ...all.help.flatMap(({title, words}) => [element('h3', {}, title), paragraph(words)])) : '',
      details(WORDS.signs, table(all.signs)), details(WORDS.keys, table(all.keys)),
      all.lesson ? element('p', {}, element('a', {href: 'course/', target: '_blank', rel: 'noopener'}, WORDS.lesson)) : '');
    parts.all = all;
    structure = '';
    known = now.lists;
  }

  function why(row) {
    if (!row?.id) return [];
    const more = [row.why, row.source && WORDS.source(row.source)].filter(Boolean);
    return [paragraph(row.what), ...(more.length ? [details(WORDS.why, ...more.map((words) => paragraph(words)))] : [])];
  }

  // Creates new elements for what depends on the choices. If only numbers change, the elements are kept.
  function rebuild(now) {
    const {all} = parts, shape = JSON.stringify([now.sliders.map(({id, name, low, high}) => [id, name, low, high]), now.overlay, now.tool,
      now.legend, now.panel.map(({value, on, ...rest}) => rest), now.tour, now.message]);
    if (shape === structure) return;
    structure = shape;
    const focused = panel.contains(document.activeElement) ? document.activeElement : null;
    const key = focused && [focused.dataset.ask, focused.dataset.value, focused.dataset.id].join();
    const opened = new Set([...panel.querySelectorAll('details[open] > summary')].map((summary) => summary.parentElement.parentElement));
    parts.sliders.replaceChildren(...now.sliders.slice(0, 2).map((one) => slider('slider', one)));
    const others = now.sliders.slice(2).map((one) => slider('slider', one));
    parts.more.replaceChildren(...(others.length ? [details(WORDS.otherDirections(others.length), ...others)] : []));
    const legend = now.legend ?? {lines: [], buttons: []};
    parts.legend.replaceChildren(...why(all.overlays.find(({id}) => id === now.overlay)), ...legend.lines.map((words) => paragraph(words)),
      element('div', {class: 'row'}, ...legend.buttons.map((words, i) => button('legend', i, words))));
    parts.panel.replaceChildren(...why(all.tools.find(({id}) => id === now.tool)), ...panelElements(now.panel));
    const {step, title, words} = now.tour, tour = {'data-lock': 'tour'};
    parts.tour.replaceChildren(...(step ? [paragraph(WORDS.tourStep(step, all.tour, title)), paragraph(words)] : []),
      element('div', {class: 'row'}, ...(step > 1 ? [button('tour', -1, WORDS.back, tour)] : []),
        ...(step < all.tour ? [button('tour', 1, step ? WORDS.next : WORDS.takeTour, tour)] : []), ...(step ? [button('tour', -step, WORDS.endTour, tour)] : [])));
    parts.message.hidden = !now.message;
    if (now.message) parts.message.replaceChildren(paragraph(now.message.text), element('div', {class: 'row'},
      ...(now.message.retry ? [button('do', 'retry', now.message.button)] : []), button('do', 'dismiss', WORDS.dismiss)));
    for (const parent of opened) parent.querySelector(':scope > details')?.setAttribute('open', '');
    if (focused && !focused.isConnected) {
      const again = [...panel.querySelectorAll('[data-ask]')].find(({dataset}) => [dataset.ask, dataset.value, dataset.id].join() === key);
      (again ?? panel.querySelector('h2 ~ button')).focus({preventScroll: true});
    }
  }

  function press(one, on) {
    if (one.getAttribute('aria-pressed') !== String(on)) one.setAttribute('aria-pressed', String(on));
  }
  function choose(field, value) {
    const list = field.querySelector('select');
    if (list.value !== value) list.value = value;
  }

  function showValues(now) {
    choose(parts.model, now.model);
    choose(parts.overlay, now.overlay);
    choose(parts.tool, now.tool);
    choose(parts.theme, now.theme);
    choose(parts.size, now.size);
    [...parts.classes.children].forEach((one, c) => press(one, now.isolated.includes(c)));
    press(parts.names, now.names);
    press(parts.marks, now.marks);
    parts.pins.hidden = !now.pins;
    // Not disabled, or the button would lose the focus with the last step.
    for (const step of ['undo', 'redo']) parts[step].setAttribute('aria-disabled', String(!now[step]));
    for (const one of panel.querySelectorAll('[data-lock]')) one.disabled = now.locked.includes(one.dataset.lock); // lock= in the link
    const ranges = [...parts.sliders.querySelectorAll('input'), ...parts.more.querySelectorAll('input')];
    now.sliders.forEach(({value}, i) => showValue(ranges[i], value));
    const lines = new Map(now.panel.filter(({id}) => id).map((line) => [line.id, line]));
    for (const range of parts.panel.querySelectorAll('input')) showValue(range, lines.get(range.dataset.id).value);
    for (const one of parts.panel.querySelectorAll('button[aria-pressed]')) press(one, Boolean(lines.get(one.dataset.value).on));
    for (const list of parts.panel.querySelectorAll('select')) {
      const chosen = now.panel.find(({id, on}) => on && [...list.options].some(({value}) => value === id));
      list.value = chosen?.id ?? '';
    }
    const facts = now.panel.filter(({kind}) => kind === 'fact');
    parts.panel.querySelectorAll('.fact').forEach((one, i) => { one.lastChild.textContent = facts[i].value; });
    const reading = now.loading ? WORDS.loading(now.loading) : now.reading;
    if (parts.reading.textContent !== reading) parts.reading.textContent = reading;
  }

  function lay() {
    const at = place(), box = canvas.getBoundingClientRect(), there = at.width > 0;
    toggle.hidden = false;
    // Then it is shown only while it has the focus. In a frame also if there is no header; elsewhere it then has a place of its own.
    toggle.toggleAttribute('data-away', !there && (hasHeader() || isEmbedded));
    toggle.style.left = there ? `${box.left + at.x}px` : '';
    toggle.style.top = there ? `${box.top + at.y}px` : '';
    toggle.style.width = toggle.style.height = there ? `${at.width}px` : '';
  }

  function refreshNow() {
    timer = 0;
    const now = state();
    if (!now) return;
    if (now.lists !== known) build(lists(), now);
    rebuild(now);
    showValues(now);
    lay();
  }
  function refresh() {
    timer ||= setTimeout(refreshNow, REFRESH_DELAY);
  }

  // --- the visitor's actions ---------------------------------------------------------------------------------------------

  toggle.onclick = () => {
    open(!isOpen());
    if (isOpen()) panel.scrollTop = 0;
  };
  panel.addEventListener('click', ({target}) => {
    const pressed = target.closest('button');
    if (pressed?.hasAttribute('data-close')) open(false), toggle.focus();
    else if (pressed?.dataset.ask) dispatch(pressed.dataset.ask, pressed.dataset.value);
  });
  panel.addEventListener('input', ({target}) => {
    if (target.type === 'range') dispatch(target.dataset.ask, `${target.dataset.id}=${target.value}`);
  });
  panel.addEventListener('change', ({target}) => {
    if (target.matches('select')) dispatch(target.dataset.ask, target.value);
    refresh();
  });
  panel.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    open(false);
    toggle.focus();
  });
  addEventListener('resize', () => requestAnimationFrame(() => requestAnimationFrame(lay)));
  open(false);
  return {refresh, refreshNow};
}
