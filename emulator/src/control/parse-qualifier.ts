import { notFound } from '@rebatch/model';

/**
 * The revision that a Qualifier names; undefined for "", the latest.
 *
 * @throws InvalidResource.NotFound for what is no revision number: there are no aliases, so it names nothing.
 */
export function parseQualifier(qualifier: string): number | undefined {
  if (qualifier === '') return undefined;
  if (!/^\d{1,9}$/.test(qualifier)) throw notFound();
  return Number(qualifier);
}
