import { child } from '../pointer.ts'
import { isDictionary, walkShape } from '../walk-shape.ts'
import type { ShapeRule } from '../wire-rule.ts'

/** Keys are told apart by case: what differs in it is another key, and the one that is meant is missing. */
export const keyCase: ShapeRule = {
  code: 'key-case',
  severity: 'error',
  finds: 'a key in another case than documented, such as `syncTokens` or `identifier`',
  shape: true,
  check: (message) =>
    walkShape(message).flatMap(({ value, facts: { keys = {} }, at }) => {
      if (!isDictionary(value)) return []
      return Object.keys(value).flatMap((key) => {
        const meant = caseTwin(key, Object.keys(keys))
        if (meant === undefined || Object.hasOwn(value, meant)) return []
        return [
          {
            at: child(at, key),
            atKey: true as const,
            message: `Cannot use the key ${key}: upper and lower case count`,
            found: key,
            expected: meant,
            remedy: `write ${meant}`,
          },
        ]
      })
    }),
}

/** The known key that differs in case only. */
export function caseTwin(key: string, known: readonly string[]): string | undefined {
  if (known.includes(key)) return undefined
  const letters = key.toLowerCase()
  return known.find((other) => other.toLowerCase() === letters)
}
