import { StorageType, type JetStreamClient } from '@nats-io/jetstream';
import { Kvm, type KV, type KvOptions } from '@nats-io/kv';
import { Objm, type ObjectStore, type ObjectStoreOptions } from '@nats-io/obj';
import type { NatsConnection } from '@nats-io/transport-node';
import { declareShared } from '../connection/declare-shared';

/** A bucket in memory would be gone for good after a restart of the server. */
const ON_FILE = { storage: StorageType.File };

/** Makes a bucket of keys and values where it is absent. Safe to call from all processes at once. */
export const ensureBucket = (nats: NatsConnection | JetStreamClient, name: string, options: Partial<KvOptions> = {}): Promise<KV> =>
  declareShared(() => new Kvm(nats).create(name, { ...ON_FILE, ...options }));

/** The same of a bucket of objects. */
export const ensureObjectStore = (nats: NatsConnection, name: string, options: Partial<ObjectStoreOptions> = {}): Promise<ObjectStore> =>
  declareShared(() => new Objm(nats).create(name, { ...ON_FILE, ...options }));
