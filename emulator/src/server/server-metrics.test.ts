import { describe, expect, it } from 'vitest';
import { serverMetrics } from './server-metrics.ts';

describe('The figures of the server', () => {
  it('count answers by method and status and end with a line break', () => {
    const metrics = serverMetrics(() => 4096);
    const answer = { method: 'GET', target: '/jobs', status: 200, requestId: '', seconds: 0.003 };
    metrics.count(answer);
    metrics.count(answer);
    metrics.count({ ...answer, status: 404 });
    metrics.count({ ...answer, target: '/events?LastEventId=3', seconds: 500 });
    metrics.storeFailed();
    const text = metrics.render('other_total 1\n', '');
    expect(text).toContain('rebatch_api_requests_total{method="GET",status="200"} 3\n');
    expect(text).toContain('rebatch_api_requests_total{method="GET",status="404"} 1\n');
    expect(text).toContain('rebatch_api_request_seconds_bucket{le="0.0025"} 0\n');
    expect(text).toContain('rebatch_api_request_seconds_bucket{le="+Inf"} 3\n');
    expect(text).toContain('rebatch_store_bytes 4096\n');
    expect(text).toContain('rebatch_store_failures_total 1\n');
    expect(text).toMatch(/^process_resident_memory_bytes \d+$/m);
    expect(text.endsWith('other_total 1\n')).toBe(true);
  });
});
