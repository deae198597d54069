import type { Fleet } from '@edict/api'

/** What changed from one picture to the next, by the words of the numbers: `failed 3 → 5`. */
export function changesBetween(before: Fleet, after: Fleet): readonly string[] {
  const [was, is] = [numbersOf(before), numbersOf(after)]
  const words = [...new Set([...is.keys(), ...was.keys()])]
  return words.flatMap((word) => {
    const [from, to] = [was.get(word) ?? 0, is.get(word) ?? 0]
    return from === to ? [] : [`${word} ${from} → ${to}`]
  })
}

/** Every number of a picture by its word. */
function numbersOf(part: unknown, found = new Map<string, number>()): Map<string, number> {
  if (typeof part !== 'object' || part === null) return found
  if ('what' in part && 'count' in part) found.set(String(part.what), Number(part.count))
  for (const each of Object.values(part)) numbersOf(each, found)
  return found
}
