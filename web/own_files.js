// Files that a visitor drops, pastes or chooses: weight files, data sets and images. They are unpacked here and passed
// to the module; nothing leaves the visitor's machine. A small file can claim to be huge, so sizes are checked before
// memory is allocated.

import {MAX_FILE_BYTES} from './download.js';
import {TEXTS} from './texts.js';

const MAX_IMAGE_SIDE = 512;      // pixels; larger images are scaled down; the models' images have 28
const MAX_IMAGE_PIXELS = 2 ** 26; // larger images are not decoded, which would take more than 256 MB
const megabytes = (bytes) => Math.round(bytes / 2 ** 20);
const LIMIT = megabytes(MAX_FILE_BYTES);

// An image element reads its size from the header of the file and decodes nothing before it is drawn; createImageBitmap
// would decode first.
async function readImage(file) {
  const address = URL.createObjectURL(file), image = new Image();
  try {
    await new Promise((resolve, reject) => {
      image.onload = resolve;
      image.onerror = () => reject(new Error(TEXTS.files.unreadableImage));
      image.src = address;
    });
    const {naturalWidth: width, naturalHeight: height} = image;
    if (width * height > MAX_IMAGE_PIXELS)
      throw new Error(TEXTS.files.tooManyPixels(width, height, Math.floor(MAX_IMAGE_PIXELS / 1e6)));
    return drawn(image, width, height);
  } finally {
    URL.revokeObjectURL(address);
  }
}

// {pixels: RGBA, width, height}, scaled down to MAX_IMAGE_SIDE. Transparent pixels are blended over black, as in the
// native program (src/data/images/image_file.cpp), because the background of the data sets is 0.
function drawn(image, fullWidth, fullHeight) {
  const scale = Math.min(1, MAX_IMAGE_SIDE / Math.max(fullWidth, fullHeight));
  const width = Math.max(1, Math.round(fullWidth * scale)), height = Math.max(1, Math.round(fullHeight * scale));
  const canvas = Object.assign(document.createElement('canvas'), {width, height});
  const context = canvas.getContext('2d', {willReadFrequently: true});
  context.fillStyle = '#000'; // below transparent pixels
  context.fillRect(0, 0, width, height);
  context.drawImage(image, 0, 0, width, height);
  return {pixels: context.getImageData(0, 0, width, height).data, width, height};
}

// {grey, width, height} of an image file: the luma of ITU-R BT.709 in integers, as in the native program; fractions would
// round differently.
export async function greyImage(file) {
  const {pixels, width, height} = await readImage(file);
  const grey = Uint8Array.from({length: width * height}, (_, i) =>
    Math.floor((2126 * pixels[4 * i] + 7152 * pixels[4 * i + 1] + 722 * pixels[4 * i + 2] + 5000) / 10000));
  return {grey, width, height};
}

// The file's bytes, unpacked. A few kB of gzip can unpack to gigabytes, so the stream is stopped at the limit.
export async function unpacked(file) {
  const isPacked = /\.gz$/i.test(file.name);
  const stream = isPacked ? file.stream().pipeThrough(new DecompressionStream('gzip')) : file.stream();
  const parts = [];
  let length = 0;
  for (const reader = stream.getReader(); ;) {
    const {done, value} = await reader.read().catch((error) => {
      throw new Error(isPacked ? TEXTS.files.damagedGzip : TEXTS.files.unreadable, {cause: error});
    });
    if (done) break;
    length += value.length;
    if (length > MAX_FILE_BYTES) {
      reader.cancel().catch(() => {});
      throw new Error(TEXTS.files.unpacksTooLarge(LIMIT));
    }
    parts.push(value);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

export const isPack = (bytes) => bytes.length > 8 && new TextDecoder('latin1').decode(bytes.subarray(0, 8)) === 'LOOMPACK';

// receiver: openFile(name, bytes), openPack(name, bytes), openImage(name, grey, width, height), tell(text).
export async function openFile(receiver, file) {
  const isImage = file.type.startsWith('image/'), name = file.name || TEXTS.files.unnamed; // pasted files have no name
  try {
    if (file.size > MAX_FILE_BYTES) throw new Error(TEXTS.files.tooLarge(megabytes(file.size), LIMIT));
    if (isImage) {
      const {grey, width, height} = await greyImage(file);
      return receiver.openImage(name, grey, width, height);
    }
    const bytes = await unpacked(file);
    if (isPack(bytes)) return await receiver.openPack(name, bytes);
    receiver.openFile(name, bytes);
  } catch (error) {
    receiver.tell(`${name}: ${error.message}`);
  }
}

// Opens dropped files. receiver: as above, trainingIsOpen(), and openForTraining(choose), which reads images to train on;
// choose(own_images.js) gives the files.
export function openDropped(receiver, transfer) {
  const entries = [...transfer.items ?? []].map((item) => item.webkitGetAsEntry?.()).filter(Boolean); // gone after the event
  if (entries.some((entry) => entry.isDirectory)) return receiver.openForTraining(({filesBelow}) => filesBelow(entries));
  openFiles(receiver, [...transfer.files]);
}

// A zip and a pair of data set files are images to train on; data sets and several images are, while the tool for training
// is open.
export function openFiles(receiver, files) {
  if (!files.length) return;
  const are = (pattern) => files.filter(({name}) => pattern.test(name)).length;
  const dataSets = are(/\.(pack|idx|gz)$|ubyte$/i), several = files.length > 1 && !are(/\.safetensors/i);
  if (are(/\.zip$/i) || (several && dataSets === files.length) || (receiver.trainingIsOpen() && (several || dataSets)))
    return receiver.openForTraining(({filesOf}) => filesOf(files));
  openFile(receiver, files[0]);
}
