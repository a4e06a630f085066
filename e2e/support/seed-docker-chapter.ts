import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.ts';

const SEED = join(ROOT, '../shared/seeds/best-practices.zh.txt');

export interface DockerChapter {
  /** Makes the App with image 0.1. */
  create: string;
  /** Gives it image 0.2. */
  modify: string;
}

/** Depth of what the document's second half of the first script lost its indentation of, by how a line begins. */
const LOST: readonly (readonly [RegExp, number])[] = [
  [/^(?:appName|print)/, 2],
  [/^except/, 1],
  [/^if __name__/, 0],
  [/^sys\.exit/, 1],
];

/**
 * The two scripts of the seed's chapter on Docker images, letter for letter but for the indentation that its PDF lost and for
 * the key, which it leaves to the reader. Undefined where the seed does not lie beside the checkout.
 */
export function seedDockerChapter(key: { id: string; secret: string }): DockerChapter | undefined {
  if (!existsSync(SEED)) return undefined;
  const text = readFileSync(SEED, 'utf8');
  const chapter = text.slice(text.lastIndexOf('使用 Docker 镜像构建 App'));
  const scripts = chapter.split('#encoding=utf-8').slice(1, 3).map(scriptOf);
  const [create = '', modify = ''] = scripts.map((script) =>
    script
      .replace("ACCESS_KEY_ID='xxxx'", `ACCESS_KEY_ID='${key.id}'`)
      .replace("ACCESS_KEY_SECRET='xxxx'", `ACCESS_KEY_SECRET='${key.secret}'`),
  );
  return { create, modify };
}

function scriptOf(text: string): string {
  const last = 'sys.exit(main())';
  const lines = text.slice(0, text.indexOf(last) + last.length).split('\n');
  const lostFrom = lines.findIndex((line) => line.startsWith('```'));
  const whole = lines.map((line, index) => {
    if (lostFrom < 0 || index < lostFrom) return line;
    const depth = LOST.find(([begins]) => begins.test(line))?.[1] ?? 3;
    return line === '' ? line : `${' '.repeat(4 * depth)}${line}`;
  });
  return `#encoding=utf-8${whole.filter((line) => !line.includes('```')).join('\n')}\n`;
}
