import { nodesOf } from '../../ast/nodes-of.ts'
import type { Rule } from '../rule.ts'

const trues = 'vrai wahr verdadero verdadeiro vero waar sant sann prawda tosi'.split(' ')
const falses = 'faux falsch falso onwaar falsk'.split(' ')

/** TRUE and FALSE are English; `==vrai` comes from pages that a machine translated. */
export const translatedWord: Rule = (predicate) =>
  nodesOf(predicate, 'key').flatMap(({ name, at }) => {
    const meant = translation(name)
    if (meant === undefined) return []
    const message = `Cannot read ${name} as a value: it is a key, and the word of the language is ${meant}`
    return [{ code: 'translated-word', severity: 'error', message, at, found: name, expected: meant, rewrite: meant }]
  })

/** What a bare word means in English, where it is TRUE or FALSE in another language. */
export function translation(name: string): 'TRUE' | 'FALSE' | undefined {
  const word = name.toLowerCase()
  return trues.includes(word) ? 'TRUE' : falses.includes(word) ? 'FALSE' : undefined
}
