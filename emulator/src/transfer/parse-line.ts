import {
  invalidParameter,
  isJobId,
  parseAppDescription,
  parseJobDescription,
  STATES,
  type State,
  WireError,
} from '@rebatch/model';
import { freshInstance } from '../store/fresh-instance.ts';
import type { ImportedApp } from '../store/import-app.ts';
import type { InstanceRow, Phase } from '../store/rows.ts';
import type { JobRecord, TaskRecord, TransferRecord } from './records.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * One line of an export between its first and its last. Nothing of it is trusted: descriptions are parsed as if a client
 * had sent them, and states, numbers and times are checked.
 *
 * @throws WireError naming the line
 */
export function parseLine(value: unknown, line: number): TransferRecord {
  const refuse = (why: string): never => {
    throw invalidParameter(`Line.${line}`, why);
  };
  const fields = object(value);
  try {
    if (fields['Kind'] === 'App') return { kind: 'app', app: parseApp(object(fields['App'])) };
    if (fields['Kind'] === 'Job') return { kind: 'job', job: parseJob(object(fields['Job'])) };
  } catch (error) {
    if (error instanceof WireError) return refuse(error.message);
    throw error;
  }
  return refuse('It is neither an App nor a job.');
}

function parseApp(fields: Fields): ImportedApp {
  const revisions = list(fields['revisions'], 'revisions').map((item) => {
    const revision = object(item);
    return {
      revision: count(revision['revision'], 'revision'),
      updatedAt: count(revision['updatedAt'], 'updatedAt'),
      description: parseAppDescription({ ...object(revision['description']) }),
    };
  });
  const name = revisions[0]?.description.Name;
  if (name === undefined) throw invalidParameter('revisions', 'It must not be empty.');
  const numbers = new Set(revisions.map(({ revision }) => revision));
  if (numbers.size !== revisions.length || revisions.some(({ description }) => description.Name !== name)) {
    throw invalidParameter('revisions', 'They must be of one App, each once.');
  }
  const nextRevision = Math.max(count(fields['nextRevision'], 'nextRevision'), Math.max(...numbers) + 1);
  return { name, createdAt: count(fields['createdAt'], 'createdAt'), nextRevision, revisions };
}

function parseJob(fields: Fields): JobRecord {
  const description = parseJobDescription({ ...object(fields['description']) });
  const dag =
    description.Type === 'DAG'
      ? description
      : parseJobDescription({ Name: description.Name, Type: 'DAG', DAG: fields['dag'] });
  if (dag.Type !== 'DAG') throw invalidParameter('dag', 'Its type must be object.');
  const id = text(fields['id'], 'id');
  if (!isJobId(id)) throw invalidParameter('id', 'It is not the id of a job.');
  const given = new Map(
    list(fields['tasks'], 'tasks').map((item): [string, Fields] => {
      const task = object(item);
      return [text(task['name'], 'name'), task];
    }),
  );
  const tasks = Object.entries(dag.DAG.Tasks).map(([name, { InstanceCount: size }]) => {
    const task = given.get(name);
    if (task === undefined) throw invalidParameter('tasks', `The task ${name} is missing.`);
    return parseTask(name, task, size);
  });
  const state = stateOf(fields['state']);
  if (state === 'Finished' && tasks.some((task) => task.state !== 'Finished')) {
    throw invalidParameter('state', 'A job is not Finished before all its tasks are.');
  }
  return {
    id,
    createdAt: count(fields['createdAt'], 'createdAt'),
    startedAt: timeOf(fields['startedAt'], 'startedAt'),
    endedAt: timeOf(fields['endedAt'], 'endedAt'),
    state,
    message: text(fields['message'], 'message'),
    description,
    dag: dag.DAG,
    tasks,
  };
}

function parseTask(name: string, fields: Fields, size: number): TaskRecord {
  const instances = list(fields['instances'], 'instances').map((item) => parseInstance(object(item), size));
  const numbers = new Set(instances.map(({ number }) => number));
  if (numbers.size !== instances.length) throw invalidParameter('instances', 'One is given twice.');
  const state = stateOf(fields['state']);
  const over = instances.filter(({ phase }) => phase === 'Finished' || phase === 'Failed').length;
  if (state === 'Finished' && over < size) {
    throw invalidParameter('state', 'A task is not Finished before its instances are over.');
  }
  return {
    name,
    state,
    startedAt: timeOf(fields['startedAt'], 'startedAt'),
    endedAt: timeOf(fields['endedAt'], 'endedAt'),
    instances,
  };
}

function parseInstance(fields: Fields, size: number): InstanceRow {
  const number = count(fields['number'], 'number');
  if (number >= size) throw invalidParameter('number', `It must be in [0, ${size - 1}].`);
  const usual = freshInstance(number, 'Waiting');
  const numberOr = (key: 'failures' | 'retries' | 'progress'): number =>
    fields[key] === undefined ? usual[key] : count(fields[key], key);
  const integerOr = (key: 'attempt' | 'exitCode'): number => {
    const value = fields[key] ?? usual[key];
    if (!Number.isSafeInteger(value)) throw invalidParameter(key, 'Its type must be integer.');
    return Number(value);
  };
  const textOr = (key: 'nodeIp' | 'errorCode' | 'errorMessage' | 'detail'): string =>
    fields[key] === undefined ? usual[key] : text(fields[key], key);
  return {
    number,
    phase: phaseOf(fields['phase'] ?? 'Waiting'),
    attempt: integerOr('attempt'),
    failures: numberOr('failures'),
    retries: numberOr('retries'),
    progress: Math.min(100, numberOr('progress')),
    startedAt: timeOf(fields['startedAt'] ?? null, 'startedAt'),
    endedAt: timeOf(fields['endedAt'] ?? null, 'endedAt'),
    nodeIp: textOr('nodeIp'),
    exitCode: integerOr('exitCode'),
    errorCode: textOr('errorCode'),
    errorMessage: textOr('errorMessage'),
    detail: textOr('detail'),
  };
}

function object(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function list(value: unknown, name: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw invalidParameter(name, 'Its type must be list.');
}

function text(value: unknown, name: string): string {
  if (typeof value === 'string') return value;
  throw invalidParameter(name, 'Its type must be string.');
}

function count(value: unknown, name: string): number {
  if (Number.isSafeInteger(value) && Number(value) >= 0) return Number(value);
  throw invalidParameter(name, 'Its type must be integer.');
}

function timeOf(value: unknown, name: string): number | null {
  return value === null ? null : count(value, name);
}

function stateOf(value: unknown): State {
  const state = STATES.find((known) => known === value);
  if (state === undefined) throw invalidParameter('state', `It must be in [${STATES.join(', ')}].`);
  return state;
}

function phaseOf(value: unknown): Phase {
  return value === 'Dispatched' ? value : stateOf(value);
}
