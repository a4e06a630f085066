import { manualClock, parseClusterChange, parseClusterDescription } from '@rebatch/model';
import { dagJob } from '../../test-support/dag-job.ts';
import { type Farm, openFarm } from '../../test-support/open-farm.ts';
import { FleetWorld } from './fleet-world.ts';

const ME = { owner: '1000001' };
const OK = { kind: 'exited', exitCode: 0 } as const;
/** Of the only job. */
export const INSTANCES = 6;

export interface FleetEnd {
  job: string;
  finished: number;
  running: number;
  machines: number;
  broken: string[];
}

export type FleetStep =
  | { do: 'resize'; count: number }
  | { do: 'boot' | 'fail' | 'die' | 'finish' | 'delete' | 'recreate'; pick: number }
  | { do: 'kill' | 'deafen' | 'time' };

/** A server with one cluster and one job on it, killed and started again at random. */
export class FleetNight {
  readonly world = new FleetWorld();
  readonly #clock = manualClock();
  readonly #path: string;
  #farm: Farm | undefined;
  #cluster = '';
  #job = '';

  constructor(path: string) {
    this.#path = path;
  }

  async begin(): Promise<void> {
    const { control } = await this.#wake();
    this.world.desired = 0;
    const Groups = { g: { DesiredVMCount: 0 } };
    const body = { Name: 'c', ImageId: 'img-ubuntu', Groups };
    this.#cluster = (await control.createCluster(ME, parseClusterDescription(body))).Id;
    const job = dagJob({ a: { instances: INSTANCES, clusterId: this.#cluster } });
    this.#job = (await control.submitJob(ME, job)).Id;
  }

  async take(one: FleetStep): Promise<void> {
    const farm = this.#farm ?? (await this.#wake());
    switch (one.do) {
      case 'resize':
        await this.#resize(farm, one.count);
        break;
      case 'boot':
        this.#with(this.world.in('booting'), one.pick, (machine) => this.world.boot(machine));
        break;
      case 'fail':
        this.#with(this.world.in('booting'), one.pick, (machine) => this.world.fail(machine));
        break;
      case 'die':
        this.#with(this.world.in('running'), one.pick, (machine) => this.world.die(machine));
        break;
      case 'finish':
        this.#with(this.world.running(), one.pick, (id) => this.#finish(id));
        break;
      case 'delete':
      case 'recreate':
        await this.#act(farm, one.do, one.pick);
        break;
      case 'kill':
        this.kill();
        break;
      case 'deafen':
        this.world.attempts.deaf = true;
        break;
      case 'time':
        this.#clock.advance(2000);
        break;
    }
    await this.#farm?.scheduler.settled();
  }

  /** Everything goes well from now on, and two machines are wanted. What has come of it. */
  async end(): Promise<FleetEnd> {
    const farm = await this.#wake();
    await this.#resize(farm, 2);
    for (let round = 0; round < 400 && !(await this.#isDone(farm)); round++) {
      for (const machine of this.world.in('booting')) this.world.boot(machine);
      for (const id of this.world.running()) this.#finish(id);
      await farm.scheduler.settled();
      this.#clock.advance(1000);
    }
    const { State: state, InstanceMetrics: instances } = await farm.control.getJob(ME, this.#job);
    const { Metrics: nodes } = await farm.control.getCluster(ME, this.#cluster);
    return {
      job: state,
      finished: instances.FinishedCount,
      running: nodes.RunningCount,
      machines: this.world.machines.size,
      broken: this.world.broken,
    };
  }

  kill(): void {
    this.#farm?.crash();
    this.#farm = undefined;
  }

  async #wake(): Promise<Farm> {
    this.kill();
    this.#farm = await openFarm({ path: this.#path, clock: this.#clock, executor: this.world.executor() });
    await this.#farm.scheduler.settled();
    return this.#farm;
  }

  async #resize({ control }: Farm, count: number): Promise<void> {
    this.world.desired = count;
    const change = parseClusterChange({ Groups: { g: { DesiredVMCount: count } } });
    await control.modifyCluster(ME, this.#cluster, change);
  }

  async #act({ control }: Farm, what: 'delete' | 'recreate', pick: number): Promise<void> {
    const page = { marker: '', limit: 100 };
    const { Items: nodes } = await control.listClusterInstances(ME, this.#cluster, 'g', page);
    const alive = nodes.filter(({ State }) => State !== 'Deleting');
    const node = alive[pick % Math.max(1, alive.length)];
    if (node === undefined) return;
    const address = { clusterId: this.#cluster, group: 'g', nodeId: node.Id };
    if (what === 'recreate') return control.recreateClusterInstance(ME, address);
    this.world.desired = Math.max(0, this.world.desired - 1);
    return control.deleteClusterInstance(ME, address);
  }

  async #isDone({ control }: Farm): Promise<boolean> {
    const { State } = await control.getJob(ME, this.#job);
    const { Metrics } = await control.getCluster(ME, this.#cluster);
    return State === 'Finished' && Metrics.RunningCount === 2 && this.world.machines.size === 2;
  }

  #finish(id: string): void {
    this.world.attempts.started(id);
    this.world.attempts.ended(id, OK);
  }

  #with<T>(all: readonly T[], pick: number, act: (one: T) => void): void {
    const one = all[pick % Math.max(1, all.length)];
    if (one !== undefined) act(one);
  }
}
