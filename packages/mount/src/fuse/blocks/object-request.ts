import type { Content } from './block.ts';

/** A piece of a content, as the mount daemon asks the server for it. */
export interface ObjectRequest {
  content: Content;
  start: number;
  length: number;
}

/** Whole contents, small ones: asked for together, since asking costs more than the bytes. */
export const SMALL_CONTENTS_PATH = '/small';
const BYTES_PATH = '/bytes';
const FILES_PATH = '/files';
const URLS_PATH = '/urls';

/** For how long the URLs of `encodeUrlsRequest` are good. */
export const URL_SECONDS = 3600;

/** A stretch of what is at a URL that holds a part of a content. */
export interface UrlPiece {
  url: string;
  /** First byte of what is there. */
  start: number;
  bytes: number;
}

/** Status of an answer when the object is not what it was: replaced or deleted. */
export const STATUS_STALE = 412;
/** Status of an answer when the content is not in files of this host, or has no URLs. */
export const STATUS_ELSEWHERE = 204;
/** Status of an answer when the server does not know the question. */
export const STATUS_UNKNOWN = 400;

export function encodeObjectRequest({ content, start, length }: ObjectRequest): string {
  return pathOf(BYTES_PATH, { ...wordsOf(content), start: String(start), length: String(length) });
}

/** Undefined when the path is none that `encodeObjectRequest` made. */
export function decodeObjectRequest(path: string): ObjectRequest | undefined {
  const query = queryOf(BYTES_PATH, path);
  const content = contentIn(query);
  const [start, length] = [countIn(query, 'start'), countIn(query, 'length')];
  if (content === undefined || start === undefined || length === undefined) return undefined;
  return { content, start, length };
}

/** Asks in which files of this host a content lies. */
export function encodeFilesRequest(content: Content): string {
  return pathOf(FILES_PATH, wordsOf(content));
}

/** Undefined when the path is none that `encodeFilesRequest` made. */
export function decodeFilesRequest(path: string): Content | undefined {
  return contentIn(queryOf(FILES_PATH, path));
}

/** Asks for URLs at which a content's parts can be read without the server. */
export function encodeUrlsRequest(content: Content): string {
  return pathOf(URLS_PATH, wordsOf(content));
}

/** Undefined when the path is none that `encodeUrlsRequest` made. */
export function decodeUrlsRequest(path: string): Content | undefined {
  return contentIn(queryOf(URLS_PATH, path));
}

function wordsOf({ bucket, key, etag, size }: Content): Record<string, string> {
  return { bucket, key, etag, size: String(size) };
}

function pathOf(path: string, words: Record<string, string>): string {
  return `${path}?${new URLSearchParams(words).toString()}`;
}

function queryOf(path: string, asked: string): URLSearchParams {
  const url = new URL(asked, 'http://mount');
  return url.pathname === path ? url.searchParams : new URLSearchParams();
}

function contentIn(query: URLSearchParams): Content | undefined {
  const [bucket, key, etag] = ['bucket', 'key', 'etag'].map((name) => query.get(name));
  const size = countIn(query, 'size');
  if (bucket == null || key == null || etag == null || size === undefined) return undefined;
  return { bucket, key, etag, size };
}

function countIn(query: URLSearchParams, name: string): number | undefined {
  const value = Number(query.get(name) ?? Number.NaN);
  return Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}
