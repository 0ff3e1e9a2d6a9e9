import type { Connection } from 'mongoose';

/**
 * One step of the database from one version to the next. It is done once, but may be begun several times and by two
 * processes at the same moment: doing it again, also after half of it, must lead to the same. Steps never change once they
 * are released; what is to be different is another step.
 */
export interface Migration {
  version: number;
  /** for the log, such as `indexes of lists` */
  what: string;
  run: (database: Connection) => Promise<void>;
}
