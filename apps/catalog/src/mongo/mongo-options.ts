import type { ConnectOptions } from 'mongoose';

/** What every connection to the catalog's database is opened with, so that no single write can forget to wait. */
export const mongoOptions = (dbName: string): ConnectOptions => ({
  dbName,
  // what is said to be written stays so when the server that said it is lost
  writeConcern: { w: 'majority' },
});
