/** One option as it is parsed and as help shows it. */
export interface OptionSpec {
  /** What stands for the value in help (`--frames LIST`); absent: a flag. */
  value?: string;
  short?: string;
  /** May be given several times. */
  multiple?: boolean;
  help: string;
}

export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

/** How to reach the server: part of every command that talks to one. */
export const CONNECTION_OPTIONS = {
  endpoint: { value: 'URL', help: 'the BatchCompute API (else $REBATCH_ENDPOINT, else the local server)' },
  'oss-endpoint': { value: 'URL', help: 'the object store (else $REBATCH_OSS_ENDPOINT, else the local one)' },
  'access-key-id': { value: 'ID', help: "else $REBATCH_ACCESS_KEY_ID, else the local server's" },
  'access-key-secret': { value: 'SECRET', help: "else $REBATCH_ACCESS_KEY_SECRET, else the local server's" },
  'security-token': { value: 'TOKEN', help: 'of a temporary key (else $REBATCH_SECURITY_TOKEN)' },
  data: { value: 'DIR', help: 'data folder of the local server (else $REBATCH_DATA, else ~/.rebatch)' },
} as const satisfies OptionSpecs;

export const JSON_OPTION = {
  json: { help: 'print JSON for programs instead of a table' },
} as const satisfies OptionSpecs;
