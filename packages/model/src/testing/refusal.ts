import { WireError } from '../wire-error.ts';

/** The error of the wire that a call ends in; throws when the call succeeds. */
export function refusal(call: () => unknown): { status: number; code: string; message: string } {
  try {
    call();
  } catch (error) {
    if (error instanceof WireError) {
      return { status: error.status, code: error.code, message: error.message };
    }
    throw error;
  }
  throw new Error('The call succeeded.');
}
