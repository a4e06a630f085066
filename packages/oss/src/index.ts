export { createImageProcessor, type ImageProcessor } from './images/image-processor.ts';
export { isCallbackHost } from './callback/is-callback-host.ts';
export { createOssGateway, type OssGateway, type OssGatewayOptions } from './gateway/create-oss-gateway.ts';
export * from './keyring.ts';
export { type LifecycleOutcome } from './lifecycle/lifecycle-outcome.ts';
export { type LifecycleOptions, startLifecycle } from './lifecycle/start-lifecycle.ts';
export * from './token-problem.ts';
