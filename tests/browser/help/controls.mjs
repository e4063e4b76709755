// The positions of buttons. Panels place them relative to the parts of the layout (src/explorer/panels); those that
// depend on the length of texts are found by their colour.
import assert from 'node:assert/strict';
import {until} from './explorer.mjs';
import {classColors, light} from './palette.mjs';
import {find, screenshot} from './pictures.mjs';
import {manifest} from './server.mjs';

const BUTTON = 44, GAP = 4; // header_panel.cpp
const PINNED = 76; // height of the pinned row at the end of a list, and half of another (card_panel.cpp)

async function header(explorer) {
  const {x, y, width, height} = await explorer.place('header');
  return {left: x, bottom: y + height, middle: y + height / 2, right: x + width};
}

export async function clickTheme(explorer) {
  const {right, middle} = await header(explorer);
  await explorer.click(right - 1.5 * BUTTON - GAP, middle);
}
export async function clickHelp(explorer) {
  const {right, middle} = await header(explorer);
  await explorer.click(right - BUTTON / 2, middle);
}

// Row 0, 1, ... of the model picker; the last one opens a file.
export async function clickPickerRow(explorer, row) {
  await press(explorer, 'model');
  if (row < manifest().models.length) await scrollTo(explorer, `row ${row}`); // the last row is always visible
  await press(explorer, `row ${row}`);
}

// Turns the wheel over a list that is longer than the window until the control is visible: its middle `above` points
// above the window's bottom.
async function scrollTo(explorer, id, above = PINNED) {
  const {page} = explorer, {height} = page.viewportSize();
  for (let turns = 0; turns < 40; turns++) {
    const {middle: [x, y]} = await placeOf(explorer, id);
    if (y > 24 && y < height - above) return;
    await page.mouse.move(x, height / 2);
    await page.mouse.wheel(0, y > height / 2 ? 120 : -120);
    await explorer.settled();
  }
  throw new Error(`the control "${id}" cannot be scrolled to`);
}

// The rectangle and the middle of the pressable with this id (Painter::press in src/explorer).
export async function placeOf(explorer, id) {
  const place = await until(async () => {
    const found = await explorer.page.evaluate((name) => window.loom.pressable(name), id);
    return found.width > 0 && found;
  }, `the control "${id}"`);
  return {...place, middle: [place.x + place.width / 2, place.y + place.height / 2]};
}
export async function press(explorer, id) {
  const {middle} = await placeOf(explorer, id);
  await explorer.click(...middle);
}

// The same where something moves from then on: does not wait until the page is at rest.
export async function pressAndGo(explorer, id) {
  const {middle} = await placeOf(explorer, id);
  await explorer.page.mouse.click(...middle);
}

// Choose an overlay or a tool by its row in overlays.cpp or tools.cpp, from the lists that the buttons on the plane
// open.
export async function chooseOverlay(explorer, row) {
  await press(explorer, 'overlays');
  await press(explorer, `row ${row}`);
}
export async function chooseTool(explorer, row) {
  await press(explorer, 'tools');
  await scrollTo(explorer, `row ${row}`, 30);
  await press(explorer, `row ${row}`);
}

export async function drag(explorer, from, to, steps = 6) {
  const {page} = explorer;
  await page.mouse.move(...from);
  await explorer.frame();
  await page.mouse.down();
  await explorer.frame();
  for (let i = 1; i <= steps; i++) {
    await page.mouse.move(...[0, 1].map((axis) => from[axis] + (to[axis] - from[axis]) * i / steps));
    await explorer.frame();
  }
  await page.mouse.up();
  await explorer.settled();
}

// The middle of a class's mark in the legend.
export async function legendMark(explorer, classId) {
  const place = await explorer.place('legend');
  const picture = await screenshot(explorer.page, place), scale = picture.width / place.width;
  const found = find(picture, classColors[classId], 3); // not antialiased edges of other marks
  assert.ok(found.count >= 8, `class ${classId} is not in the legend`);
  return [place.x + found.x / scale, place.y + found.y / scale];
}

// The card with a message, and its two buttons from the right: Close, Try again (message_panel.cpp).
export async function messageCard(explorer) {
  return until(async () => {
    const plane = await explorer.place('plane'), picture = await screenshot(explorer.page, plane), scale = picture.width / plane.width;
    const {count, left, top, right, bottom} = find(picture, light.warning, 1);
    return count > 1000 && {left: plane.x + left / scale, top: plane.y + top / scale, right: plane.x + right / scale, bottom: plane.y + bottom / scale};
  }, 'the card of a message');
}
export async function clickClose(explorer) {
  const {right, bottom} = await messageCard(explorer);
  await explorer.click(right - 8 - 40, bottom - 4 - 20);
}
export async function clickRetry(explorer) {
  const {right, bottom} = await messageCard(explorer);
  await explorer.click(right - 8 - 80 - 50, bottom - 4 - 20);
}
