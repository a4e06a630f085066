import { open } from 'node:fs/promises';

/** At most so many of a file's first bytes, each as one character. @throws Error for what cannot be read */
export async function readStart(path: string, length: number): Promise<string> {
  const file = await open(path);
  try {
    const bytes = Buffer.alloc(length);
    const { bytesRead } = await file.read(bytes, 0, length, 0);
    return bytes.toString('latin1', 0, bytesRead);
  } finally {
    await file.close();
  }
}
