// Runs the checks in Node.
//
// usage: node node.mjs RESULT-FILE      environment: OSS (http://localhost:PORT), ACCESS_KEY_ID, ACCESS_KEY_SECRET
import { writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import OSS from 'ali-oss';
import { runChecks } from './checks.mjs';

const { env } = process;

async function run(signature, authorizationV4) {
  const bucket = `ali-oss-node-${signature}`;
  const client = new OSS({
    accessKeyId: env.ACCESS_KEY_ID,
    accessKeySecret: env.ACCESS_KEY_SECRET,
    endpoint: env.OSS,
    region: 'cn-hangzhou',
    sldEnable: true,
    bucket,
    authorizationV4,
  });
  await client.putBucket(bucket);
  const outcomes = await runChecks({
    client,
    bucket,
    endpoint: env.OSS,
    bytes: (content) => Buffer.from(content),
    file: (content) => Buffer.from(content),
    stream: (content) => Readable.from([Buffer.from(content)]),
    readStream: text,
  });
  await client.deleteBucket(bucket);
  return { ...outcomes, putBucket: 'passed', deleteBucket: 'passed' };
}

const [, , result] = process.argv;
await writeFile(result, JSON.stringify({ v1: await run('v1', false), v4: await run('v4', true) }));
