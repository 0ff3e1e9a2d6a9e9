import { IMAGES_STREAM } from '@facet/contracts';
import { aPhoto } from './support/workload';
import { describeFaults } from './support/scenario';

// these take minutes: `npm run faults` alone plays them; the rules behind them are tested in libs/messaging and apps/gateway
describeFaults(
  'what can only end',
  () => ({
    options: ['--scale', 'generation=2'],
    environment: {
      IMAGE_MODEL: 'sandbox',
      GENERATION_CONCURRENCY: '1',
      ACK_WAIT_SECONDS: '3',
      JOB_DEADLINE_SECONDS: '5',
      SWEEP_SECONDS: '5',
    },
  }),
  [
    {
      name: 'a job that kills its process at every delivery',
      jobs: 20,
      fault: async (stage, workload, _random, jobs) => {
        const [poisoner] = stage.clients;
        const form = new FormData();
        form.append('image', new Blob([new Uint8Array(await aPhoto())]), 'photo.jpg');
        form.append('prompt', 'A soft glow [fail:crash-always]');
        const headers = { authorization: `Bearer ${poisoner?.api.token ?? ''}`, 'idempotency-key': 'poison' };
        const answer = await fetch(`${stage.facet.url}/imgbackendapp/`, { method: 'POST', headers, body: form });
        expect(await answer.json()).toMatchObject({ success: false, code: 'internal' });
        await workload.reached(jobs);
      },
      check: async (stage) => {
        expect(await stage.kept.deadLetters()).toEqual({ 'deadletters.image.requested': 1 });
      },
    },
    {
      name: 'the event log deleted at run time',
      jobs: 20,
      fault: async (stage, workload, _random, jobs) => {
        const manager = await stage.kept.manager();
        await workload.reached(Math.floor(jobs / 2));
        await manager.streams.delete(IMAGES_STREAM);
      },
    },
  ],
);
