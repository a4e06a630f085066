/**
 * A process that uploads a large file, made to be killed. Arguments: the root of its UploadWorld, the file's name. Prints a line
 * for each part that is up.
 */
import { uploadWorld } from './upload-world.ts';

const [root = '', name = ''] = process.argv.slice(2);
const world = await uploadWorld({ root });
const putPart = world.objects.putPart.bind(world.objects);
world.objects.putPart = async (...args) => {
  const part = await putPart(...args);
  process.stdout.write(`${part.partNumber}\n`);
  return part;
};
await world.uploader.upload(world.upload(name), new AbortController().signal);
// Until it is killed.
setInterval(() => undefined, 1_000_000);
