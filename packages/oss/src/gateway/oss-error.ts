/** Thrown when a request cannot be served; becomes the error document of spec/oss.md §1.12. */
export class OssError extends Error {
  readonly status: number;
  readonly code: string;
  /** Elements that the document has besides Code, Message, RequestId and HostId. */
  readonly details: readonly (readonly [name: string, value: string])[];
  /** The vendor's fine code, where the plain one stands for several. */
  readonly ec: string | undefined;
  /** Headers of the response. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    message: string,
    options: ErrorOptions & {
      details?: OssError['details'];
      headers?: OssError['headers'];
      ec?: OssError['ec'];
    } = {},
  ) {
    super(message, options);
    this.name = 'OssError';
    this.status = status;
    this.code = code;
    this.ec = options.ec;
    this.details = options.details ?? [];
    this.headers = options.headers ?? {};
  }
}
