import {
  invalidArgument,
  invalidEncryptionAlgorithm,
  malformedXml,
  notImplemented,
} from '../gateway/oss-errors.ts';
import { readXml } from '../xml/read-xml.ts';

/**
 * The algorithm that a bucket's encryption rule names.
 * @throws OssError MalformedXML, InvalidEncryptionAlgorithmError, InvalidArgument, NotImplemented (a key server's keys
 *   cannot be had here)
 */
export function readEncryptionRule(document: string): 'AES256' {
  const [rule] = readXml(document, 'ServerSideEncryptionRule').children('ApplyServerSideEncryptionByDefault');
  const algorithm = rule?.text('SSEAlgorithm')?.trim();
  const keyId = rule?.text('KMSMasterKeyID')?.trim() ?? '';
  if (algorithm === 'KMS' || algorithm === 'SM4') {
    throw notImplemented(`SSEAlgorithm ${algorithm}`);
  }
  if (algorithm === undefined) {
    throw malformedXml();
  }
  if (algorithm !== 'AES256') {
    throw invalidEncryptionAlgorithm();
  }
  if (keyId !== '') {
    throw invalidArgument('A key of a key server does not go with AES256.', 'KMSMasterKeyID', keyId);
  }
  return algorithm;
}
