import { restartDelayMs } from './restart-delay';

it('starts again at once, then after 0.2 s, twice as long each time, and 10 s at most', () => {
  expect([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1000].map(restartDelayMs)).toEqual([0, 0, 200, 400, 800, 1600, 3200, 6400, 10_000, 10_000, 10_000]);
});
