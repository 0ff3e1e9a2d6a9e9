import { compilePrompt } from './compile-prompt';
import type { PromptSource } from './prompt-source';

const parent = {
  image_id: '507f1f77bcf86cd799439011',
  root_image_id: '507f1f77bcf86cd799439011',
  depth: 0,
  generated_image_url: '/media/u/507f1f77bcf86cd799439011.jpg',
  generated_image_path: 'u/507f1f77bcf86cd799439011.jpg',
  assets: [],
};

const source = (partial: Partial<PromptSource>): PromptSource => ({
  type: 'white_background',
  prompt: 'Remove the background and replace it with white. Make it shine',
  original_prompt: 'Remove the background and replace it with white. Make it shine',
  instruction: 'Make it shine',
  options: {},
  parent: null,
  inputs: [{ role: 'ornament' }],
  ...partial,
});

describe('compilePrompt', () => {
  it('asks for the colour of the ground and carries the user’s words', () => {
    const prompt = compilePrompt(source({ options: { background_color: 'ivory' } }));
    expect(prompt).toContain('Picture 1 is the ornament.');
    expect(prompt).toContain('Make it shine.');
    expect(prompt).toContain('plain ivory');
  });

  it('asks for white where nothing is to be painted, and for a square where that was asked for', () => {
    const options = { background_color: 'transparent', framing: 'square' } as const;
    const prompt = compilePrompt(source({ options, prompt: 'Remove the background and replace it with transparent. Make it shine' }));
    expect(prompt).toContain('plain white');
    expect(prompt).toContain('Make it shine.');
    expect(prompt).not.toContain('transparent');
    expect(prompt).toContain('square');
    expect(compilePrompt(source({ type: 'background_change', options }))).toContain('The new background is white.');
  });

  it('names the new background of a change, be it a colour or a picture', () => {
    const change = { type: 'background_change', prompt: 'on marble' } as const;
    expect(compilePrompt(source({ ...change, options: { background_color: 'red' } }))).toContain('The new background is red.');
    expect(compilePrompt(source({ ...change, inputs: [{ role: 'ornament' }, { role: 'background' }] }))).toContain(
      'Picture 2 is the background to use.',
    );
  });

  it('tells the pose and the measurements for a model', () => {
    const prompt = compilePrompt(
      source({ type: 'model_with_ornament', inputs: [{ role: 'ornament' }, { role: 'pose' }], options: { measurements: 'chain 45 cm' } }),
    );
    expect(prompt).toContain('Picture 2 is the pose to take.');
    expect(prompt).toContain('chain 45 cm');
  });

  it('keeps a real person as photographed', () => {
    const prompt = compilePrompt(source({ type: 'real_model_with_ornament', inputs: [{ role: 'model' }, { role: 'ornament' }] }));
    expect(prompt).toContain('Picture 1 is the person who wears it.');
    expect(prompt).toContain('Keep the person exactly as photographed');
  });

  it('gives the pieces of a campaign their names, in order', () => {
    const inputs = [{ role: 'ornament' }, { role: 'ornament' }, { role: 'theme' }] as const;
    const prompt = compilePrompt(
      source({ type: 'campaign_shot_advanced', inputs, options: { ornament_names: ['Ring', 'Necklace'], model_type: 'ai_model' } }),
    );
    expect(prompt).toContain(
      'Picture 1 is the ornament "Ring".\nPicture 2 is the ornament "Necklace".\nPicture 3 is the theme of the scene.',
    );
    expect(prompt).toContain('not a real person');
  });

  it('asks only for the change in a regeneration, and tells the history', () => {
    const prompt = compilePrompt(source({ parent, instruction: 'Add gold accents', prompt: 'White. Make it shine. Add gold accents' }));
    expect(prompt).toContain('Asked for now: Add gold accents');
    expect(prompt).toContain('How the picture came to be: White. Make it shine. Add gold accents');
  });

  it('stays within what a model takes, however long the chain', () => {
    const prompt = compilePrompt(
      source({ parent, instruction: 'brighter', original_prompt: 'first words', prompt: `first words${'. brighter'.repeat(20_000)}` }),
    );
    expect(prompt.length).toBeLessThan(9_000);
    expect(prompt).toContain('first words …');
  });
});
