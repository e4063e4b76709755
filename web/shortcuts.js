// Keys with Ctrl or Cmd. By the letter that is on the key: SDL, which gets the other keys, knows only its place on the
// keyboard, and Z and Y change their places between countries.

const COMMANDS = {z: 'undo', Z: 'redo', y: 'redo', k: 'find'}; // Z: with Shift

// In a text field these keys undo what was typed.
const isTextField = (element) => element.matches('textarea, [contenteditable], input:not([type=range], [type=checkbox], [type=radio])');

export function connectShortcuts(dispatch) {
  addEventListener('keydown', (event) => {
    const {ctrlKey, metaKey, altKey, shiftKey, target} = event;
    if (!(ctrlKey || metaKey) || altKey || !(target instanceof Element) || isTextField(target) || target.closest('dialog')) return;
    const letter = event.key.toLowerCase(), command = COMMANDS[shiftKey ? letter.toUpperCase() : letter];
    if (!command) return;
    event.preventDefault();
    dispatch('do', command);
  }, {capture: true});
}

// The map has the focus from the start, but a frame around it helps only those who move the focus by keyboard.
export function frameMapForKeyboards() {
  const {dataset} = document.documentElement;
  addEventListener('keydown', ({key}) => { if (key === 'Tab') dataset.keyboard = ''; }, {capture: true});
  addEventListener('pointerdown', () => { delete dataset.keyboard; }, {capture: true});
}

// Keys of the explorer that are pressed while a button of the page above the map has the focus.
export function passKeysOn(canvas, isOurKey) {
  const ofButton = ({key, target}) => key !== ' ' && key !== 'Escape' && target instanceof Element &&
    target.closest('button, a') && !target.closest('dialog, #controls');
  for (const type of ['keydown', 'keypress', 'keyup'])
    addEventListener(type, (event) => {
      if (!ofButton(event) || event.ctrlKey || event.metaKey || event.altKey || !isOurKey(event)) return;
      if (!canvas.dispatchEvent(new KeyboardEvent(type, event))) event.preventDefault();
    });
}
