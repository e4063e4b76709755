// Images that a visitor opens to train on: a pair of IDX files, a data pack, or PNG and JPEG files, in folders or in a zip.
// They are read here and stay on the visitor's machine. What cannot be read is counted and named.

import {MAX_FILE_BYTES} from './download.js';
import {greyImage, isPack, unpacked} from './own_files.js';
import {imagesOfPack} from './packs.js';
import {TEXTS} from './texts.js';
import {isZip, zipEntries} from './zip.js';

const MOST_IMAGES = 60000, FEWEST_IMAGES = 20, MOST_CLASSES = 64, MOST_NAME = 40; // as in src/core/image.h
const MOST_SIDE = 64;             // pixels of an image in an IDX file or a pack
const MOST_BYTES = 256 * 2 ** 20; // that all files of a zip unpack to
const AT_ONCE = 16;               // images that are decoded at the same time
const NAMED = 3;                  // files that are named in a sentence
const IMAGE_NAME = /\.(png|jpe?g|webp|gif|bmp)$/i, OTHER_NAME = /\.(safetensors|pack|idx|gz)$/i;
const IDX_IMAGES = 0x00000803, IDX_LABELS = 0x00000801; // bytes, with three dimensions and with one

const T = TEXTS.ownImages;

// --- files ------------------------------------------------------------------------------------------------------------

// Files as [{path, file()}], from a list of files and from the entries of a drop (FileSystemEntry), folders among them.
export const filesOf = (list) => [...list].map((file) => ({path: file.webkitRelativePath || file.name, file: async () => file}));

