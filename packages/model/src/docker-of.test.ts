import { expect, test } from 'vitest';
import { dockerOf } from './docker-of.ts';

const IMAGE = 'BATCH_COMPUTE_DOCKER_IMAGE';
const REGISTRY = 'BATCH_COMPUTE_DOCKER_REGISTRY_OSS_PATH';
const command = (EnvVars: Record<string, string>, image?: string): Parameters<typeof dockerOf>[0] => ({
  CommandLine: 'true',
  EnvVars,
  ...(image === undefined ? {} : { Docker: { Image: image } }),
});

test('the Docker field says which container', () => {
  expect(dockerOf(command({ [IMAGE]: 'old' }, 'new'))).toEqual({ Image: 'new' });
});

test('the two variables say it as well', () => {
  expect(dockerOf(command({ [IMAGE]: 'localhost:5000/a', [REGISTRY]: 'oss://demo/d/' }))).toEqual({
    Image: 'localhost:5000/a',
    RegistryOSSPath: 'oss://demo/d/',
  });
  expect(dockerOf(command({ [IMAGE]: 'registry.test/a' }))).toEqual({ Image: 'registry.test/a' });
});

test('a registry path alone, or nothing, means no container', () => {
  expect(dockerOf(command({ [REGISTRY]: 'oss://demo/d/' }))).toBeUndefined();
  expect(dockerOf(command({}))).toBeUndefined();
});
