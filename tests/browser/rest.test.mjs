// Every overlay and every tool comes to rest: once it is complete, nothing is drawn.
import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {NO_WEBGL, quietTime, setUp, until, withExplorer} from './help/explorer.mjs';
import {overlays, tools} from './help/tables.mjs';

const IDLE = 2000, QUIET = 500; // ms
const AT_ONCE = 5; // pages
// Every row of the two tables, with the fields that a tool needs.
const NEEDS = {path: '&path=geodesic&a=-1.2,-1.4&b=1.2,-0.2', merge: '&a=-1.2,-1.4&b=0.6,0.6', noise: '&x=12&noise=gaussian,0.3', border: '&overlay=overlap',
  compare: '&with=fashion-dense-vae-2d&x=12', replay: '&frame=1', plane: '&m=fashion-dense-vae-10d'};
const views = [...overlays.filter(Boolean).map((key) => `overlay=${key}`), ...tools.filter(Boolean).map((key) => `tool=${key}${NEEDS[key] ?? ''}`)];
const SMALL = {width: 720, height: 520}; // less to compute and to draw

describe('rest', () => {
  const shared = setUp({}, NO_WEBGL);
  const withPage = (options, run) => withExplorer(shared, options, run);

  // The number of frames drawn until then.
  async function comeToRest(explorer) {
    await explorer.settled();
    let drawn = await explorer.frames();
    await until(async () => {
      await quietTime(QUIET);
      const before = drawn;
      drawn = await explorer.frames();
      return drawn === before;
    }, 'no more frames');
    return drawn;
  }

  // Each view has its own page, but the quiet period of a group begins when the last of them has come to rest.
  for (let from = 0; from < views.length; from += AT_ONCE) {
    const group = views.slice(from, from + AT_ONCE);
    test(`${group.join(', ')} come to rest, and stay there`, async () => {
      const moving = new Set(group);
      let allRest;
      const everywhere = new Promise((done) => { allRest = done; });
      const rests = (view) => moving.delete(view) && moving.size === 0 && allRest();
      const outcomes = await Promise.allSettled(group.map((view) => withPage({hash: `#${view}`, viewport: SMALL}, async (explorer) => {
        const drawn = await comeToRest(explorer);
        rests(view);
        await everywhere;
        await quietTime(IDLE);
        assert.equal(await explorer.frames(), drawn, 'it goes on drawing');
      }).finally(() => rests(view)))); // a failure of one does not delay the others
      assert.deepEqual(outcomes.flatMap(({reason}, n) => reason ? [`${group[n]}: ${reason.message}`] : []), []);
    });
  }
});
