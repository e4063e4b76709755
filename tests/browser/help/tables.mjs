// The keys in src/explorer/overlays/overlays.cpp and tools/tools.cpp, in the order of their rows.
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {root} from './server.mjs';

const source = (file) => readFileSync(join(root, 'src/explorer', file), 'utf8');
const keys = (file) => [...source(file).matchAll(/\.key = "(\w*)"/g)].map(([, key]) => key);
export const overlays = keys('overlays/overlays.cpp'), tools = keys('tools/tools.cpp'); // row 0 is "none"
export const tourSteps = Number(source('state/tour.cpp').match(/array<StepView, (\d+)>/)[1]);
