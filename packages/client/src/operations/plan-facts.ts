import { integer, list, object, text, type WireObject } from '../batchcompute/wire-value.ts';

/** What is known about one task before it runs. */
export interface LearntTask {
  task: string;
  /** Container image that it would run in. */
  image: string;
  /** What the duration was learnt from; "" when nothing like it has run. */
  learntFrom: string;
  /** Instances that it was learnt from. */
  count: number;
  meanSeconds: number;
  minSeconds: number;
  maxSeconds: number;
}

export interface PlanFacts {
  /** Attempts that the server runs at once, and those that run now. */
  slots: number;
  busy: number;
  /** What would run, Apps expanded and defaults filled, as the server tells it. */
  dag: WireObject;
  tasks: LearntTask[];
}

export function readPlanFacts(value: unknown): PlanFacts {
  const facts = object(value);
  return {
    slots: integer(facts.Slots),
    busy: integer(facts.Busy),
    dag: object(facts.Dag),
    tasks: list(facts.Tasks).map((item) => {
      const task = object(item);
      return {
        task: text(task.Task),
        image: text(task.Image),
        learntFrom: text(task.LearntFrom),
        count: integer(task.Count),
        meanSeconds: Number(task.MeanSeconds),
        minSeconds: Number(task.MinSeconds),
        maxSeconds: Number(task.MaxSeconds),
      };
    }),
  };
}
