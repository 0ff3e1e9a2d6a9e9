import { isTerminal, type Job } from '@facet/contracts';

/** A job and the revision of its key: the id of the step in the job's event stream. */
export interface JobRevision {
  job: Job;
  revision: number;
}

/** A job that is written to and takes no step by it: which one ended it is remembered. */
export const amended = ({ job, revision }: JobRevision): Job =>
  isTerminal(job.state) ? { ...job, ended_revision: job.ended_revision ?? revision } : job;
