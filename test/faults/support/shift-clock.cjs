// Loaded into a process before everything else (NODE_OPTIONS): its Date runs before or after the time of day by the
// milliseconds in the file FACET_CLOCK_SHIFT, which is read four times a second.
const { readFileSync } = require('node:fs');

const file = process.env.FACET_CLOCK_SHIFT;
const RealDate = Date;
let shiftMs = 0;

function read() {
  try {
    shiftMs = Number(readFileSync(file, 'utf8')) || 0;
  } catch {
    // there is none yet, or not any more
  }
}

if (file) {
  const now = () => RealDate.now() + shiftMs;
  // a proxy has the prototype of the real one: whatever is a date stays one
  globalThis.Date = new Proxy(RealDate, {
    apply: () => new RealDate(now()).toString(),
    construct: (target, parts, newTarget) => Reflect.construct(target, parts.length === 0 ? [now()] : parts, newTarget),
    get: (target, name) => (name === 'now' ? now : target[name]),
  });
  read();
  setInterval(read, 250).unref();
}
