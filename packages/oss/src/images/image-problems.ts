import type { ImageProblem } from './image-job.ts';

/** Thrown when a picture cannot be made out of another, by whatever fault of the source or of what was asked. */
export class ImageProblemError extends Error {
  readonly problem: ImageProblem;

  constructor(problem: ImageProblem, options?: ErrorOptions) {
    super(problem.message, options);
    this.name = 'ImageProblemError';
    this.problem = problem;
  }
}

/** A parameter of an action is missing, or not what it may be. `ec`: the vendor's number for it. */
export const invalidParameter = (message: string, ec?: string): ImageProblemError =>
  refused(400, 'InvalidArgument', message, ec);

/** A name is not in base64; the words are the vendor's. */
export const notBase64 = (): ImageProblemError => refused(400, 'BadRequest', 'Input is not base64 decoding.');

/** An action or a kind of processing that OSS has and this store has not. */
export const notServed = (what: string): ImageProblemError =>
  refused(501, 'NotImplemented', `${what} is not implemented.`);

/** The library is not installed, or not for this machine: it is optional. */
export const imagesNotInstalled = (why: string): ImageProblemError =>
  refused(
    501,
    'NotImplemented',
    `Image processing needs the package sharp ("npm install sharp" where the server is installed): ${why.split('\n')[0]}`,
  );

/** The image program could not be started, for no reason that it could tell. */
export const imageProgramFailed = (): ImageProblemError =>
  refused(500, 'InternalError', 'The program that makes pictures ended as it was started.');

/** The bytes are of no format that can be processed. */
export const unsupportedFormat = (): ImageProblemError =>
  refused(400, 'BadRequest', 'The source is not an image of a supported format.', '0040-00000005');

/** The bytes begin as an image and do not go on as one. */
export const brokenImage = (cause?: unknown): ImageProblemError =>
  new ImageProblemError(
    { status: 400, code: 'BadRequest', message: 'The source image cannot be decoded.' },
    { cause },
  );

/** The source has more bytes or pixels than OSS takes, or needs more memory or time than this store gives. */
export const imageTooLarge = (message: string, ec?: string): ImageProblemError =>
  refused(400, 'ImageTooLarge', message, ec);

/** Too many pictures wait to be made; a moment later there may be room. */
export const tooManyImages = (): ImageProblemError =>
  refused(503, 'ServiceUnavailable', 'Too many images are waiting to be processed.');

/** A crop begins outside the picture; the words are the vendor's. */
export const cropOutside = (): ImageProblemError =>
  refused(400, 'BadRequest', "Advance cut's position is out of image.");

/** The picture is too large to be rotated; the words are the vendor's. */
export const rotationTooLarge = (): ImageProblemError =>
  refused(400, 'BadRequest', 'Picture exceed the maximum allowable rotation range');

function refused(status: number, code: string, message: string, ec?: string): ImageProblemError {
  return new ImageProblemError({ status, code, message, ...(ec !== undefined && { ec }) });
}
