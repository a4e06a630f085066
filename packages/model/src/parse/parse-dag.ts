import { checkDependencies } from '../dependencies.ts';
import type { Dag } from '../descriptions.ts';
import type { Field } from '../field.ts';
import { MAX_EDGES, MAX_TASKS } from '../limits.ts';
import { checkName, TASK_NAME } from '../names.ts';
import { record } from '../record.ts';
import { parseTask } from './parse-task.ts';

/** Tasks and their order (spec/batchcompute-api.md §7). */
export function parseDag(field: Field): Dag {
  const tasksField = field.at('Tasks');
  if (!tasksField.given) throw tasksField.missing();
  const entries = tasksField.entries(MAX_TASKS);
  const tasks = record(
    entries.map(([name, task]) => {
      checkName(tasksField, name, TASK_NAME);
      return [name, parseTask(task)] as const;
    }),
  );
  return { Tasks: tasks, Dependencies: parseDependencies(field.at('Dependencies'), Object.keys(tasks)) };
}

function parseDependencies(field: Field, taskNames: readonly string[]): Record<string, string[]> {
  const dependencies = record(
    field
      .reportedAs('Dependencies', '')
      .entries(MAX_TASKS)
      .map(([name, list]) => {
        const named = list.reportedAs(
          'Dependencies',
          `the successors of ${JSON.stringify(name.slice(0, 100))}`,
        );
        const successors = named
          .items(MAX_EDGES)
          .map((item) => item.reportedAs('Dependencies', '').requiredText({ max: Number.POSITIVE_INFINITY }));
        return [name, successors] as const;
      }),
  );
  checkDependencies(taskNames, dependencies);
  return dependencies;
}
