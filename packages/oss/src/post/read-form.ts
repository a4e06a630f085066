import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Busboy } from '@fastify/busboy';
import { incorrectNumberOfFiles, malformedPost } from '../gateway/oss-errors.ts';
import type { OssRequest } from '../gateway/oss-request.ts';

/** A browser's form: what comes before the file, and the file. */
export interface PostForm {
  /** By lower-case name. */
  fields: ReadonlyMap<string, string>;
  file: { name: string; body: Readable };
}

const MAX_FIELDS = 200;
const MAX_FIELD_BYTES = 64 * 1024;

/** Whether the body is a form with a file. */
export function isForm(request: Pick<OssRequest, 'header'>): boolean {
  return request.header('content-type')?.toLowerCase().startsWith('multipart/form-data') === true;
}

/**
 * Reads a form up to its file, whose bytes come as they are asked for; a form that breaks off breaks the file's stream,
 * too. Fields behind the file are ignored (spec/oss.md §1.6).
 * @throws OssError MalformedPOSTRequest, IncorrectNumberOfFilesInPOSTRequest
 */
export function readForm(request: OssRequest): Promise<PostForm> {
  const found = Promise.withResolvers<PostForm>();
  const fields = new Map<string, string>();
  let file: Readable | undefined;
  let form: InstanceType<typeof Busboy>;
  try {
    form = new Busboy({
      headers: { 'content-type': request.header('content-type') ?? '' },
      preservePath: true,
      limits: { fields: MAX_FIELDS, fieldSize: MAX_FIELD_BYTES, files: 1 },
      isPartAFile: (name) => name === 'file',
    });
  } catch (error) {
    return Promise.reject(malformedPost('it has no boundary', error));
  }
  const refuse = (why: string): void => {
    const error = malformedPost(why);
    found.reject(error);
    form.destroy(error);
  };
  form.on('field', (name, value, nameTruncated, valueTruncated) => {
    if (nameTruncated || valueTruncated) {
      refuse(`the field ${name} is too long`);
    } else if (file === undefined) {
      fields.set(name.toLowerCase(), value);
    }
  });
  form.on('fieldsLimit', () => refuse('it has too many fields'));
  form.on('file', (_field, stream, filename) => {
    file = stream;
    // Heard by who reads the file; until somebody does, it must not count as unhandled.
    stream.on('error', () => undefined);
    found.resolve({ fields, file: { name: baseName(filename), body: stream } });
  });
  // A body without any boundary in it would leave the parser waiting for one for ever.
  async function* toTheEnd(): AsyncGenerator<Uint8Array> {
    yield* request.body;
    found.reject(incorrectNumberOfFiles());
  }
  pipeline(toTheEnd(), form).then(
    () => found.reject(incorrectNumberOfFiles()),
    (error: unknown) => {
      file?.destroy(error instanceof Error ? error : undefined);
      found.reject(malformedPost('it breaks off', error));
    },
  );
  return found.promise;
}

/** Some browsers send the whole path. */
function baseName(filename: string): string {
  return filename.replace(/^.*[/\\]/s, '');
}
