/**
 * Query parameters that V1 signs; the union of what the SDKs sign (spec/oss.md §1.3). The rest (prefix, marker,
 * max-keys …) is not signed.
 */
const SUB_RESOURCES: ReadonlySet<string> = new Set(
  `accessPoint accessPointPolicy acl append asyncFetch bucketInfo callback callback-var cloudboxes cname comp
   continuation-token cors delete encryption endTime group httpsConfig img inventory inventoryId lifecycle link live
   location logging metaQuery objectMeta partNumber policy position publicAccessBlock qos qosInfo redundancyTransition
   referer regionList replication replicationLocation replicationProgress requestPayment resourceGroup
   response-cache-control response-content-disposition response-content-encoding response-content-language
   response-content-type response-expires restore rtc security-token sequential startTime stat status style styleName
   symlink tagging transferAcceleration udf udfApplication udfApplicationLog udfImage udfImageDesc udfName uploadId
   uploads versionId versioning versions vod website worm wormExtend wormId`.split(/\s+/),
);

/** Whether V1 signs the query parameter. */
export function isSubResource(name: string): boolean {
  return SUB_RESOURCES.has(name) || name.startsWith('x-oss-');
}
