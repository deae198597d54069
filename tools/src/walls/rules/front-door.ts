import type { Source } from '../house.ts'
import type { Import } from '../imports.ts'
import { problemAt, type Rule } from '../rule.ts'

const name = 'front-door'

/**
 * Another room is entered by its name, through its index.ts: never by a path. Tests, benches and tools may also go in
 * by `testing`, the entry for what a room lends to tests.
 */
export const frontDoor: Rule = {
  name,
  check: (house) =>
    house.sources.flatMap((source) =>
      source.imports.flatMap((one) => {
        const message = refusal(source, one)
        return message === undefined ? [] : [problemAt(name, source, one.node, message)]
      }),
    ),
}

const LENT_TO: ReadonlySet<string> = new Set(['tests', 'bench', 'tools'])

function refusal(source: Source, { specifier, target }: Import): string | undefined {
  const lent = target.kind === 'room' && target.inside === 'testing' && LENT_TO.has(source.room.name)
  if (target.kind === 'room' && target.inside !== '' && !lent)
    return `Enter ${target.name} by its front door: import from '@edict/${target.name}', and add the name to its index.ts if it is worth showing`
  if (target.kind === 'file' && !target.path.startsWith(`${source.room.folder}/`))
    return `${specifier} climbs out of ${source.room.folder}. Import the other room by name ('@edict/…'); what it does not export in index.ts is its own business`
  return undefined
}
