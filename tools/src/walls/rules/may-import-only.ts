import type { House, Source } from '../house.ts'
import type { Import } from '../imports.ts'
import type { Problem } from '../problem.ts'
import type { Room } from '../rooms.ts'
import { problemAt, type Rule } from '../rule.ts'

const name = 'may-import-only'

/** A room imports the rooms that the table allows it, and loads with `import()` those that the table names for that. */
export const mayImportOnly: Rule = {
  name,
  check: (house) => house.sources.flatMap((source) => source.imports.flatMap((one) => judge(house, source, one))),
}

function judge(house: House, source: Source, one: Import): readonly Problem[] {
  const { room } = source
  if (one.target.kind === 'computed') {
    if (room.mayImport === 'everything' || source.isTest) return []
    const message = `Nobody can see where import(${one.specifier}) leads. Write the specifier as a string, one import() per case`
    return [problemAt(name, source, one.node, message)]
  }
  if (one.target.kind !== 'room' || room.mayImport === 'everything') return []
  const to = one.target.name
  if (room.mayImport.includes(to)) return []
  if (room.mayLoad?.includes(to)) {
    if (one.how === 'dynamic') return []
    const message = `${room.name} loads ${to} only when it needs it, types included: const { … } = await import('@edict/${to}')`
    return [problemAt(name, source, one.node, message)]
  }
  if (to === room.name) {
    const message = `${room.name} is already at home: import the file by its relative path, not @edict/${to}`
    return [problemAt(name, source, one.node, message)]
  }
  return [problemAt(name, source, one.node, refusal(house, room, to))]
}

function refusal(house: House, room: Room, to: string): string {
  const target = house.rooms.find((other) => other.name === to)
  if (target === undefined) return `There is no room called ${to}; the rooms are in tools/src/walls/rooms.ts`
  const allowed = room.mayImport === 'everything' || room.mayImport.length === 0 ? 'no room' : room.mayImport.join(', ')
  return (
    `${room.name} (${room.about}) may not know ${to} (${target.about}), not even its types; it may import ${allowed}. ` +
    'Take what you need as an argument, or move this code to a room that may know both'
  )
}
