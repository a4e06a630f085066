import { parseJobDescription } from '@rebatch/model';
import type { ImageNames } from '../../control/image-names.ts';
import { preparePlan } from '../../control/prepare-plan.ts';
import type { Store } from '../../store/store.ts';
import type { ApiReply, Route } from './route.ts';

/** Beyond the vendor's API: what a job would do, told without running it. */
export function planRoutes(options: {
  store: Store;
  images: ImageNames;
  usage: () => { busy: number; slots: number };
}): Route[] {
  return [
    {
      method: 'post',
      path: '/planning',
      async handle(request): Promise<ApiReply> {
        const description = parseJobDescription(await request.readBody());
        return { status: 200, body: preparePlan(options, request.caller, description) };
      },
    },
  ];
}
