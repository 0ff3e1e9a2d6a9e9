import type { Palette } from './backdrop';
import { blend, css } from './drawing';
import type { Rgb } from './colour-space';
import type { OrnamentKind } from './ornament-kind';
import type { Box } from './cut-out-photo';

/** What a piece is shown on, drawn, and where the piece goes; px of the stage. */
export interface Stand {
  shapes: string;
  /** the piece is as large as fits */
  place: Box;
  /** where in the place it is: hanging from its top, or standing on its bottom */
  holds: 'top' | 'bottom';
  /** share of the piece's height that fades out at its top, behind the neck */
  fades: number;
}

const BLACK: Rgb = [0, 0, 0];
const WHITE: Rgb = [255, 255, 255];

/** The stand for a kind of piece, on a stage of `width` x `height` px. */
export const standFor = (kind: OrnamentKind | null, width: number, height: number, palette: Palette): Stand => {
  switch (kind) {
    case 'necklace':
    case 'pendant':
      return bust(width, height, palette);
    case 'earrings':
      return bar(width, height, palette);
    case 'ring':
    case 'bracelet':
    case 'brooch':
    case null:
      return plinth(width, height, palette);
  }
};

/** A headless display bust in matte plaster, lit from the upper left. */
const bust = (width: number, height: number, palette: Palette): Stand => {
  const scale = Math.min(width / 1000, height / 1500);
  const [dx, dy] = [(width - 1000 * scale) / 2, height - 1180 * scale];
  const light = blend(palette.light, WHITE, 0.5);
  const shade = blend(palette.deep, BLACK, 0.28);
  const body =
    'M400 60 C405 170 400 235 372 300 C330 372 215 392 150 470 C92 545 96 700 120 860 C140 1000 175 1090 190 1240 L810 1240 C825 1090 860 1000 880 860 C904 700 908 545 850 470 C785 392 670 372 628 300 C600 235 595 170 600 60 Z';
  const shapes = `<defs>
      <linearGradient id="plaster" x1="0.05" y1="0" x2="0.95" y2="0.35"><stop offset="0" stop-color="${css(light)}"/><stop offset="0.45" stop-color="${css(blend(light, shade, 0.22))}"/><stop offset="1" stop-color="${css(blend(light, shade, 0.85))}"/></linearGradient>
      <radialGradient id="chest" cx="0.36" cy="0.45" r="0.45"><stop offset="0" stop-color="#fff" stop-opacity="0.5"/><stop offset="1" stop-color="#fff" stop-opacity="0"/></radialGradient>
      <linearGradient id="neck" x1="0" y1="0" x2="1" y2="0"><stop offset="0" stop-color="#000" stop-opacity="0.05"/><stop offset="0.3" stop-color="#000" stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity="0.22"/></linearGradient>
      <filter id="soft" x="-20%" y="-20%" width="140%" height="140%"><feGaussianBlur stdDeviation="26"/></filter>
      <filter id="softer" x="-30%" y="-30%" width="160%" height="160%"><feGaussianBlur stdDeviation="44"/></filter>
      <clipPath id="body"><path d="${body}"/></clipPath>
    </defs>
    <g transform="translate(${dx} ${dy}) scale(${scale})">
      <path d="${body}" fill="#000" opacity="0.22" filter="url(#softer)" transform="translate(46 26)"/>
      <path d="${body}" fill="url(#plaster)"/>
      <g clip-path="url(#body)">
        <path d="M396 40 H604 V300 C560 352 440 352 396 300 Z" fill="url(#neck)" filter="url(#soft)"/>
        <path d="M628 300 C690 380 800 400 850 470 C905 560 908 700 880 860 L800 1240 L960 1240 V300 Z" fill="#000" opacity="0.16" filter="url(#softer)"/>
        <path d="M372 300 C420 360 470 392 500 396 C530 392 580 360 628 300" fill="none" stroke="#000" stroke-opacity="0.14" stroke-width="26" filter="url(#soft)"/>
        <path d="M240 452 C330 436 420 452 480 492 M520 492 C580 452 670 436 760 452" fill="none" stroke="#000" stroke-opacity="0.16" stroke-width="14" filter="url(#soft)"/>
        <rect x="100" y="380" width="800" height="860" fill="url(#chest)"/>
      </g>
      <ellipse cx="500" cy="60" rx="100" ry="20" fill="${css(blend(light, shade, 0.12))}"/>
    </g>`;
  const at = (x: number, y: number) => ({ x: dx + x * scale, y: dy + y * scale });
  const [from, to] = [at(318, 292), at(682, 930)];
  return {
    shapes,
    place: { left: Math.round(from.x), top: Math.round(from.y), right: Math.round(to.x), bottom: Math.round(to.y) },
    holds: 'top',
    fades: 0.14,
  };
};

