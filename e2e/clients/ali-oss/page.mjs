// Runs the checks in a page of another origin than the store, as a web application would; posts how they went.
import { runChecks } from './checks.mjs';

const { OSS } = globalThis;

async function run({ keys, endpoint, bucket, authorizationV4 }) {
  const client = new OSS({
    ...keys,
    endpoint,
    bucket,
    region: 'cn-hangzhou',
    sldEnable: true,
    authorizationV4,
  });
  return runChecks({
    client,
    bucket,
    endpoint,
    bytes: (content) => new Blob([content]),
    file: (content) => new File([content], 'file.bin'),
    // The client's browser build does not have these methods, and a page does not have Node's streams.
    without: ['streams', 'classes', 'description', 'encryption', 'forms', 'payer', 'policy', 'tags'],
  });
}

async function runAll() {
  const { keys, endpoint, buckets } = await (await fetch('/place.json')).json();
  return {
    v1: await run({ keys, endpoint, bucket: buckets.v1, authorizationV4: false }),
    v4: await run({ keys, endpoint, bucket: buckets.v4, authorizationV4: true }),
  };
}

const told = await runAll().catch((error) => ({ page: { page: String(error.stack ?? error) } }));
await fetch('/outcomes', { method: 'POST', body: JSON.stringify(told) });
