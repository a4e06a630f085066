/** The part of npm `aliyun-sdk` 1.12 that is used here; the package brings no types. */
declare module 'aliyun-sdk' {
  type Operation = (
    input: Record<string, unknown>,
    done: (error: Error | null, answer: { code: number; data: unknown }) => void,
  ) => void;

  const ALY: { BatchCompute: new (options: Record<string, string | boolean>) => Record<string, Operation> };
  export = ALY;
}
