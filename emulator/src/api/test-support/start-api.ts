import { systemClock } from '@rebatch/model';
import type { Control } from '../../control/control.ts';
import { listen } from '../../server/http-endpoint.ts';
import { type Answer, createApi } from '../create-api.ts';
import { type Dialect, dialects, type PlainRequest, type Signer } from './dialects.ts';
import { type Received, type Sent, send } from './send.ts';

export const KEY = { id: 'AK', secret: 'SK', owner: '1000001' };

export interface StartedApi {
  url: string;
  answers: Answer[];
  /** Sends as it stands. */
  raw: (sent: Sent) => Promise<Received>;
  /** Signs in one dialect, Python's unless told otherwise, and sends. */
  call: (request: PlainRequest, dialect?: Dialect, signer?: Signer) => Promise<Received>;
  close: () => Promise<void>;
}

/** The API on a free port over the given Control, with the one key {@link KEY}. */
export async function startApi(control: Control): Promise<StartedApi> {
  const answers: Answer[] = [];
  const api = createApi({
    control,
    keys: { find: (id) => (id === KEY.id ? KEY : undefined) },
    clock: systemClock,
    metrics: () => 'up 1\n',
    answered: (answer) => answers.push(answer),
  });
  const endpoint = await listen(api, { host: '127.0.0.1', port: 0 });
  return {
    url: endpoint.url,
    answers,
    raw: (sent) => send(endpoint.url, sent),
    call: (request, dialect = dialects.python, signer = KEY) => send(endpoint.url, dialect(request, signer)),
    close: () => endpoint.close(0),
  };
}
