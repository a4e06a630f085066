import { type Clock, invalidParameter, isFinal, type JobDescription, type JobView } from '@rebatch/model';
import type { Control } from '../../control/control.ts';
import type { ApiReply, ApiRequest } from './route.ts';

/** How often a waiting submission looks at its job. */
const LOOK_EVERY_MS = 200;

/**
 * `POST /jobs?sync`: submits an App job and answers when it has ended (spec §8.3). The job goes on when the sender
 * hangs up.
 *
 * @throws WireError InvalidType for a DAG job
 */
export async function submitAndWait(
  request: ApiRequest,
  description: JobDescription,
  submit: (request: ApiRequest, description: JobDescription) => Promise<{ Id: string }>,
  control: Control,
  clock: Clock,
): Promise<ApiReply> {
  if (description.Type !== 'App')
    throw invalidParameter('Type', 'Only an App job can be submitted with sync.');
  const { Id } = await submit(request, description);
  const job = await jobAtEnd(request, Id, control, clock);
  return {
    status: 201,
    body: {
      RequestId: request.requestId,
      StartTime: job.StartTime,
      EndTime: job.EndTime,
      Outputs: job.State === 'Finished' ? description.App.Outputs : {},
      Error: {
        Code: job.State === 'Finished' ? '' : `Job${job.State}`,
        Message: job.Message,
      },
    },
  };
}

async function jobAtEnd(
  request: ApiRequest,
  jobId: string,
  control: Control,
  clock: Clock,
): Promise<JobView> {
  for (;;) {
    const job = await control.getJob(request.caller, jobId);
    // When nobody waits for the answer any more, any will do.
    if (isFinal(job.State) || request.signal.aborted) return job;
    await new Promise<void>((resolve) => clock.after(LOOK_EVERY_MS, resolve));
  }
}
