import { describe, expect, it } from 'vitest';
import { serverMetrics } from './server-metrics.ts';

describe('The figures of the server', () => {
  it('count answers by method and status and end with a line break', () => {
    const metrics = serverMetrics();
    const answer = { method: 'GET', target: '/jobs', status: 200, requestId: '' };
    metrics.count(answer);
    metrics.count(answer);
    metrics.count({ ...answer, status: 404 });
    const text = metrics.render('other_total 1\n', '');
    expect(text).toContain('rebatch_api_requests_total{method="GET",status="200"} 2\n');
    expect(text).toContain('rebatch_api_requests_total{method="GET",status="404"} 1\n');
    expect(text).toMatch(/^process_resident_memory_bytes \d+$/m);
    expect(text.endsWith('other_total 1\n')).toBe(true);
  });
});
