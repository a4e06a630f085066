import { describe, expect, test } from 'vitest';
import { BLENDER_APP } from '../testing/blender-app.ts';
import { refusal } from '../testing/refusal.ts';
import { parseAppDescription } from './parse-app.ts';

const APP = { Name: 'demo', CommandLine: 'true', VM: { ECSImageId: 'img-ubuntu' } };

const free = (value: unknown): object => ({ Description: '', Default: value, Overwritable: true });

test('a minimal App gets every default', () => {
  expect(parseAppDescription({ ...APP, InputParameters: { a: {} }, OutputParameters: { b: {} } })).toEqual({
    ...APP,
    Description: '',
    InputParameters: {
      a: { Description: '', Type: 'String', Default: null, LocalPath: '', Overwritable: true },
    },
    OutputParameters: { b: { Description: '', Type: 'String', LocalPath: '' } },
    EnvVars: {},
    Daemonize: false,
    Config: {
      ResourceType: free('OnDemand'),
      InstanceType: free(''),
      InstanceCount: free(1),
      MinDiskSize: free(40),
      DiskType: free('cloud_efficiency'),
      MinDataDiskSize: free(0),
      DataDiskType: free('cloud_efficiency'),
      DataDiskMountPoint: free(''),
      MaxRetryCount: free(0),
      Timeout: free(86_400),
      ReserveOnFail: free(false),
      ClusterId: free(''),
      ClassicNetwork: free(false),
    },
  });
});

test('the Blender App of the seed is accepted as it stands', () => {
  const app = parseAppDescription(BLENDER_APP);
  expect(app.CommandLine).toBe(BLENDER_APP.CommandLine);
  expect(app.InputParameters['scripts_oss_folder']).toMatchObject({ Overwritable: false });
  expect(app).not.toHaveProperty('VM');
});

test('the Java SDK may send the default of a Number as text', () => {
  const app = parseAppDescription({ ...APP, InputParameters: { n: { Type: 'Number', Default: '3' } } });
  expect(app.InputParameters['n']?.Default).toBe(3);
});

test('Docker and VM may both be given', () => {
  const app = parseAppDescription({ ...APP, Docker: { Image: 'a', RegistryOSSPath: 'oss://demo/d/' } });
  expect(app).toMatchObject({
    VM: { ECSImageId: 'img-ubuntu' },
    Docker: { Image: 'a', RegistryOSSPath: 'oss://demo/d/' },
  });
});

describe('an App is refused', () => {
  test.each([
    [{ Name: '' }, 'MissingName'],
    [{ Name: 'a b' }, 'InvalidName'],
    [{ Name: 'a'.repeat(65) }, 'InvalidName'],
    [{ CommandLine: '' }, 'MissingCommandLine'],
    [{ CommandLine: 'x'.repeat(1001) }, 'InvalidCommandLine'],
    [{ Description: 'x'.repeat(1001) }, 'InvalidDescription'],
    [{ VM: {} }, 'MissingDocker'],
    [{ VM: {}, Docker: { Image: '', RegistryOSSPath: 'oss://demo/d/' } }, 'MissingDocker.Image'],
    [{ Docker: { Image: 'a', RegistryOSSPath: 'demo' } }, 'InvalidDocker.RegistryOSSPath'],
    [{ EnvVars: { 'a.b': 'x' } }, 'InvalidEnvVars'],
    [{ EnvVars: { a: 'x'.repeat(1001) } }, 'InvalidEnvVars'],
    [{ EnvVars: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`v${i}`, ''])) }, 'InvalidEnvVars'],
    [{ InputParameters: { 'a b': {} } }, 'InvalidInputParameters.a?b'],
    [{ InputParameters: { a: { Type: 'Text' } } }, 'InvalidInputParameters.a.Type'],
    [{ InputParameters: { a: { Default: 3 } } }, 'InvalidInputParameters.a.Default'],
    [{ InputParameters: { a: { Type: 'Number', Default: 'x' } } }, 'InvalidInputParameters.a.Default'],
    [{ InputParameters: { a: { Default: 'x\ny' } } }, 'InvalidInputParameters.a.Default'],
    [{ InputParameters: { a: { LocalPath: 'in' } } }, 'InvalidInputParameters.a.LocalPath'],
    [
      { InputParameters: { a: { LocalPath: '/in/' }, b: { LocalPath: '/in/' } } },
      'InvalidInputParameters.b.LocalPath',
    ],
    [{ InputParameters: { a: {} }, OutputParameters: { a: {} } }, 'InvalidOutputParameters.a'],
    [{ Config: { InstanceCount: { Default: 'many' } } }, 'InvalidConfig.InstanceCount.Default'],
    [{ Config: { InstanceCount: 3 } }, 'InvalidConfig.InstanceCount'],
  ])('%j', (fields, code) => {
    expect(refusal(() => parseAppDescription({ ...APP, ...fields }))).toMatchObject({ status: 400, code });
  });
});