export async function filesBelow(entries) {
  const found = [], waiting = [...entries];
  while (waiting.length) {
    const entry = waiting.pop();
    if (entry.isFile) {
      found.push({path: entry.fullPath.replace(/^\//, ''), file: () => new Promise((done, failed) => entry.file(done, failed))});
      if (found.length > MOST_IMAGES) throw new Error(T.tooMany(MOST_IMAGES));
    } else {
      const reader = entry.createReader();
      for (let some; (some = await new Promise((done, failed) => reader.readEntries(done, failed))).length;) waiting.push(...some);
    }
  }
  return found;
}

// --- reading ----------------------------------------------------------------------------------------------------------

// files: [{path, file()}]. fit(grey, width, height, name) gives the pixels of an image at the size [height, width] that the
// page trains on. onProgress(share). Returns {pixels, labels, shape, classNames, words}. Throws Error with a sentence.
export async function readTrainingImages(files, {fit, size}, onProgress) {
  const left = []; // what is not used: {path, why}
  const all = await unzipped(files, left);
  const pictures = all.filter(({path}) => IMAGE_NAME.test(path));
  const others = all.filter(({path}) => !IMAGE_NAME.test(path));
  const set = await dataSet(others, left, pictures.length === 0);
  if (set) {
    for (const {path} of pictures) left.push({path});
    return described(set, left);
  }
  if (!pictures.length) throw new Error(T.nothing);
  return described(await pictureSet(pictures, left, fit, size, onProgress), left);
}

// The same files, with those inside a zip instead of it.
async function unzipped(files, left) {
  const out = [];
  for (const one of files) {
    if (!/\.zip$/i.test(one.path)) {
      out.push(one);
      continue;
    }
    const file = await one.file();
    if (file.size > MAX_FILE_BYTES) throw new Error(`${one.path}: ${TEXTS.files.tooLarge(Math.round(file.size / 2 ** 20), MAX_FILE_BYTES / 2 ** 20)}`);
    const bytes = new Uint8Array(await file.arrayBuffer());
    if (!isZip(bytes)) throw new Error(`${one.path}: ${T.notZip}`);
    let entries;
    try {
      entries = zipEntries(bytes);
    } catch (error) {
      throw new Error(`${one.path}: ${error.message}`, {cause: error});
    }
    if (entries.reduce((sum, {size}) => sum + size, 0) > MOST_BYTES) throw new Error(`${one.path}: ${TEXTS.files.unpacksTooLarge(MOST_BYTES / 2 ** 20)}`);
    for (const {path, size, unpack} of entries) {
      if (size > MAX_FILE_BYTES) left.push({path});
      else out.push({path, file: async () => new File([await unpack()], path.replace(/.*\//, ''))});
    }
  }
  if (out.length > MOST_IMAGES) throw new Error(T.tooMany(MOST_IMAGES));
  return out;
}

// A data pack, or an IDX file of images with or without one of labels, if one is among the files.
async function dataSet(files, left, alone) {
  let images = null, labels = null, pack = null;
  for (const {path, file} of files) {
    if (!alone && !OTHER_NAME.test(path) && !/ubyte$/i.test(path)) {
      left.push({path}); // a note beside pictures
      continue;
    }
    const bytes = await file().then(unpacked).catch((error) => {
      if (files.length === 1) throw new Error(`${path}: ${error.message}`, {cause: error});
      return new Uint8Array();
    });
    const magic = bytes.length >= 8 ? new DataView(bytes.buffer, bytes.byteOffset).getUint32(0) : 0;
    if (magic === IDX_IMAGES && !images) images = {path, bytes};
    else if (magic === IDX_LABELS && !labels) labels = {path, bytes};
    else if (isPack(bytes) && !pack) pack = {path, bytes};
    else left.push({path});
  }
  if (images) {
    if (pack) left.push(pack);
    return idxSet(images, labels);
  }
  if (labels) left.push(labels);
  return pack && packSet(pack);
}

function checkSize(path, count, height, width) {
  if (height < 1 || width < 1 || height > MOST_SIDE || width > MOST_SIDE) throw new Error(`${path}: ${T.size(height, width, MOST_SIDE)}`);
  if (count < FEWEST_IMAGES) throw new Error(`${path}: ${T.tooFew(count, FEWEST_IMAGES)}`);
  if (count > MOST_IMAGES) throw new Error(`${path}: ${T.tooMany(MOST_IMAGES)}`);
}

function idxSet({path, bytes}, labelFile) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length), BEGIN = 16;
  if (bytes.length < BEGIN) throw new Error(`${path}: ${T.damagedIdx}`);
  const [count, height, width] = [4, 8, 12].map((at) => view.getUint32(at));
  checkSize(path, count, height, width);
  if (bytes.length !== BEGIN + count * height * width) throw new Error(`${path}: ${T.damagedIdx}`);
  let labels = null;
  if (labelFile) {
    labels = labelFile.bytes.slice(8);
    if (new DataView(labelFile.bytes.buffer, labelFile.bytes.byteOffset).getUint32(4) !== labels.length) throw new Error(`${labelFile.path}: ${T.damagedIdx}`);
    if (labels.length !== count) throw new Error(`${labelFile.path}: ${T.otherLabels(labels.length, count)}`);
    if (labels.some((label) => label >= MOST_CLASSES)) throw new Error(`${labelFile.path}: ${T.tooManyClasses(MOST_CLASSES)}`);
  }
  const classes = labels ? labels.reduce((most, label) => Math.max(most, label + 1), 0) : 0;
  return {path, pixels: bytes.slice(BEGIN), labels, shape: [height, width], classNames: Array.from({length: classes}, (_, n) => String(n))};
}

async function packSet({path, bytes}) {
  const images = await imagesOfPack(bytes).catch((error) => { throw new Error(`${path}: ${error.message}`, {cause: error}); });
  checkSize(path, images.pixels.length / (images.shape[0] * images.shape[1]), ...images.shape);
  return {path, ...images};
}

const folderOf = (path) => path.split('/').at(-2) ?? '';

// A shuffled order that is the same every time, so that the first images are of all classes.
function shuffled(list) {
  let state = 1;
  const next = (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor(state / 2 ** 32 * below);
  };
  for (let n = list.length - 1; n > 0; n--) {
    const other = next(n + 1);
    [list[n], list[other]] = [list[other], list[n]];
  }
  return list;
}

async function pictureSet(pictures, left, fit, [height, width], onProgress) {
  const sorted = shuffled(pictures.sort((a, b) => a.path < b.path ? -1 : 1)), read = [];
  for (let at = 0; at < sorted.length; at += AT_ONCE) {
    onProgress(at / sorted.length);
    read.push(...await Promise.all(sorted.slice(at, at + AT_ONCE).map(async ({path, file}) => {
      try {
        const image = await greyImage(await file());
        const same = image.width === width && image.height === height;
        return {path, grey: same ? image.grey : fit(image.grey, image.width, image.height, path)};
      } catch {
        left.push({path});
        return null;
      }
    })));
  }
  const images = read.filter(Boolean), folders = [...new Set(images.map(({path}) => folderOf(path)))].sort();
  const first = images[0]?.path ?? '', path = first.includes('/') ? first.split('/')[0] : T.yourFiles;
  checkSize(path, images.length, height, width);
  if (folders.length > MOST_CLASSES) throw new Error(`${path}: ${T.tooManyClasses(MOST_CLASSES)}`);
  const long = folders.find((name) => new TextEncoder().encode(name).length > MOST_NAME);
  if (folders.length > 1 && long) throw new Error(`${long}: ${T.longName(MOST_NAME)}`);
  const pixels = new Uint8Array(images.length * height * width);
  images.forEach(({grey}, n) => pixels.set(grey, n * height * width));
  const labels = folders.length > 1 ? Uint8Array.from(images, (image) => folders.indexOf(folderOf(image.path))) : null;
  return {path, pixels, labels, shape: [height, width], classNames: labels ? folders : []};
}

function described({path, ...set}, left) {
  const count = set.pixels.length / (set.shape[0] * set.shape[1]);
  const names = left.slice(0, NAMED).map((one) => one.path.replace(/.*\//, ''));
  return {...set, words: T.words(count.toLocaleString('en'), path, set.classNames.length) + (left.length ? ` ${T.left(left.length, names)}` : '')};
}
