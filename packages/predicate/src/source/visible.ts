const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** Characters that a terminal obeys or that nobody sees: controls, marks of direction, joiners, separators of lines. */
const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

/** What terminals show in two cells. Source: Unicode Standard Annex 11, without the rare and the ambiguous. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{17000}-\u{18cff}\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\ufe0f/u

/** What a reader sees as one character: from where to where it reaches in UTF-16 units, and how it is shown. */
export interface Visible {
  readonly end: number
  readonly text: string
  /** Cells of a terminal. */
  readonly cells: number
}

/** A text as it can be shown on one line: white space as a space, what is hidden as U+FFFD. Emoji keep their joiners. */
export function visible(text: string): readonly Visible[] {
  return Array.from(segmenter.segment(text), ({ segment, index }) => {
    const shown = shownAs(segment)
    return { end: index + segment.length, text: shown, cells: cellsOf(shown) }
  })
}

export function visibleText(text: string): string {
  return visible(text)
    .map((character) => character.text)
    .join('')
}

/** Cells that a terminal gives the text. */
export function widthOf(text: string): number {
  return visible(text).reduce((sum, { cells }) => sum + cells, 0)
}

/** `padEnd`, in cells. */
export function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)))
}

function shownAs(segment: string): string {
  if (/^\s+$/.test(segment) && !/[\u2028\u2029\ufeff]/.test(segment)) return ' '
  return /\p{Extended_Pictographic}/u.test(segment) ? segment : segment.replaceAll(hidden, '\ufffd')
}

function cellsOf(shown: string): number {
  return wide.test(shown) ? 2 : Array.from(shown.replaceAll(/[\p{Mn}\p{Me}]/gu, '')).length
}
