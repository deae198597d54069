import type { CharacterTest, PositionTest } from './tree.ts'

/** A class by its Unicode property, or undefined if there is none of that name. */
export function propertyTest(name: string): CharacterTest | undefined {
  if (!/^[A-Za-z0-9_]{1,60}(=[A-Za-z0-9_]{1,60})?$/.test(name)) return undefined
  for (const property of [name, `Script=${name}`]) {
    try {
      const pattern = new RegExp(`^\\p{${property}}$`, 'u')
      return (codePoint) => pattern.test(String.fromCodePoint(codePoint))
    } catch {
      // No property of that name; the next reading may fit.
    }
  }
  return undefined
}

function matching(pattern: RegExp, ascii: (codePoint: number) => boolean): CharacterTest {
  return (codePoint) => (codePoint < 128 ? ascii(codePoint) : pattern.test(String.fromCodePoint(codePoint)))
}

export const isDigit = matching(/^\p{Nd}$/u, (c) => c >= 48 && c <= 57)
export const isWordCharacter = matching(
  /^[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\u200c\u200d]$/u,
  (c) => (c >= 48 && c <= 57) || (c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c === 95,
)
export const isSpace = matching(/^\p{Z}$/u, (c) => c === 32 || c === 9 || c === 10 || c === 12 || c === 13)
export const isHorizontalSpace = matching(/^\p{Zs}$/u, (c) => c === 32 || c === 9)
export const isLineTerminator: CharacterTest = (c) => (c >= 10 && c <= 13) || c === 0x85 || c === 0x2028 || c === 0x2029

/** `\b`: a word begins or ends here. */
export const atWordEdge: PositionTest = (text, at) => {
  const before = text[at - 1]
  const after = text[at]
  return (before !== undefined && isWordCharacter(before)) !== (after !== undefined && isWordCharacter(after))
}

export const atStart: PositionTest = (_text, at) => at === 0
export const atEnd: PositionTest = (text, at) => at === text.length

/** `$` and `\Z`: at the end, or before the line terminator that ends the text. */
export const atLastLine: PositionTest = (text, at) => {
  if (at === text.length) return true
  const left = text.length - at
  if (left === 2) return text[at] === 13 && text[at + 1] === 10
  return left === 1 && isLineTerminator(text[at] ?? 0) && !(text[at] === 10 && text[at - 1] === 13)
}

/** `^` in multi-line mode. */
export const atLineStart: PositionTest = (text, at) =>
  at === 0 || (at < text.length && isLineTerminator(text[at - 1] ?? 0) && !(text[at - 1] === 13 && text[at] === 10))

/** `$` in multi-line mode. */
export const atLineEnd: PositionTest = (text, at) =>
  at === text.length || (isLineTerminator(text[at] ?? 0) && !(text[at] === 10 && text[at - 1] === 13))

/** A class that takes a character in either case. */
export function ignoringCase(test: CharacterTest): CharacterTest {
  return (codePoint) => {
    if (test(codePoint)) return true
    const character = String.fromCodePoint(codePoint)
    return test(single(character.toLowerCase(), codePoint)) || test(single(character.toUpperCase(), codePoint))
  }
}

function single(text: string, otherwise: number): number {
  const codePoint = text.codePointAt(0) ?? otherwise
  return text.length === (codePoint > 0xffff ? 2 : 1) ? codePoint : otherwise
}
