/** Where a nats-server is looked for, and where one may be put. */
export interface NatsServerSearch {
  /** folders as in `PATH` */
  path: string;
  /** further folders that are searched after `path` */
  systemFolders: readonly string[];
  /** the project's own cache folder; made when something is fetched */
  cacheFolder: string;
  /** address above `/v<version>/<file>` */
  releases: string;
  say: (line: string) => void;
  signal?: AbortSignal;
}
