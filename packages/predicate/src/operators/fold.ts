export type Fold = (text: string) => string

const ascii = /^\p{ASCII}*$/u

/**
 * What the options make of a text before it is compared: `c` folds case, `d` drops diacritics. `n` says the text is
 * normalised already and takes precedence over both; `l` (by locale) changes nothing, since there is no locale.
 */
export function foldFor(options: string): Fold {
  if (options.includes('n')) return same
  const folds = [...(options.includes('d') ? [withoutDiacritics] : []), ...(options.includes('c') ? [caseFolded] : [])]
  const [first = same, second] = folds
  return second ? (text) => second(first(text)) : first
}

function same(text: string): string {
  return text
}

/** Full case folding: through upper case, so that ß meets SS; dotless ı keeps apart and final ς meets σ. */
function caseFolded(text: string): string {
  if (ascii.test(text)) return text.toLowerCase()
  const parts = text.split('ı').map((part) => part.toUpperCase().toLowerCase())
  return parts.join('ı').replaceAll('ς', 'σ')
}

function withoutDiacritics(text: string): string {
  return ascii.test(text)
    ? text
    : text
        .normalize('NFD')
        .replaceAll(/\p{Mn}/gu, '')
        .normalize('NFC')
}

/** The share of an evaluation's work that two texts are worth. */
export function textSteps(left: string, right: string): number {
  return 1 + ((left.length + right.length) >> 4)
}
