import type { WireError } from '@rebatch/model';

/** What a client reads when a request fails (spec §4.2). */
export interface ErrorBody {
  Code: string;
  Message: string;
  RequestId: string;
  HostId: string;
}

export function errorBody(error: WireError, requestId: string): ErrorBody {
  return { Code: error.code, Message: error.message, RequestId: requestId, HostId: '' };
}
