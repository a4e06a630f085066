/** What this dialect keeps in the attributes of an object. Class and encryption of a bucket are those of its new objects. */

/** private, public-read or public-read-write; absent: as the bucket. */
export const OBJECT_ACL = 'acl';
/** Tags as `x-oss-tagging` has them: `key=value&…`, percent-encoded. */
export const TAGGING = 'tagging';
/** Key that a symlink stands for. The store knows it, too. */
export const SYMLINK = 'symlink';
/** Storage class when it is not Standard. */
export const STORAGE_CLASS = 'class';
/** Of a bucket: what its owner called its redundancy, when it is not LRS. */
export const REDUNDANCY = 'redundancy';
/** `AES256` when the writer, or the bucket's rule, asked for it. */
export const ENCRYPTION = 'encryption';
/** Until when an archived object can be read, in milliseconds since the epoch. */
export const RESTORED_UNTIL = 'restoredUntil';
