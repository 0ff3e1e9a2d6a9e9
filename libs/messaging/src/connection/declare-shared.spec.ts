import { JetStreamApiError } from '@nats-io/jetstream';
import { declareShared } from './declare-shared';

// what nats-server 2.9 now and then tells one of two processes that make the same stream at the same moment
const OVERLAP = new JetStreamApiError({ code: 400, err_code: 10_065, description: 'subjects overlap with an existing stream' });

/** Fails so often, and works then. */
const failing = (error: Error, times: number) => {
  const make = jest.fn<Promise<string>, []>().mockResolvedValue('made');
  for (let n = 0; n < times; n += 1) {
    make.mockRejectedValueOnce(error);
  }
  return make;
};

describe('declareShared', () => {
  it('finds what another process was making at that moment', async () => {
    const make = failing(OVERLAP, 2);
    expect(await declareShared(make)).toBe('made');
    expect(make).toHaveBeenCalledTimes(3);
  });

  it('gives up when the subjects are really those of another stream', async () => {
    await expect(declareShared(failing(OVERLAP, 100))).rejects.toBe(OVERLAP);
  });

  it('says at once what else is wrong', async () => {
    const make = failing(new Error('no space left'), 1);
    await expect(declareShared(make)).rejects.toThrow('no space left');
    expect(make).toHaveBeenCalledTimes(1);
  });
});
