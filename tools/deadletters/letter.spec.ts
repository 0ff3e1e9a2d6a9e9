import { deadLetterSubject } from '@facet/contracts';
import { DEAD_LETTER_HEADERS } from '@facet/messaging';
import { anImageStored } from '@facet/testing';
import { headers } from '@nats-io/transport-node';
import { beginningOf, contentOf, eventOf, imageIdOf, isMeant, letterOf, type Letter } from './letter';
import { asJson, asTable, inFull } from './report';

const EVENT = anImageStored();

function aLetter(content: unknown = EVENT, facts: Record<string, string> = {}, subject = 'image.stored'): Letter {
  const kept = headers();
  Object.entries({ stage: 'catalog', code: 'internal', reason: 'It broke.', attempts: '5', eventSequence: '12', ...facts }).forEach(
    ([name, value]) => {
      kept.set(DEAD_LETTER_HEADERS[name as keyof typeof DEAD_LETTER_HEADERS], value);
    },
  );
  const data = new TextEncoder().encode(typeof content === 'string' ? content : JSON.stringify(content));
  return letterOf({ seq: 3, subject: deadLetterSubject(subject), data, time: new Date('2026-11-23T10:00:00.000Z') }, kept);
}

describe('a letter', () => {
  it('tells what was kept of its event', () => {
    const letter = aLetter();
    expect(letter).toMatchObject({
      sequence: 3,
      keptAt: '2026-11-23T10:00:00.000Z',
      subject: 'image.stored',
      stage: 'catalog',
      code: 'internal',
      reason: 'It broke.',
      attempts: '5',
      eventSequence: '12',
    });
    expect([contentOf(letter), imageIdOf(letter)]).toEqual([EVENT, EVENT.image_id]);
    expect(eventOf(letter)).toMatchObject({ event: { image_id: EVENT.image_id, request: { user_id: EVENT.user_id, type: EVENT.type } } });
  });

  it('tells where on the log what has come of it is to be looked for: all of it, when there were attempts before its own', () => {
    expect([aLetter(), aLetter({ ...EVENT, reopened: 1 }), aLetter('nonsense')].map(beginningOf)).toEqual([12, 1, 12]);
  });

  it('is chosen by stage and code', () => {
    const letter = aLetter();
    expect([isMeant(letter, {}), isMeant(letter, { stage: 'catalog', code: 'internal' })]).toEqual([true, true]);
    expect([isMeant(letter, { stage: 'media' }), isMeant(letter, { stage: 'catalog', code: 'model_failed' })]).toEqual([false, false]);
  });

  it.each([
    ['is no JSON', aLetter('nonsense'), 'a malformed image.stored event: Invalid input'],
    ['lacks what its stage needs', aLetter({ ...EVENT, result: undefined }), 'a malformed image.stored event: result: Invalid input'],
    ['is of a kind that nobody handles', aLetter(EVENT, {}, 'image.cataloged'), 'no service handles image.cataloged'],
    ['is of no kind', aLetter(EVENT, {}, 'image.painted'), 'no service handles image.painted'],
  ])('whose event %s has no event to retry', (_what, letter, fault) => {
    expect(eventOf(letter)).toEqual({ fault: expect.stringContaining(fault) });
  });
});

describe('the report', () => {
  it('puts letters in columns', () => {
    expect(asTable([aLetter(), aLetter('nonsense', { attempts: '12' })]).split('\n')).toEqual([
      'letter  when                  stage    code      attempts  image id                  reason',
      `3       2026-11-23 10:00:00Z  catalog  internal  5         ${EVENT.image_id}  It broke.`,
      '3       2026-11-23 10:00:00Z  catalog  internal  12        -                         It broke.',
    ]);
    expect(asTable([])).toBe('no dead letters');
  });

  it('shortens a long reason, and lets none steer the terminal', () => {
    const reason = `\u001b[2J${'x'.repeat(200)}`;
    expect(asTable([aLetter(EVENT, { reason })])).toMatch(/ {2}\?\[2Jx{95}…$/);
    expect(asJson([aLetter(EVENT, { reason })])).toContain('x'.repeat(200));
  });

  it('has no prompts in the list, and all of them in a letter', () => {
    expect(asJson([aLetter()])).not.toContain(EVENT.prompt);
    expect(JSON.parse(asJson([aLetter()]))).toEqual([
      {
        letter: 3,
        kept_at: '2026-11-23T10:00:00.000Z',
        subject: 'image.stored',
        stage: 'catalog',
        code: 'internal',
        attempts: 5,
        event_sequence: 12,
        image_id: EVENT.image_id,
        reason: 'It broke.',
      },
    ]);
    expect(JSON.parse(inFull(aLetter()))).toMatchObject({ letter: 3, headers: { 'facet-code': 'internal' }, event: EVENT });
  });
});
