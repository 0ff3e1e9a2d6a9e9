import { itKeepsTheRepositoryContract } from './image-repository.contract';
import { ReplayedImageRepository } from './replayed-image.repository';

describe('ReplayedImageRepository', () => {
  const repository = new ReplayedImageRepository();

  itKeepsTheRepositoryContract(() => repository);

  it('starts with nothing', async () => {
    expect(await new ReplayedImageRepository().lastSequence()).toBe(0);
  });
});
