/** What a request is answered with: an error number, the pieces of a body, or nothing at all. */
export type Reply =
  | { kind: 'error'; errno: number }
  | {
      kind: 'body';
      pieces: Buffer[];
      /** Called when the body has been sent. */
      done?: () => void;
    }
  | { kind: 'none' };

export function errorReply(errno: number): Reply {
  return { kind: 'error', errno };
}

export function bodyReply(...pieces: Buffer[]): Reply {
  return { kind: 'body', pieces };
}

export const NO_REPLY: Reply = { kind: 'none' };
