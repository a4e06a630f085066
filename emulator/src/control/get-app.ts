import {
  type AppDescription,
  type AppRevisionView,
  type AppView,
  formatTime,
  notFound,
  renderAppDescription,
  renderAppView,
} from '@rebatch/model';
import type { StoredApp } from '../store/apps.ts';
import type { ControlOptions } from './context.ts';
import type { AppScope, Caller } from './control.ts';
import { findApp } from './find-app.ts';
import { parseQualifier } from './parse-qualifier.ts';

/** GET /apps/{Name}. */
export function getApp(options: ControlOptions, caller: Caller, name: string, scope: AppScope): AppView {
  const app = existing(findApp(options, caller, name, scope));
  return renderAppView(app.description, formatTime(app.createdAt));
}

/** GET /apps/{Name}?Detail=True: one revision in full, the latest when `qualifier` is "". */
export function getAppDetail(
  options: ControlOptions,
  caller: Caller,
  name: string,
  qualifier: string,
): AppDescription & { CreationTime: string } {
  const app = existing(findApp(options, caller, name, 'Private'));
  const revision = parseQualifier(qualifier);
  const description =
    revision === undefined ? app.description : options.store.findRevision(app.rowId, revision);
  if (description === undefined) throw notFound();
  return { ...renderAppDescription(description), CreationTime: formatTime(app.createdAt) };
}

/** GET /apps/{Name}?Revisions=True, the oldest first. */
export function getAppRevisions(options: ControlOptions, caller: Caller, name: string): AppRevisionView[] {
  const app = existing(findApp(options, caller, name, 'Private'));
  return options.store
    .listRevisions(app.rowId)
    .map(({ revision, updatedAt }) => ({ Revision: revision, UpdateTime: formatTime(updatedAt) }));
}

/** @throws InvalidResource.NotFound */
export function existing(app: StoredApp | undefined): StoredApp {
  if (app === undefined) throw notFound();
  return app;
}
