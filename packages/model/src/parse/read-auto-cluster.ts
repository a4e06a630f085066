import type { AutoCluster } from '../descriptions.ts';
import type { Field } from '../field.ts';
import { MAX_DESCRIPTION, MAX_TEXT, MAX_VARIABLES } from '../limits.ts';
import { withoutUndefined } from '../without-undefined.ts';
import { readPurchase } from './read-capacity.ts';
import { readConfigs } from './read-configs.ts';

/**
 * The machines that live for one task (spec/batchcompute-api.md §7). Nothing is required: an image or type that is not
 * given is the server's own (spec/clients.md §8.3).
 */
export function readAutoCluster(field: Field): AutoCluster {
  return withoutUndefined({
    ImageId: field.at('ImageId').text({ max: MAX_TEXT }),
    ECSImageId: field.at('ECSImageId').text({ max: MAX_TEXT }),
    InstanceType: field.at('InstanceType').text({ max: MAX_TEXT }),
    ...readPurchase(field),
    ClusterId: field.at('ClusterId').text({ max: MAX_TEXT }),
    Configs: readConfigs(field.at('Configs')),
    UserData: field.at('UserData').texts({ maxCount: MAX_VARIABLES, maxLength: MAX_DESCRIPTION }),
    ReserveOnFail: field.at('ReserveOnFail').flag() ?? false,
    DependencyIsvService: field.at('DependencyIsvService').text({ max: MAX_TEXT }),
  });
}
