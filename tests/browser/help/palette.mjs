// The colours, read from src/core/color.h and src/core/palette.h, so that they are not written twice.
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {root} from './server.mjs';

const classes = readFileSync(join(root, 'src/core/color.h'), 'utf8');
const source = readFileSync(join(root, 'src/core/palette.h'), 'utf8');
const channels = (hex) => [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16));

export const classColors = [...classes.match(/kClassColors\{([^}]*)\}/)[1].matchAll(/0x(\w{6})/g)].map(([, hex]) => channels(hex));

function palette(name) {
  const body = source.match(new RegExp(`Palette ${name}\\{([^}]*)\\}`))[1];
  return Object.fromEntries([...body.matchAll(/\.(\w+) = rgb\(0x(\w{6})\)/g)].map(([, key, hex]) => [key, channels(hex)]));
}
export const light = palette('kLight'), dark = palette('kDark');
