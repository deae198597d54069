import type { Declared } from '../../declared.ts'
import { refusal } from '../../problem.ts'
import { payloadOf } from '../declaration.ts'
import { references } from '../references.ts'
import type { Rule } from '../rule.ts'

/** References lead from activations to configurations to assets, and never back to where they began. */
export const referenceCycle: Rule = ({ draft, before }) =>
  references(draft.type, draft.payload).flatMap(({ to, at }) => {
    const way = wayBack(to, draft.identifier, before)
    if (way === undefined) return []
    const circle = [draft.identifier, ...way].join(' → ')
    return [
      refusal('reference-cycle', `Cannot refer to ${to}: it leads back to ${draft.identifier}`, {
        at,
        found: circle,
        expected: 'references that end',
        remedy: `take one of ${circle} out`,
        by: [draft.identifier, ...way.slice(0, -1)],
      }),
    ]
  })

/** The Identifiers on the shortest way from one declaration to another, both included. */
function wayBack(from: string, to: string, { declarations }: Declared): readonly string[] | undefined {
  const seen = new Set<string>()
  let ways: (readonly string[])[] = [[from]]
  while (ways.length > 0) {
    const found = ways.find((way) => way.at(-1) === to)
    if (found !== undefined) return found
    ways = ways.flatMap((way) => {
      const last = way.at(-1) ?? from
      const version = declarations.get(last)
      if (version === undefined || seen.has(last)) return []
      seen.add(last)
      return references(version.type, payloadOf(version)).map((reference) => [...way, reference.to])
    })
  }
  return undefined
}
