/** Grey values in [0, 1], row by row; of several pictures one after the other. */
export type Pixels = Float32Array;

/** One row of numbers or many: flat, or an array of rows. */
export type Rows = ArrayLike<number> | ReadonlyArray<ArrayLike<number>>;

export interface LoadOptions {
  /** Put before error messages; otherwise the file's name. */
  name?: string;
  /** Length that the file must have. */
  bytes?: number;
  /** SHA-256 that the file must have, in hexadecimal digits. */
  sha256?: string;
  /** More is refused, before it is read where the server tells; 64 MB. */
  maxBytes?: number;
  /**
   * Only decode: of a file from the network no more is fetched than the decoder, a third to a half of it. `sha256` is then not
   * checked, and encode, encoded and analyse fail.
   */
  part?: 'decoder';
  /** Told while the file comes; `all` is 0 where the length is not known. */
  onProgress?(bytes: number, all: number): void;
  /** The bytes of loom-core.wasm, for hosts that cannot be asked for it (a single file, a bundler without assets). Only the first load uses it. */
  wasm?: ArrayBuffer | Uint8Array | Promise<ArrayBuffer | Uint8Array>;
}

export interface Info {
  readonly name: string;
  readonly latentDim: number;
  readonly height: number;
  readonly width: number;
  /** A variational autoencoder; otherwise a plain one, whose code is mu alone. */
  readonly variational: boolean;
  /** How p(x|z) is read: "bernoulli", "continuous_bernoulli", ... */
  readonly likelihood: string;
  readonly classNames: readonly string[];
  /** Of each class, as in the explorer: "#3f90da". */
  readonly classColors: readonly string[];
  /** Test images whose posteriors are in the file. */
  readonly encodedCount: number;
  /** The model's description as in the weight file. */
  readonly model: Readonly<Record<string, unknown>>;
  /** Recipe, data, seed, metrics: for people. */
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

/** What the test set has to say about a place: per unit of area of the plane of the first two latent dimensions. */
export interface Place {
  /** The aggregate posterior q(z) = 1/N sum_n q(z|x_n), and its logarithm (-Infinity where nobody is). */
  density: number;
  logDensity: number;
  /** N(0, I). */
  prior: number;
  logPrior: number;
  /** The median of q at the test images. */
  typicalDensity: number;
  /** The prior would put ten times as many here as there are: the decoder invents what nobody taught it. */
  hole: boolean;
  /** Of each class in q(z), sum 1; all 0 where nobody is. */
  shares: number[];
}

/** What the model makes of a picture, at z = mu. */
export interface Reconstruction extends Posterior {
  decoded: Pixels;
  /** -log p(x|z), in nats for most likelihoods. */
  reconstruction: number;
  /** KL(q(z|x) || p(z)), nats; 0 for a plain autoencoder. */
  kl: number;
  negativeElbo: number;
  /** The least reconstruction loss that any decoder could reach: what grey pixels cost. */
  floor: number;
  /** reconstruction - floor. */
  excess: number;
  /** Mean over pixels. */
  squaredError: number;
}

export interface Model {
  readonly info: Info;
  /** Points to pictures. `out` saves the allocation: a Float32Array of count * height * width. */
  decode(z: Rows, out?: Float32Array): Pixels;
  /** Pictures of the model's size to posteriors. */
  encode(pictures: Rows): Posterior;
  /** The posteriors of the test images that the file brings along, a copy. */
  encoded(): EncodedSet;
  analyse(question: {z: Rows}): Place[];
  analyse(question: {pictures: Rows}): Reconstruction[];
  /** Gives the memory back; every other call fails from then on. */
  close(): void;
}

/**
 * Reads a weight file: an address, a File or Blob of the visitor, or bytes. Rejects with an Error that says file, item, what
 * was found and what was wanted.
 */
export function load(source: string | URL | Blob | ArrayBuffer | ArrayBufferView, options?: LoadOptions): Promise<Model>;
