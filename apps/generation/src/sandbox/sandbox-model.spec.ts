import { itKeepsTheModelContract } from '../model/image-model.contract';
import { SandboxModel } from './sandbox-model';

describe('SandboxModel', () => {
  const model = new SandboxModel(0);
  itKeepsTheModelContract(() => model);
});
