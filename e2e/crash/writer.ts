import type { Random } from '../fuzz/random.ts';
import type { Ledger } from './ledger.ts';
import { bytesOf, type ObjectState, type Piece } from './object-state.ts';
import type { Answer, Ask, Question } from './signed-requests.ts';

type Stored = Extract<ObjectState, { kind: 'object' }>;

const ABSENT: ObjectState = { kind: 'absent' };

/** Both sides of what the store treats differently: rows, files hashed in memory, files hashed by the piece. */
const SIZES: [number, ...number[]] = [0, 10, 4096, 30_000, 40_000, 200_000, 700_000];
const MOST_LOG_BYTES = 300_000;

export interface WriterOptions {
  ask: Ask;
  bucket: string;
  ledger: Ledger;
  random: Random;
  /** Keys that nobody else writes; of some, logs are made. */
  own: { objects: [string, ...string[]]; logs: [string, ...string[]] };
  /** Keys that others write at the same time. */
  shared: [string, ...string[]];
  /** A number that was never given before. */
  nextSeed: () => number;
  /** Hears of each acknowledged write. */
  onAcknowledged: () => void;
}

/** One connection's worth of mixed writes, one after the other. */
export class Writer {
  readonly #options: WriterOptions;
  readonly #acts: [() => Promise<void>, ...(() => Promise<void>)[]] = [
    () => this.#put(this.#key()),
    () => this.#put(this.#key()),
    () => this.#put(this.#options.random.pick(this.#options.shared)),
    () => this.#append(),
    () => this.#append(),
    () => this.#copy(),
    () => this.#multipart(),
    () => this.#delete(this.#key()),
    () => this.#replaceMetadata(),
    () => this.#tag(),
    () => this.#setAcl(),
  ];

  constructor(options: WriterOptions) {
    this.#options = options;
  }

  /** One write. Rejects when the connection broke. @throws Error when the store refused it */
  act(): Promise<void> {
    return this.#options.random.pick(this.#acts)();
  }

  async #put(key: string): Promise<void> {
    const piece = this.#piece(this.#options.random.pick(SIZES));
    const meta = String(piece.seed);
    const tags = this.#options.random.chance(0.3) ? `t=${meta}` : '';
    const acl = this.#options.random.chance(0.3) ? 'public-read' : 'default';
    const headers = {
      'x-oss-meta-seed': meta,
      ...(tags === '' ? {} : { 'x-oss-tagging': tags }),
      ...(acl === 'default' ? {} : { 'x-oss-object-acl': acl }),
    };
    await this.#write(
      { method: 'PUT', key, headers, body: bytesOf(piece) },
      { kind: 'object', pieces: [piece], meta, tags, acl },
    );
  }

  async #append(): Promise<void> {
    const key = this.#options.random.pick(this.#options.own.logs);
    const old = this.#now(key);
    const size = old?.pieces.reduce((sum, { length }) => sum + length, 0) ?? 0;
    if (size > MOST_LOG_BYTES) return this.#delete(key);
    const piece = this.#piece(1 + this.#options.random.below(20_000));
    const first = {
      kind: 'object',
      pieces: [piece],
      meta: String(piece.seed),
      tags: '',
      acl: 'default',
    } as const;
    await this.#write(
      {
        method: 'POST',
        key,
        query: [
          ['append', ''],
          ['position', String(size)],
        ],
        headers: old === undefined ? { 'x-oss-meta-seed': first.meta } : {},
        body: bytesOf(piece),
      },
      old === undefined ? first : { ...old, pieces: [...old.pieces, piece] },
    );
  }

  async #copy(): Promise<void> {
    const [from, to] = [this.#key(), this.#key()];
    const source = this.#now(from);
    if (source === undefined || from === to) return this.#put(to);
    const headers = { 'x-oss-copy-source': `/${this.#options.bucket}/${from}` };
    await this.#write({ method: 'PUT', key: to, headers }, { ...source, acl: 'default' });
  }

  async #replaceMetadata(): Promise<void> {
    const key = this.#key();
    const old = this.#now(key);
    if (old === undefined) return this.#put(key);
    const meta = String(this.#options.nextSeed());
    const headers = {
      'x-oss-copy-source': `/${this.#options.bucket}/${key}`,
      'x-oss-metadata-directive': 'REPLACE',
      'x-oss-meta-seed': meta,
    };
    await this.#write({ method: 'PUT', key, headers }, { ...old, meta, acl: 'default' });
  }

  async #multipart(): Promise<void> {
    const key = this.#key();
    const pieces = [200_000, 102_400 + this.#options.random.below(600_000), 10].map((length) =>
      this.#piece(length),
    );
    const meta = String(pieces[0]?.seed);
    const headers = { 'x-oss-meta-seed': meta };
    const begun = await this.#ask({ method: 'POST', key, query: [['uploads', '']], headers });
    const uploadId = /<UploadId>([^<]+)</.exec(begun.body.toString())?.[1] ?? '';
    const parts: string[] = [];
    for (const [index, piece] of pieces.entries()) {
      const query: [string, string][] = [
        ['partNumber', String(index + 1)],
        ['uploadId', uploadId],
      ];
      const { headers: answered } = await this.#ask({ method: 'PUT', key, query, body: bytesOf(piece) });
      parts.push(`<Part><PartNumber>${index + 1}</PartNumber><ETag>${answered.etag}</ETag></Part>`);
    }
    const query: [string, string][] = [['uploadId', uploadId]];
    if (this.#options.random.chance(0.2)) {
      await this.#ask({ method: 'DELETE', key, query });
      return;
    }
    const body = Buffer.from(`<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`);
    await this.#write(
      { method: 'POST', key, query, body },
      { kind: 'object', pieces, meta, tags: '', acl: 'default' },
    );
  }

  #delete(key: string): Promise<void> {
    return this.#write({ method: 'DELETE', key }, ABSENT);
  }

  async #tag(): Promise<void> {
    const key = this.#key();
    const old = this.#now(key);
    if (old === undefined) return this.#put(key);
    const query: [string, string][] = [['tagging', '']];
    if (this.#options.random.chance(0.3)) {
      return this.#write({ method: 'DELETE', key, query }, { ...old, tags: '' });
    }
    const value = String(this.#options.nextSeed());
    const body = Buffer.from(
      `<Tagging><TagSet><Tag><Key>t</Key><Value>${value}</Value></Tag></TagSet></Tagging>`,
    );
    return this.#write({ method: 'PUT', key, query, body }, { ...old, tags: `t=${value}` });
  }

  async #setAcl(): Promise<void> {
    const key = this.#key();
    const old = this.#now(key);
    if (old === undefined) return this.#put(key);
    const acl = this.#options.random.pick(['private', 'public-read', 'default']);
    const headers = { 'x-oss-object-acl': acl };
    return this.#write({ method: 'PUT', key, query: [['acl', '']], headers }, { ...old, acl });
  }

  async #write(question: Question & { key: string }, state: ObjectState): Promise<void> {
    const acknowledge = this.#options.ledger.begin(question.key, state);
    await this.#ask(question);
    acknowledge();
    this.#options.onAcknowledged();
  }

  async #ask(question: Question): Promise<Answer> {
    const answer = await this.#options.ask(question);
    if (answer.status >= 300) {
      throw new Error(
        `${question.method} ${question.key} was refused: ${answer.status} ${answer.body.toString()}`,
      );
    }
    return answer;
  }

  #key(): string {
    return this.#options.random.pick(this.#options.own.objects);
  }

  /** What one of the own keys stands for: nobody else writes it, and no write of it is under way. */
  #now(key: string): Stored | undefined {
    const state = this.#options.ledger.possible(key).at(-1);
    return state?.kind === 'object' ? state : undefined;
  }

  #piece(length: number): Piece {
    return { seed: this.#options.nextSeed(), length };
  }
}
