// Every overlay, tool, step of the tour, menu and dialog, in six windows and at 150 %, light and dark: for
// tools/screenshots --all, whose pictures are looked at and not committed.
import {clickHelp, press} from '../tests/browser/help/controls.mjs';
import {overlays, tools, tourSteps} from '../tests/browser/help/tables.mjs';

const TOUCH = {deviceScaleFactor: 2, hasTouch: true, isMobile: true};
const WINDOWS = [
  ['360x640', {...TOUCH, viewport: {width: 360, height: 640}}],
  ['390x844', {...TOUCH, viewport: {width: 390, height: 844}}],
  ['844x390', {...TOUCH, viewport: {width: 844, height: 390}}],
  ['1280x720', {viewport: {width: 1280, height: 720}}],
  ['1920x1080', {viewport: {width: 1920, height: 1080}}],
  ['2560x1440', {viewport: {width: 2560, height: 1440}}],
  ['150percent', {viewport: {width: 853, height: 480}, deviceScaleFactor: 1.5}], // 1280 x 720
];

// Link fields with which a tool shows something.
const SET_UP = {path: '&a=-0.5,1.5&b=0.6,-1.7', merge: '&a=-0.5,1.5&b=0.6,-1.7', select: '&a=-0.5,1.5&b=0.6,-1.7', image: '&x=12', noise: '&x=12&noise=gaussian,0.3',
  strange: '&x=12', border: '&overlay=overlap&pair=2,4', sample: '&from=aggregate', places: '&places=0.5,0.5,-1,0.4,1,-1.5', compare: '&with=fashion-dense-vae-2d&x=12', replay: '&frame=1',
  inside: '&overlay=unit&unit=decoder,4,3', 'inside-encoder': '&unit=encoder,1,1&x=12', 'inside-dense': '&m=fashion-dense-vae-2d',
  plane: '&m=fashion-dense-vae-10d', 'plane-directions': '&m=fashion-dense-vae-10d&plane=pc0,1', 'replay-ae': '&m=fashion-conv-ae-2d&frame=3'};
const MORE_TOOLS = ['plane-directions', 'replay-ae', 'inside-encoder', 'inside-dense'];

const pressed = (id) => (explorer) => press(explorer, id);
const dialog = (id) => async (explorer, page) => {
  await press(explorer, id);
  await page.locator('dialog[open]').waitFor();
};
const OPENED = [
  ['menu-models', '', pressed('model')],
  ['menu-overlays', '', pressed('overlays')],
  ['menu-tools', '', pressed('tools')],
  ['help', '', clickHelp],
  ['explained-overlay', 'overlay=holes', async (explorer) => {
    const {width} = await explorer.page.evaluate(() => window.loom.pressable('why'));
    if (!width) await press(explorer, 'legend fold');
    await press(explorer, 'why');
  }],
  ['explained-tool', 'tool=border', pressed('tool why')],
  ['dialog-share', '', dialog('share')],
  ['dialog-find', '', dialog('find')],
  ['controls', 'tool=noise&overlay=density', (explorer, page) => page.click('#controls-button')],
];

// [{name, hash, act(explorer, page), and the options of the page}]
export function views() {
  const shown = [['plain', ''], ...overlays.filter(Boolean).map((key) => [`overlay-${key}`, `overlay=${key}`]),
    ...[...tools.filter(Boolean), ...MORE_TOOLS].map((key) => [`tool-${key}`, `tool=${key.split('-')[0]}${SET_UP[key] ?? ''}`]),
    ...Array.from({length: tourSteps}, (_, i) => [`tour-${i + 1}`, `tour=${i + 1}`]), ...OPENED];
  return ['light', 'dark'].flatMap((colorScheme) => WINDOWS.flatMap(([window, device]) => shown.map(([name, fields, act]) =>
    ({name: `${name}-${window}-${colorScheme}`, ...device, colorScheme, act,
      hash: name.startsWith('tour-') ? `#${fields}` : `#z=0.6,0.6&${fields}`}))));
}
