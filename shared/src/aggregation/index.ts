export { fedAdam } from './server-optimizers/fedadam.ts';
export { fedAvg } from './server-optimizers/fedavg.ts';
export { SERVER_OPTIMIZERS, serverOptimizer } from './server-optimizers/list.ts';
export type { ServerConfig, ServerOptimizer, ServerState } from './server-optimizers/server-optimizer.ts';
export { meanUpdate } from './weighted-mean.ts';
