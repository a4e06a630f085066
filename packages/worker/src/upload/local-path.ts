/** A path of this host. Bytes when it is no UTF-8: Linux allows every name. */
export type LocalPath = string | Buffer;
