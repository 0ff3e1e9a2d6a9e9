export { freePort } from './containers/free-port';
export { hasDocker } from './containers/docker';
export { describeWithMongo, startMongo, type RunningMongo } from './containers/mongo-container';
export { startNats } from './containers/nats-container';
export type { RunningNats } from './containers/running-nats';
export { anImageRecord } from './factories/image-record.factory';
export { anImageStored } from './factories/image-stored.factory';
export { waitFor } from './wait-for';
