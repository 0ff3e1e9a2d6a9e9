import { readOptions } from './options';
import { UsageError } from './tool-error';

const optionsOf = (line: string) => readOptions(line.split(' ').filter(Boolean));

describe('readOptions', () => {
  it.each([
    ['list', { name: 'list', filter: {}, json: false }],
    ['list --stage media --code storage_failed --json', { name: 'list', filter: { stage: 'media', code: 'storage_failed' }, json: true }],
    ['show 7', { name: 'show', sequence: 7 }],
    ['retry 7', { name: 'retry', letters: { sequence: 7 } }],
    ['drop --all', { name: 'drop', letters: { filter: {} } }],
    ['--all retry --code=model_failed', { name: 'retry', letters: { filter: { code: 'model_failed' } } }],
  ])('understands %s', (line, command) => {
    expect(optionsOf(line)).toEqual({ command });
  });

  it('takes the address of NATS with every command', () => {
    expect(optionsOf('show 7 --nats nats://there:4222').natsUrl).toBe('nats://there:4222');
  });

  it.each([
    ['', 'What is to be done?'],
    ['forget 7', 'There is no command "forget".'],
    ['show', 'show needs the sequence of a letter, as list tells it.'],
    ['retry', 'retry needs the sequence of a letter, as list tells it, or --all.'],
    ['drop seven', 'from 1 on, not "seven".'],
    ['drop 0', 'from 1 on, not "0".'],
    ['retry 1.5', 'from 1 on, not "1.5".'],
    ['retry 99999999999999999999', 'from 1 on, not "99999999999999999999".'],
    ['retry 7 8 9', 'One letter at a time, or --all: what is 8 9?'],
    ['retry 7 --all', 'retry takes one letter or --all, not both.'],
    ['list 7', 'list takes no letter; show does.'],
    ['list --all', '--all goes with retry and drop.'],
    ['show 7 --json', '--json goes with list.'],
    ['retry 7 --stage media', '--stage and --code choose among many letters'],
    ['list --stage mars', '--stage must be one of gateway, generation, media, catalog, not "mars".'],
    ['list --code bad', '--code must be one of invalid_request'],
    ['list --nats=', '--nats needs an address'],
    ['list --al', "Unknown option '--al'"],
  ])('says what is wrong with "%s"', (line, message) => {
    expect(() => optionsOf(line)).toThrow(UsageError);
    expect(() => optionsOf(line)).toThrow(message);
  });
});
