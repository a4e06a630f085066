/** A size of machine that jobs may ask for by name. */
export interface InstanceType {
  name: string;
  cpus: number;
  /** GB, as the vendor counts them: 1024³ bytes. */
  memoryGb: number;
}

const GB = 1024 ** 3;

function type(name: string, cpus: number, memoryGb: number): InstanceType {
  return { name, cpus, memoryGb };
}

/**
 * Sizes by name. `bcs.*`: the command-line client's table (spec/batchcompute-api.md §16); `ecs.*`: the names that the same
 * section and the seed use, with the vendor's public sizes. The first is what test programs take (spec §16), so it is small.
 */
export const INSTANCE_TYPES: readonly InstanceType[] = [
  type('ecs.sn1ne.large', 2, 4),
  type('ecs.sn1ne.xlarge', 4, 8),
  type('ecs.sn1ne.2xlarge', 8, 16),
  type('ecs.sn1ne.4xlarge', 16, 32),
  type('ecs.sn1ne.8xlarge', 32, 64),
  type('ecs.sn2ne.large', 2, 8),
  type('ecs.sn2ne.xlarge', 4, 16),
  type('ecs.sn2ne.2xlarge', 8, 32),
  type('ecs.sn2ne.4xlarge', 16, 64),
  type('ecs.sn2ne.8xlarge', 32, 128),
  type('ecs.sn1.medium', 2, 4),
  type('ecs.sn1.large', 4, 8),
  type('ecs.sn1.xlarge', 8, 16),
  type('ecs.sn1.3xlarge', 16, 32),
  type('ecs.sn2.medium', 2, 8),
  type('ecs.sn2.large', 4, 16),
  type('ecs.sn2.xlarge', 8, 32),
  type('ecs.sn2.3xlarge', 16, 64),
  type('ecs.t1.small', 1, 1),
  type('ecs.s3.medium', 4, 4),
  type('ecs.s3.large', 4, 8),
  type('ecs.c1.small', 8, 8),
  type('ecs.c1.large', 8, 16),
  type('ecs.c2.medium', 16, 16),
  type('ecs.c2.large', 16, 32),
  type('ecs.c2.xlarge', 16, 64),
  type('ecs.m1.medium', 4, 16),
  type('ecs.m1.xlarge', 8, 32),
  type('ecs.m2.medium', 4, 32),
  type('ecs.m2.xlarge', 8, 64),
  type('bcs.a2.large', 4, 8),
  type('bcs.a2.xlarge', 8, 16),
  type('bcs.a2.3xlarge', 16, 32),
  type('bcs.a2.4xlarge', 20, 40),
  type('bcs.b2.3xlarge', 16, 32),
  type('bcs.b4.xlarge', 8, 32),
  type('bcs.b4.3xlarge', 16, 64),
  type('bcs.b4.4xlarge', 20, 80),
  type('bcs.b4.5xlarge', 24, 96),
];

const byName = new Map(INSTANCE_TYPES.map((entry) => [entry.name, entry]));

/** The size of that name, or undefined when the table has none. */
export function instanceType(name: string): InstanceType | undefined {
  return byName.get(name);
}

/** CPUs, possibly a fraction, and bytes. */
export interface MachineSize {
  cpus: number;
  memoryBytes: number;
}

/**
 * What an attempt of that type gets on this machine: never more than the machine has, so that a job for eight cores runs on
 * a laptop (architecture.md §5). A type that the table does not know gets the whole machine.
 */
export function fitToMachine(wanted: InstanceType | undefined, machine: MachineSize): MachineSize {
  if (wanted === undefined) return { ...machine };
  return {
    cpus: Math.min(wanted.cpus, machine.cpus),
    memoryBytes: Math.min(wanted.memoryGb * GB, machine.memoryBytes),
  };
}
