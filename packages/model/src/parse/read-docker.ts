import type { DockerReference } from '../descriptions.ts';
import type { Field } from '../field.ts';
import { MAX_APP_TEXT } from '../limits.ts';
import { ossUrlProblem } from '../oss-url.ts';
import { withoutUndefined } from '../without-undefined.ts';

/**
 * A container image (spec/batchcompute-api.md §7, §13); undefined without an Image, which is how PySDK says "no Docker".
 */
export function readDocker(field: Field): DockerReference | undefined {
  const image = field.at('Image').text({
    max: MAX_APP_TEXT,
    pattern: { matches: /^[^\s\p{Cc}-][^\s\p{Cc}]*$/u, why: 'It must be an image reference without blanks.' },
  });
  if (image === undefined) return undefined;
  const registry = field.at('RegistryOSSPath');
  const registryPath = registry.text({ max: MAX_APP_TEXT });
  const problem = registryPath === undefined ? undefined : ossUrlProblem(registryPath);
  if (problem !== undefined) throw registry.invalid(problem);
  return withoutUndefined({
    Image: image,
    RegistryOSSPath: registryPath,
    RunMode: field.at('RunMode').text({ max: MAX_APP_TEXT }),
  });
}
