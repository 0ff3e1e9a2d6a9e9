/** When the sweep takes place, and what it takes for stuck: an injection token that is a class, so that it injects by type. */
export class SweepSettings {
  /**
   * @param everyMs pause between two rounds
   * @param overdueAfterMs age of a job's latest step after which the job is looked at
   * @param absentAfterMs how long a service must have left its events untouched to be taken for absent; longer than one handler may take
   */
  constructor(
    readonly everyMs: number,
    readonly overdueAfterMs: number,
    readonly absentAfterMs: number,
  ) {}
}
