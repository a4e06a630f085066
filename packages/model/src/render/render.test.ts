import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAppDescription } from '../parse/parse-app.ts';
import { parseClusterDescription } from '../parse/parse-cluster.ts';
import { parseJobDescription } from '../parse/parse-job.ts';
import { appBody, appJobBody, clusterBody, dagJobBody } from '../testing/arbitrary-bodies.ts';
import { BLENDER_APP } from '../testing/blender-app.ts';
import { CLIENT_JOBS, JAVA_SDK_JOB } from '../testing/client-bodies.ts';
import { renderAppDescription, renderAppView } from './render-app.ts';
import { renderClusterDescription } from './render-cluster.ts';
import { renderJobDescription } from './render-job.ts';

const ID = 'job-0000000065A0B1C20000000100000001';

/** As it travels: through the text of JSON. */
function overTheWire(value: object): unknown {
  return JSON.parse(JSON.stringify(value));
}

function hasNull(value: unknown): boolean {
  if (value === null) return true;
  return typeof value === 'object' && Object.values(value).some(hasNull);
}

describe('what is echoed is what was meant', () => {
  test.each([
    ['DAG job', dagJobBody],
    ['App job', appJobBody],
  ])('every %s survives parse, render, parse', (_kind, bodies) => {
    fc.assert(
      fc.property(bodies, (body) => {
        const parsed = parseJobDescription(body);
        const echo = renderJobDescription(parsed, ID);
        expect(parseJobDescription(overTheWire(echo))).toEqual(parsed);
        expect(hasNull(echo)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  test('every App survives parse, render, parse', () => {
    fc.assert(
      fc.property(appBody, (body) => {
        const parsed = parseAppDescription(body);
        expect(parseAppDescription(overTheWire(renderAppDescription(parsed)))).toEqual(parsed);
      }),
      { numRuns: 300 },
    );
  });

  test('every cluster survives parse, render, parse', () => {
    fc.assert(
      fc.property(clusterBody, (body) => {
        const parsed = parseClusterDescription(body);
        const echo = renderClusterDescription(parsed);
        expect(parseClusterDescription(overTheWire(echo))).toEqual(parsed);
        expect(hasNull(echo)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the echo of a job', () => {
  test.each(Object.entries(CLIENT_JOBS))('has what clients index unasked (%s)', (_client, body) => {
    const echo = renderJobDescription(parseJobDescription(body), ID);
    expect(echo).toMatchObject({ Id: ID, Type: 'DAG', Notification: { Topic: { Events: [] } } });
  });

  test('carries an AutoCluster of empty texts beside a cluster', () => {
    const echo = renderJobDescription(parseJobDescription(JAVA_SDK_JOB), ID);
    expect(echo).toMatchObject({
      DAG: {
        Tasks: {
          work: {
            ClusterId: 'cls-6kilcg94rdtk004d',
            AutoCluster: { ImageId: '', InstanceType: '', UserData: {} },
            InputMapping: {},
            Parameters: { Command: { PackagePath: '', EnvVars: {} } },
          },
        },
      },
    });
  });

  test('of an App job has its empty log paths, and no DAG, by which PySDK tells the types apart', () => {
    const job = parseJobDescription({ Name: 'a', Type: 'App', App: { AppName: ':demo' } });
    const echo = renderJobDescription(job, ID);
    expect(echo).toMatchObject({
      App: { Inputs: {}, Outputs: {}, Config: {}, Logging: { StdoutPath: '', StderrPath: '' } },
    });
    expect(echo).not.toHaveProperty('DAG');
  });
});

test('the view of a cluster has Disks, Mounts, Networks and Topic even when nobody gave them', () => {
  const cluster = parseClusterDescription({
    Name: 'c1',
    ImageId: 'img-ubuntu',
    Groups: { g: { DesiredVMCount: 1 } },
  });
  expect(renderClusterDescription(cluster)).toMatchObject({
    InstanceType: '',
    Configs: { Disks: {}, Mounts: {}, Networks: {} },
    Notification: { Topic: { Name: '', Endpoint: '', Events: [] } },
  });
});

test('the view of an App adds its time of creation', () => {
  const time = '2024-01-12T03:30:42.000000Z';
  const app = parseAppDescription(BLENDER_APP);
  expect(renderAppView(app, time)).toEqual({ ...app, CreationTime: time });
});
