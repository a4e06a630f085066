import type { RequestListener } from 'node:http';

/** The same listener, for requests that may come before it is ready; they wait. */
export function listeningAfter(ready: Promise<void>, listener: RequestListener): RequestListener {
  return (request, response) => {
    void ready.then(() => listener(request, response));
  };
}
