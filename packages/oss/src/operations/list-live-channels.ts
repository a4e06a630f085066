import type { OssCall, OssReply } from '../gateway/oss-call.ts';
import { pageSize } from '../wire/page-size.ts';
import { writeXml } from '../xml/write-xml.ts';

/**
 * GET ?live: there are no live channels here. Programs that empty a bucket, such as the vendor's own tests, ask for them
 * before they delete it; what would make a channel is NotImplemented.
 */
export async function listLiveChannels({ request: { params } }: OssCall): Promise<OssReply> {
  return {
    status: 200,
    body: writeXml('ListLiveChannelResult', [
      ['Prefix', params.get('prefix') ?? ''],
      ['Marker', params.get('marker') ?? ''],
      ['MaxKeys', pageSize(params, 'max-keys', 100, 1000)],
      ['IsTruncated', false],
      ['NextMarker', ''],
    ]),
  };
}
