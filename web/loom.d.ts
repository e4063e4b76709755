/** Grey values in [0, 1], row by row; several images one after the other. */
export type Pixels = Float32Array;

/** One row of numbers or many: as one flat array, or as an array of rows. */
export type Rows = ArrayLike<number> | ReadonlyArray<ArrayLike<number>>;

export interface LoadOptions {
  /** Prefix of error messages; by default the file's name. */
  name?: string;
  /** Expected length of the file, in bytes. */
  bytes?: number;
  /** Expected SHA-256 of the file, in hexadecimal digits. */
  sha256?: string;
  /** A longer file is refused as soon as this length is exceeded; by default 64 MB. */
  maxBytes?: number;
  /**
   * For decoding only: the download ends after the decoder, a third to a half of the file. Then `sha256` is not
   * checked, and encode, encoded and analyse throw.
   */
  part?: 'decoder';
  /** Called during the download; `total` is 0 if the length is not known. */
  onProgress?(loaded: number, total: number): void;
  /**
   * The bytes of loom-core.wasm, if it cannot be downloaded (a single file, a bundler without assets). Only the first
   * load uses it.
   */
  wasm?: ArrayBuffer | Uint8Array | Promise<ArrayBuffer | Uint8Array>;
}

export interface Info {
  readonly name: string;
  readonly latentDim: number;
  readonly height: number;
  readonly width: number;
  /** True for a variational autoencoder. A plain autoencoder encodes to mu only. */
  readonly variational: boolean;
  /** The distribution p(x|z): "bernoulli", "continuous_bernoulli", ... */
  readonly likelihood: string;
  readonly classNames: readonly string[];
  /** The colour of each class in the explorer: "#3f90da". */
  readonly classColors: readonly string[];
  /** The number of test images whose posteriors are in the file. */
  readonly encodedCount: number;
  /** The model's description in the weight file. */
  readonly model: Readonly<Record<string, unknown>>;
  /** Recipe, data, seed and metrics, as texts. */
  readonly provenance: Readonly<Record<string, string>>;
}

/** q(z|x) = N(mu, diag exp(logvar)), rows of latentDim numbers; logvar is null for a plain autoencoder. */
export interface Posterior {
  mu: Float32Array;
  logvar: Float32Array | null;
}

export interface EncodedSet extends Posterior {
  labels: Uint8Array;
}

/** Densities at a point, from the test set: per unit of area of the plane of the first two latent dimensions. */
export interface Place {
  /** The aggregate posterior q(z) = 1/N sum_n q(z|x_n), and its logarithm (-Infinity where it is 0). */
  density: number;
  logDensity: number;
  /** N(0, I). */
  prior: number;
  logPrior: number;
  /** The median of q at the test images. */
  typicalDensity: number;
  /** q(z) < p(z) / 10: there is hardly any training data here, and the decoder's output is hardly meaningful. */
  hole: boolean;
  /** The share of each class in q(z), with sum 1; all 0 where q(z) is 0. */
  shares: number[];
}

/** The reconstruction of an image at z = mu, and its losses. */
export interface Reconstruction extends Posterior {
  decoded: Pixels;
  /** -log p(x|z), in nats for most likelihoods. */
  reconstruction: number;
  /** KL(q(z|x) || p(z)), nats; 0 for a plain autoencoder. */
  kl: number;
  negativeElbo: number;
  /** The smallest reconstruction loss that any decoder could reach: the entropy of the grey pixels. */
  floor: number;
  /** reconstruction - floor. */
  excess: number;
  /** Mean over pixels. */
  squaredError: number;
}

export interface Model {
  readonly info: Info;
  /** Decodes points to images. `out`, a Float32Array of count * height * width, saves the allocation. */
  decode(z: Rows, out?: Float32Array): Pixels;
  /** Encodes images of the model's size to posteriors. */
  encode(pictures: Rows): Posterior;
  /** A copy of the test images' posteriors in the file. */
  encoded(): EncodedSet;
  analyse(question: {z: Rows}): Place[];
  analyse(question: {pictures: Rows}): Reconstruction[];
  /** Frees the memory. Every other call throws afterwards. */
  close(): void;
}

/**
 * Reads a weight file, given by its URL, as a File or Blob, or as bytes. Rejects with an Error that names the file and
 * the item, and says what was found and what was expected.
 */
export function load(source: string | URL | Blob | ArrayBuffer | ArrayBufferView, options?: LoadOptions): Promise<Model>;

