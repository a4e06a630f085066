import type { Control } from '../../control/control.ts';
import type { Route } from './route.ts';

/** Operations 34 and 35 of spec §5. */
export function quotaRoutes(control: Control): Route[] {
  return [
    {
      method: 'get',
      path: '/quotas',
      handle: async ({ caller }) => ({ status: 200, body: await control.getQuotas(caller) }),
    },
    {
      method: 'get',
      path: '/available',
      handle: async ({ caller }) => ({ status: 200, body: await control.getAvailable(caller) }),
    },
  ];
}
