// The npm package and the package for learning platforms, used as their users do.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';
import {setUp, withExplorer} from './help/explorer.mjs';
import {TOLERANCE, assertDecoded, decodeNatively, largestDifference} from './help/pictures.mjs';
import {dist, manifest, root, serveFolder} from './help/server.mjs';

const {models: [first]} = manifest();
const offline = {npm_config_offline: 'true', npm_config_audit: 'false', npm_config_fund: 'false', npm_config_update_notifier: 'false'};
const run = (program, words, cwd) => execFileSync(program, words, {cwd, encoding: 'utf8', env: {...process.env, ...offline}, stdio: ['ignore', 'pipe', 'pipe']});

describe('npm package', () => {
  let folder;
  before(() => { folder = mkdtempSync(join(tmpdir(), 'loom-npm-')); });
  after(() => rmSync(folder, {recursive: true}));

  test('npm pack --dry-run lists the needed files and no others', () => {
    const [{files, name, unpackedSize}] = JSON.parse(run('npm', ['pack', '--dry-run', '--json'], join(dist, 'npm')));
    const paths = files.map(({path}) => path);
    assert.equal(name, 'latent-loom');
    for (const needed of ['package.json', 'README.md', 'LICENSE', 'loom.js', 'loom.d.ts', 'loom-core.js', 'loom-core.wasm', 'download.js', 'sha256.js',
      `models/${first.file}`, 'licences/Eigen.txt']) assert.ok(paths.includes(needed), `${needed} is missing`);
    assert.ok(paths.every((path) => /\.(js|ts|wasm|md|txt|json|safetensors)$|^LICENSE$/.test(path)), `${paths}`);
    assert.ok(unpackedSize < 2e6, `${unpackedSize} bytes`);
    const version = /project\(latent_loom VERSION ([\d.]+)/.exec(readFileSync(join(root, 'CMakeLists.txt'), 'utf8'))[1];
    assert.equal(JSON.parse(readFileSync(join(dist, 'npm/package.json'), 'utf8')).version, version);
    assert.match(readFileSync(join(root, 'CITATION.cff'), 'utf8'), new RegExp(`^version: ${version.replaceAll('.', '\\.')}$`, 'm'));
  });

  test('the tarball, installed into an empty folder, decodes as the native program, and the README\'s examples run', () => {
    const [{filename}] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', folder], join(dist, 'npm')));
    const home = join(folder, 'home');
    mkdirSync(home);
    writeFileSync(join(home, 'package.json'), '{"private": true, "type": "module"}');
    run('npm', ['install', '--ignore-scripts', join(folder, filename)], home);
    const readme = readFileSync(join(home, 'node_modules/latent-loom/README.md'), 'utf8');
    const lines = /```js\n([\s\S]*?)```/.exec(readme)[1];
    writeFileSync(join(home, 'use.js'), `${lines}\nconsole.log(JSON.stringify(Array.from(image)));\n`);
    const said = run(process.execPath, ['use.js'], home).trim().split('\n');
    const [native] = decodeNatively(first.name, [[0.3, -1.2]]);
    assert.ok(largestDifference(JSON.parse(said.at(-1)), native) <= TOLERANCE);
    assert.match(said.join('\n'), /T-shirt/);
  });

  test('TypeScript accepts correct uses and rejects wrong ones', () => {
    const tsc = join(root, 'tests/examples/node_modules/typescript/bin/tsc'), home = join(folder, 'home');
    const check = (text) => {
      writeFileSync(join(home, 'use.ts'), text);
      try {
        return run(process.execPath, [tsc, '--noEmit', '--strict', '--target', 'es2022', '--module', 'nodenext', '--lib', 'es2022,dom', 'use.ts'], home);
      } catch (error) {
        return error.stdout;
      }
    };
    const start = "import {load, type Model, type Place} from 'latent-loom';\nconst model: Model = await load('a.safetensors', {maxBytes: 10});\n";
    assert.equal(check(`${start}const pixels: Float32Array = model.decode([[0, 1], [2, 3]]);
      const [place]: Place[] = model.analyse({z: new Float32Array([0, 1])});
      const losses: number[] = model.analyse({pictures: pixels}).map((row) => row.negativeElbo);
      model.encode(pixels).logvar?.length; losses.push(place.density); model.close();`), '');
    for (const wrong of ["model.decode('0,1');", 'model.info.latentDim = 3;', "load(5);", 'model.analyse({z: [0, 1]})[0].kl;', 'model.encode([0]).logvar.length;'])
      assert.match(check(start + wrong), /error TS/, wrong);
  });
});

describe('package for learning platforms', () => {
  const shared = setUp();
  let folder, server;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'loom-scorm-'));
    run('python3', ['-m', 'zipfile', '-e', join(dist, 'latent-loom-scorm.zip'), folder], folder);
    server = await serveFolder(folder);
  });
  after(() => {
    server?.close();
    rmSync(folder, {recursive: true});
  });

  test('the manifest is a SCORM 1.2 manifest and lists exactly the files of the package', () => {
    const found = JSON.parse(run('python3', ['-c', `
import json, os, sys, xml.etree.ElementTree as tree
cp, adl = '{http://www.imsproject.org/xsd/imscp_rootv1p1p2}', '{http://www.adlnet.org/xsd/adlcp_rootv1p2}'
top = tree.parse('imsmanifest.xml').getroot()
organizations, resources = top.find(cp + 'organizations'), top.find(cp + 'resources')
items = list(organizations.iter(cp + 'item'))
print(json.dumps({
  'root': top.tag == cp + 'manifest', 'order': [child.tag.replace(cp, '') for child in top],
  'schema': top.findtext(cp + 'metadata/' + cp + 'schema'), 'version': top.findtext(cp + 'metadata/' + cp + 'schemaversion'),
  'default': organizations.get('default'), 'organizations': [o.get('identifier') for o in organizations],
  'items': [[i.get('identifierref'), i.findtext(cp + 'title')] for i in items],
  'resources': [[r.get('identifier'), r.get('type'), r.get(adl + 'scormtype'), r.get('href'), [f.get('href') for f in r]] for r in resources],
  'there': sorted(os.listdir('.'))}))`], folder));
    assert.equal(found.root, true);
    assert.deepEqual(found.order, ['metadata', 'organizations', 'resources']);
    assert.deepEqual([found.schema, found.version], ['ADL SCORM', '1.2']);
    assert.deepEqual(found.organizations, [found.default]);
    const [[identifier, type, scormType, launch, files]] = found.resources;
    assert.deepEqual(found.items, [[identifier, 'Latent Loom']]);
    assert.deepEqual([type, scormType], ['webcontent', 'asset']);
    assert.ok(files.includes(launch));
    assert.deepEqual([...files, 'imsmanifest.xml'].sort(), found.there);
  });

  test('unzipped at any address it runs, without requests for other files', () => withExplorer(shared, {url: server.url}, async (explorer) => {
    assertDecoded(first.name, await explorer.shown());
    assert.deepEqual(server.requests.map(({path}) => path), ['index.html']);
  }));
});
