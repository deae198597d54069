import type { Source } from '../house.ts'
import type { Import } from '../imports.ts'
import { problemAt, type Rule } from '../rule.ts'

const name = 'no-built-ins'
const hashing = new Set(['createHash', 'hash'])

/** The pure rooms use nothing of Node, but for hashing where the table allows it. Their tests may. */
export const noBuiltIns: Rule = {
  name,
  check: (house) =>
    house.sources
      .filter((source) => source.room.pure !== undefined && !source.isTest)
      .flatMap((source) =>
        source.imports.flatMap((one) => {
          const message = refusal(source, one)
          return message === undefined ? [] : [problemAt(name, source, one.node, message)]
        }),
      ),
}

function refusal({ room }: Source, one: Import): string | undefined {
  if (one.target.kind !== 'builtin') return undefined
  if (room.pure?.mayHash && one.target.name === 'crypto') {
    const taken = one.names.filter((taken) => !hashing.has(taken))
    if (taken.length === 0) return undefined
    return `${room.name} uses node:crypto only to hash (createHash, hash), not ${taken.join(', ')}. Keys, random values and ids are arguments`
  }
  return `${room.name} is pure and cannot use node:${one.target.name}. Let the caller read, and take the result as an argument`
}
