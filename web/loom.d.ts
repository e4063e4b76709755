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