/** A slim brass bar on a stem, for a pair to hang from. */
const bar = (width: number, height: number, palette: Palette): Stand => {
  const [left, right, top] = [width * 0.16, width * 0.84, height * 0.27];
  const bottom = height * 0.88;
  const thick = width * 0.012;
  const shapes = `<defs>
      <linearGradient id="brass" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#f3dfae"/><stop offset="0.5" stop-color="#c39a55"/><stop offset="1" stop-color="#8a6835"/></linearGradient>
      <linearGradient id="stem" x1="0" y1="0" x2="1" y2="0"><stop offset="0" stop-color="#f3dfae"/><stop offset="0.5" stop-color="#c39a55"/><stop offset="1" stop-color="#8a6835"/></linearGradient>
      <filter id="soft" x="-20%" y="-20%" width="140%" height="140%"><feGaussianBlur stdDeviation="${width * 0.014}"/></filter>
    </defs>
    <g opacity="0.2" filter="url(#soft)" transform="translate(${width * 0.02} ${width * 0.016})"><rect x="${left}" y="${top - thick / 2}" width="${right - left}" height="${thick}"/><rect x="${width / 2 - thick / 2}" y="${top}" width="${thick}" height="${bottom - top}"/></g>
    <ellipse cx="${width / 2}" cy="${bottom + width * 0.02}" rx="${width * 0.24}" ry="${width * 0.05}" opacity="0.25" filter="url(#soft)"/>
    ${disc(width / 2, bottom, width * 0.2, width * 0.03, palette)}
    <rect x="${width / 2 - thick / 2}" y="${top}" width="${thick}" height="${bottom - top}" fill="url(#stem)"/>
    <rect x="${left}" y="${top - thick / 2}" width="${right - left}" height="${thick}" rx="${thick / 2}" fill="url(#brass)"/>`;
  return {
    shapes,
    place: {
      left: Math.round(width * 0.2),
      top: Math.round(top - thick),
      right: Math.round(width * 0.8),
      bottom: Math.round(height * 0.8),
    },
    holds: 'top',
    fades: 0,
  };
};

/** A round plinth of stone; what stands on it stands in its middle. */
const plinth = (width: number, height: number, palette: Palette): Stand => {
  const top = height * 0.7;
  const shapes = `<defs><filter id="soft" x="-30%" y="-60%" width="160%" height="220%"><feGaussianBlur stdDeviation="${width * 0.022}"/></filter></defs>
    <ellipse cx="${width * 0.53}" cy="${top + height * 0.155}" rx="${width * 0.4}" ry="${width * 0.085}" opacity="0.28" filter="url(#soft)"/>
    ${disc(width / 2, top, width * 0.36, height * 0.13, palette)}`;
  return {
    shapes,
    place: {
      left: Math.round(width * 0.2),
      top: Math.round(height * 0.24),
      right: Math.round(width * 0.8),
      bottom: Math.round(top + width * 0.02),
    },
    holds: 'bottom',
    fades: 0,
  };
};

/** A cylinder seen a little from above: its upper face around (x, y), `tall` px high. */
const disc = (x: number, y: number, radius: number, tall: number, palette: Palette): string => {
  const flat = radius * 0.2;
  const [light, side, dark] = [blend(palette.light, WHITE, 0.55), blend(palette.light, palette.deep, 0.6), blend(palette.deep, BLACK, 0.3)];
  return `<defs><linearGradient id="side" x1="0" y1="0" x2="1" y2="0"><stop offset="0" stop-color="${css(blend(light, side, 0.5))}"/><stop offset="0.35" stop-color="${css(side)}"/><stop offset="1" stop-color="${css(dark)}"/></linearGradient>
    <linearGradient id="upper" x1="0" y1="0" x2="1" y2="0.3"><stop offset="0" stop-color="${css(light)}"/><stop offset="1" stop-color="${css(blend(light, side, 0.75))}"/></linearGradient></defs>
    <path d="M${x - radius} ${y} v${tall} a${radius} ${flat} 0 0 0 ${2 * radius} 0 v${-tall} Z" fill="url(#side)"/>
    <ellipse cx="${x}" cy="${y}" rx="${radius}" ry="${flat}" fill="url(#upper)"/>`;
};
