import { readInstruction } from './retouch-words';
import { withinReach } from './within-reach';

describe('what can be done to a picture of a type', () => {
  it('is all on a piece alone', () => {
    const read = readInstruction('on navy, gold accents, brighter');
    expect(withinReach('background_change', read)).toEqual({ understood: read, notes: [] });
  });

  it.each(['model_with_ornament', 'real_model_with_ornament', 'campaign_shot_advanced'] as const)(
    'is neither another ground nor another metal on a %s, and it is said',
    (type) => {
      const { understood, notes } = withinReach(type, readInstruction('on navy, gold accents, brighter'));
      expect(understood.adjustments).toMatchObject({ background: null, accent: null, brightness: 1 });
      expect(notes).toEqual([expect.stringContaining('background'), expect.stringContaining('metal')]);
      expect(withinReach(type, readInstruction('brighter')).notes).toEqual([]);
    },
  );
});
