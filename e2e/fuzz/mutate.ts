import { HOSTILE_TEXTS, hostileValue } from './hostile-values.ts';
import type { Random } from './random.ts';

/** JSON text of `valid` with up to four of its fields made wrong; now and then the text itself is damaged. */
export function mutatedJson(valid: object, random: Random): Buffer {
  const value: unknown = structuredClone(valid);
  for (let n = random.below(5); n > 0; n--) mutateField(value, random);
  let text = JSON.stringify(value);
  // What an object cannot hold, its text can: a key twice, and __proto__ as a key of its own.
  if (random.chance(0.1)) text = text.replace('{', `{${JSON.stringify(random.pick(HOSTILE_TEXTS))}:1,`);
  if (random.chance(0.1)) text = text.replace('{', '{"__proto__":{"admin":true},"__proto__":[],');
  if (random.chance(0.1)) text = text.replace(/"([A-Z]\w*)":/, (field) => `${field}null,${field}`);
  return random.chance(0.2) ? damaged(Buffer.from(text), random) : Buffer.from(text);
}

/** `bytes` with a few of them changed, taken away, doubled, or cut off. */
export function damaged(bytes: Buffer, random: Random): Buffer {
  let result = Buffer.from(bytes);
  for (let n = 1 + random.below(4); n > 0 && result.length > 0; n--) {
    const at = random.below(result.length);
    switch (random.below(5)) {
      case 0:
        result[at] = random.below(256);
        break;
      case 1:
        result = Buffer.concat([result.subarray(0, at), result.subarray(at + 1 + random.below(8))]);
        break;
      case 2:
        result = Buffer.concat([
          result.subarray(0, at),
          Buffer.from([random.below(256), 0, 0xff, 0xc0]),
          result.subarray(at),
        ]);
        break;
      case 3:
        result = result.subarray(0, at);
        break;
      default:
        result = Buffer.concat([result, result.subarray(at)]);
    }
  }
  return result;
}

/** Walks to a random place below `value` and replaces, removes or adds something there. */
function mutateField(value: unknown, random: Random): void {
  let holder = value;
  for (;;) {
    if (typeof holder !== 'object' || holder === null) return;
    const fields = new Map(Object.entries(holder));
    const names = [...fields.keys()];
    const name = names[random.below(names.length)];
    const inner = name === undefined ? undefined : fields.get(name);
    if (typeof inner === 'object' && inner !== null && random.chance(0.75)) {
      holder = inner;
      continue;
    }
    const action = random.below(4);
    if (name === undefined || action === 0) define(holder, random.pick(HOSTILE_TEXTS), hostileValue(random));
    else if (action === 1) Reflect.deleteProperty(holder, name);
    else define(holder, name, hostileValue(random));
    return;
  }
}

function define(holder: object, name: string, value: unknown): void {
  Object.defineProperty(holder, name, { value, enumerable: true, configurable: true, writable: true });
}
