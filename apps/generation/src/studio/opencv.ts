/** The part of OpenCV's matrix that the studio uses. Its memory is WebAssembly's: `delete()` it. */
export interface Matrix {
  /** A view of the pixels; void as soon as OpenCV allocates again. */
  readonly data: Uint8Array;
  delete(): void;
}

/** The part of OpenCV that the studio uses; the package's own types are of the whole and do not match its version. */
export interface OpenCv {
  readonly Mat: new (rows?: number, columns?: number, type?: number) => Matrix;
  readonly Size: new (width: number, height: number) => object;
  readonly CV_8UC1: number;
  readonly MORPH_RECT: number;
  getStructuringElement(shape: number, size: object): Matrix;
  dilate(from: Matrix, to: Matrix, element: Matrix): void;
  erode(from: Matrix, to: Matrix, element: Matrix): void;
}

interface OpenCvModule extends OpenCv {
  onRuntimeInitialized?: () => void;
  readonly calledRun?: boolean;
}

const FATAL_EVENTS = ['uncaughtException', 'unhandledRejection'] as const;

/**
 * Loads OpenCV (0.2 s, some 60 MB): only where it is needed, once per worker. Its runtime installs process-wide
 * handlers that end the process on any unhandled rejection; they are taken off again.
 */
export const loadOpenCv = (): Promise<OpenCv> => {
  const before = FATAL_EVENTS.map((event) => process.listeners(event as 'uncaughtException'));
  // A plain require: the module looks like a promise that never settles, which `await import()` would wait for.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const module = require('@techstark/opencv-js') as OpenCvModule;
  FATAL_EVENTS.forEach((event, at) => {
    for (const listener of process.listeners(event as 'uncaughtException')) {
      if (!before[at]?.includes(listener)) process.removeListener(event, listener);
    }
  });
  return new Promise((resolve) => {
    const ready = (): void => resolve(withoutThen(module));
    if (module.calledRun) ready();
    else module.onRuntimeInitialized = ready;
  });
};

/** Resolving a promise with the module itself would call its `then`, which never settles. */
const withoutThen = (module: OpenCvModule): OpenCv =>
  new Proxy(module, { get: (target, name) => (name === 'then' ? undefined : (target as unknown as Record<PropertyKey, unknown>)[name]) });
