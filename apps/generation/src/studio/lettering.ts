import { readFileSync } from 'node:fs';
import { parse, type Font } from 'opentype.js';

/** The package's files: Western and Central European letters. */
const FILES = ['latin-600-normal', 'latin-ext-600-normal'];

/**
 * Letters drawn as outlines, since a server may have no font at all. Cormorant Garamond (SIL Open Font License 1.1) comes
 * in its package.
 */
export class Lettering {
  private constructor(private readonly fonts: readonly Font[]) {}

  /** Reads the font: 60 KB, some 30 ms. */
  static load(): Lettering {
    return new Lettering(
      FILES.map((file) => {
        const { buffer, byteOffset, byteLength } = readFileSync(
          require.resolve(`@fontsource/cormorant-garamond/files/cormorant-garamond-${file}.woff`),
        );
        return parse(buffer.slice(byteOffset, byteOffset + byteLength));
      }),
    );
  }

  /**
   * An SVG path of one line, centred at `x` and standing on `y`, at most `width` px wide: a long one is set smaller. Null when
   * the font has not all of its letters: half a name is worse than none.
   */
  line(text: string, x: number, y: number, size: number, width: number): string | null {
    const letters = this.lettersOf(text.trim().replace(/\s+/g, ' '));
    if (!letters || letters.length === 0) return null;
    const natural = letters.reduce((sum, { font, index }) => sum + this.advance(font, index), 0) - SPACING;
    const scale = Math.min(size, width / natural);
    let at = x - (natural * scale) / 2;
    let path = '';
    for (const { font, index } of letters) {
      path += font.glyphs.get(index).getPath(at, y, scale).toPathData(2);
      at += this.advance(font, index) * scale;
    }
    return path;
  }

  /** In parts of the size. */
  private advance(font: Font, index: number): number {
    return (font.glyphs.get(index).advanceWidth ?? 0) / font.unitsPerEm + SPACING;
  }

  private lettersOf(text: string): { font: Font; index: number }[] | null {
    const letters: { font: Font; index: number }[] = [];
    for (const letter of text.normalize('NFC')) {
      const font = this.fonts.find((one) => one.charToGlyphIndex(letter) > 0);
      if (!font) return null;
      letters.push({ font, index: font.charToGlyphIndex(letter) });
    }
    return letters;
  }
}

/** Extra space between letters, in parts of the size: captions are set wide. */
const SPACING = 0.06;