/** Images to train on. Copies are used, so the arrays may be changed afterwards. */
export interface TrainingData {
  /** Grey values 0 (black) to 255 (white): images of height * width bytes, one after the other. */
  pixels: Uint8Array | ArrayBuffer | readonly number[];
  /** The class of each image, if there are classes. */
  labels?: Uint8Array | ArrayBuffer | readonly number[];
  /** [height, width] */
  shape: readonly [number, number];
  classNames?: readonly string[];
}

/**
 * Settings by the names of `loom recipes --json`, for example {hidden: [256, 128], epochs: 10, beta: 2, seed: 1}, which
 * change those of `recipe`; by default that is 'fashion-dense-vae-2d'. `first` trains on the first images only.
 */
export type TrainingSettings = {recipe?: string, first?: number} & Record<string, unknown>;

/** Means per image, in the unit of the loss, mostly nats. */
export interface LossTerms {
  reconstruction: number;
  kl: number;
  negative_elbo: number;
}

export interface TrainingProgress {
  step: number;
  steps_per_epoch: number;
  /** Steps in all. */
  steps: number;
  /** Finished epochs. */
  epoch: number;
  epochs: number;
  finished: boolean;
  running: boolean;
  beta: number;
  /** At the peak of its schedule. */
  learning_rate: number;
  /** Of this epoch so far; null before its first step. */
  training: LossTerms | null;
  images_per_second: number;
  seconds_left: number;
}

export interface TrainingEpoch {
  epoch: number;
  training: LossTerms;
  /** Of the images held out for validation, with the weights that model() would give; absent if there are none. */
  validation?: LossTerms;
  seconds: number;
  /** Dimensions whose mu varies by more than 0.01 (Burda et al. 2016), over the images that units_of names. */
  active_units: number;
  mu_variance: number[];
  kl_per_dimension: number[];
}

export interface TrainingHistory {
  unit: string;
  /** Numbers of images trained on and held out. */
  images: number;
  held_out: number;
  /** No Bernoulli loss can be below. Absent for other losses. */
  entropy_floor?: number;
  held_out_entropy_floor?: number;
  units_of: string;
  epochs: TrainingEpoch[];
  /** What was changed during the run: {step: 300, beta: 4}. */
  changes: Array<{step: number, beta?: number, learning_rate?: number}>;
}

export interface TrainingOptions {
  /** Called a few times a second, and when training stops. */
  onProgress?(progress: TrainingProgress): void;
  /** Called after each epoch. `codes` are those of all images, if codesEachEpoch is set, else null. */
  onEpoch?(epoch: {epoch: TrainingEpoch, progress: TrainingProgress, codes: Posterior | null}): void;
  codesEachEpoch?: boolean;
}

/** A run. Training goes on while other calls are answered. */
export interface Training {
  /** Sizes, data and settings of the run; `watched`: the numbers of the images that history() and model() are about. */
  readonly info: Readonly<Record<string, unknown>>;
  /** As last reported. */
  readonly progress: TrainingProgress;
  /** Where it runs: a worker, or in short slices on the page's own thread. */
  readonly where: 'worker' | 'page';
  /**
   * Trains to the end. Resolves when the run is finished or paused. Rejects if the loss is not finite; the state before
   * that step remains and can be used.
   */
  start(): Promise<TrainingProgress>;
  pause(): Promise<TrainingProgress>;
  step(steps?: number): Promise<TrainingProgress>;
  /** Trains to the end of the current epoch. */
  epoch(): Promise<TrainingProgress>;
  setBeta(beta: number): Promise<TrainingProgress>;
  setLearningRate(rate: number): Promise<TrainingProgress>;
  /** q(z|x) of the images of these numbers, or of all. */
  codes(images?: ArrayLike<number>): Promise<Posterior>;
  reconstruct(images: ArrayLike<number>): Promise<Pixels>;
  history(): Promise<TrainingHistory>;
  /** A weight file. `encoded`, by default true: with the codes of some images, which the explorer shows. */
  model(options?: {f32?: boolean, encoded?: boolean}): Promise<Uint8Array>;
  /** Its model card, Markdown. */
  card(name?: string, options?: {f32?: boolean, encoded?: boolean}): Promise<string>;
  /** The command line that trains the same model, to the bit. */
  command(name?: string, options?: {f32?: boolean}): Promise<string>;
  /** The codes and losses of each epoch, for the explorer. */
  replay(name?: string): Promise<Uint8Array>;
  /** The whole state, with which createTraining goes on to the same bytes. */
  state(): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Trains a model from start to end. `bytes` is its weight file. For more control: createTraining of training.js. */
export function train(data: TrainingData, settings?: TrainingSettings, onProgress?: (progress: TrainingProgress) => void):
  Promise<{bytes: Uint8Array, model: Model, history: TrainingHistory, card: string, command: string}>;
