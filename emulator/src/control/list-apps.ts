import { type AppView, formatTime, type Page, renderAppView } from '@rebatch/model';
import type { ControlOptions } from './context.ts';
import type { AppScope, Caller, PageRequest } from './control.ts';
import { ownerOf } from './find-app.ts';
import { toPage } from './to-page.ts';

/** GET /apps by name. The marker is the name of the last App seen. */
export function listApps(
  options: ControlOptions,
  caller: Caller,
  scope: AppScope,
  { marker, limit }: PageRequest,
): Page<AppView> {
  const rows = options.store.listApps(ownerOf(options, caller, scope), marker, limit + 1);
  return toPage(
    rows,
    limit,
    marker,
    (last) => last.description.Name,
    (app) => renderAppView(app.description, formatTime(app.createdAt)),
  );
}
