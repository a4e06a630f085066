import { writeXml } from '../xml/write-xml.ts';
import { ownerElement } from './bucket-elements.ts';

/** Whose a bucket or an object is, and who else may use it. */
export function aclDocument(owner: string, acl: string): string {
  return writeXml('AccessControlPolicy', [ownerElement(owner), ['AccessControlList', [['Grant', acl]]]]);
}
