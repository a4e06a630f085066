export { createOssGateway, type OssGateway, type OssGatewayOptions } from './gateway/create-oss-gateway.ts';
export * from './keyring.ts';
export * from './token-problem.ts';
