import type { Site } from '../runtime/site.ts'
import type { Steps } from '../runtime/steps.ts'
import { foldFor } from './fold.ts'
import type { OperatorMaker } from './operator.ts'

/** `LIKE`: the whole string; `?` is one character, `*` any number, a backslash makes the next one literal. */
export const like: OperatorMaker = (site, options) => {
  const fold = foldFor(options)
  return (text, pattern, steps) => {
    if (text === undefined || pattern === undefined) return false
    if (typeof text !== 'string' || typeof pattern !== 'string')
      throw site.mismatch('LIKE', 'two strings', text, pattern)
    steps.spend((text.length + pattern.length) >> 1, site.at)
    return matchesWildcard(codePoints(fold(text)), wildcards(fold(pattern)), site, steps)
  }
}

const ONE = -1
const MANY = -2

function codePoints(text: string): number[] {
  return Array.from(text, (character) => character.codePointAt(0) ?? 0)
}

function wildcards(pattern: string): number[] {
  const characters = Array.from(pattern)
  const parts: number[] = []
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at] ?? ''
    const escaped = character === '\\' && at + 1 < characters.length
    if (escaped) at += 1
    const literal = (escaped ? characters[at] : character)?.codePointAt(0) ?? 0
    parts.push(escaped ? literal : character === '?' ? ONE : character === '*' ? MANY : literal)
  }
  return parts
}

/** Two pointers; only the last `*` is ever taken up again, so the work is at most the product of the lengths. */
function matchesWildcard(text: readonly number[], pattern: readonly number[], site: Site, steps: Steps): boolean {
  let at = 0
  let part = 0
  let star = -1
  let resume = 0
  while (at < text.length) {
    steps.spend(1, site.at)
    if (pattern[part] === MANY) {
      star = part
      resume = at
      part += 1
    } else if (pattern[part] === ONE || pattern[part] === text[at]) {
      at += 1
      part += 1
    } else if (star !== -1) {
      resume += 1
      at = resume
      part = star + 1
    } else return false
  }
  while (pattern[part] === MANY) part += 1
  return part === pattern.length
}
