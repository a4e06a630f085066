import type { AppDescription, AppJobDescription, Dag, TaskDescription } from '../descriptions.ts';
import { record } from '../record.ts';
import { OWN_VARIABLES } from '../task-hints.ts';
import { withoutUndefined } from '../without-undefined.ts';
import { appCapacity } from './app-capacity.ts';
import { appConfig } from './app-config.ts';
import { mapInputs, mapOutputs } from './app-mappings.ts';
import { appInputs, type InputValues } from './app-inputs.ts';
import { substitute, substituteIn } from './substitute.ts';

/** The name of an App job's only task, which logs and listings show. */
export const APP_TASK = 'app';

/**
 * The one-task DAG that an App job stands for (spec/batchcompute-api.md §8): inputs and overrides checked against the App,
 * `${name}` replaced, paths mapped.
 * @throws WireError 400 `InvalidApp.Inputs.{name}`, `MissingApp.Inputs.{name}`, `InvalidApp.Outputs.{name}`,
 *   `InvalidApp.Config.{key}`
 */
export function expandApp(app: AppDescription, job: AppJobDescription): Dag {
  const { Outputs: outputs, Config: overrides, Logging: logging, CredentialConfig: credentials } = job.App;
  const inputs = appInputs(app, job.App.Inputs);
  const config = appConfig(app.Config, overrides);
  const task: TaskDescription = withoutUndefined({
    Parameters: withoutUndefined({
      Command: withoutUndefined({
        CommandLine: substitute(app, inputs),
        EnvVars: variables(app, inputs),
        Docker: app.Docker,
      }),
      InputMappingConfig: { Locale: 'GBK', Lock: false },
      StdoutRedirectPath: logging.StdoutPath,
      StderrRedirectPath: logging.StderrPath,
    }),
    InstanceCount: config.InstanceCount,
    Timeout: config.Timeout,
    MaxRetryCount: config.MaxRetryCount,
    ...appCapacity(app, config),
    ...mapInputs(app, inputs),
    OutputMapping: mapOutputs(app, outputs),
    LogMapping: record<string>(),
    WriteSupport: false,
    CredentialConfig: credentials,
  });
  return { Tasks: record([[APP_TASK, task]]), Dependencies: record() };
}

/** The App's EnvVars as they are, but for Rebatch's own: those may be left to the job by `${input}`. */
function variables(app: AppDescription, inputs: InputValues): Record<string, string> {
  return record(
    Object.entries(app.EnvVars).map(([name, value]) =>
      name.startsWith(OWN_VARIABLES) ? [name, substituteIn(value, app, inputs)] : [name, value],
    ),
  );
}
