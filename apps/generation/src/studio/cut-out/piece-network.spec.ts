import type { FirstLook } from './first-look';
import { planesOf, secondOpinion } from './piece-network';

const WIDTH = 203;
const HEIGHT = 131;

const planeOf = (value: (x: number, y: number) => number): Float32Array =>
  Float32Array.from({ length: WIDTH * HEIGHT }, (_, at) => value(at % WIDTH, Math.floor(at / WIDTH)));

/** 1 within a disc in the middle. */
const disc = (x: number, y: number): number => (Math.hypot(x - WIDTH / 2, y - HEIGHT / 2) < 40 ? 1 : 0);
const edge = (x: number, y: number): number => (Math.abs(Math.hypot(x - WIDTH / 2, y - HEIGHT / 2) - 40) < 3 ? 1 : 0);

/** A golden disc on a light grey ground, told from it by the rules. */
const judgedDisc = () => {
  const nothing = planeOf(() => 0);
  const lab = { l: planeOf((x, y) => 80 - 20 * disc(x, y)), a: planeOf(disc), b: planeOf((x, y) => 40 * disc(x, y)) };
  const odds = planeOf((x, y) => 16 * disc(x, y) - 8);
  const look = { lab: { ...lab, width: WIDTH, height: HEIGHT }, focus: planeOf((x, y) => 60 * edge(x, y)), variation: nothing, odds };
  const local = { l: planeOf(() => 80), a: nothing, b: nothing, width: WIDTH, height: HEIGHT };
  return { look: look as unknown as FirstLook, decision: { odds, local } };
};

describe('secondOpinion', () => {
  const { look, decision } = judgedDisc();

  it('says something of every pixel of a picture of any size', () => {
    const opinion = secondOpinion(look, decision);
    expect(opinion).toHaveLength(WIDTH * HEIGHT);
    expect(opinion.every((odds) => Math.abs(odds) <= 8)).toBe(true);
  });

  it('agrees with rules that are plainly right', () => {
    const opinion = secondOpinion(look, decision);
    const rightly = opinion.filter((odds, at) => odds > 0 === (decision.odds[at] ?? 0) > 0).length / opinion.length;
    expect(rightly).toBeGreaterThan(0.98);
  });

  it('says the same of the same picture', () => {
    expect(secondOpinion(look, decision)).toEqual(secondOpinion(look, decision));
  });
});

describe('planesOf', () => {
  it('has ten planes from -1 to 1', () => {
    const { look, decision } = judgedDisc();
    const planes = planesOf(look, decision);
    expect(planes).toHaveLength(10);
    expect(planes.flatMap((plane) => [...plane]).every((value) => value >= -1 && value <= 1)).toBe(true);
  });
});
