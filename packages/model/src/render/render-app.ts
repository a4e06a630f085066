import type { AppDescription } from '../descriptions.ts';
import type { AppView } from '../views.ts';

/**
 * The answer to GET /apps/{Name}?Detail=True (spec/batchcompute-api.md §8.4): the whole description of one revision.
 * Parsing it gives the description again. Docker and VM are there only when given, since clients tell by their presence.
 */
export function renderAppDescription(app: AppDescription): AppDescription {
  return { ...app };
}

/** GetApp and the items of ListApps (spec §8.4). `creationTime`: as `formatTime` gives it. */
export function renderAppView(app: AppDescription, creationTime: string): AppView {
  return { ...renderAppDescription(app), CreationTime: creationTime };
}
