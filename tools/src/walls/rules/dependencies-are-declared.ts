import type { House, Manifest, Source } from '../house.ts'
import type { Problem } from '../problem.ts'
import type { Room } from '../rooms.ts'
import { problemAt, problemOf, type Rule } from '../rule.ts'

const name = 'dependencies-are-declared'

/**
 * A package.json is the picture of its room: `dependencies` lists exactly the rooms that its sources import, and whatever
 * comes from npm is declared where it is used. Tests, and files that only tests import, may also use devDependencies,
 * their own and those of the root.
 */
export const dependenciesAreDeclared: Rule = {
  name,
  check: (house) => {
    const forTests = onlyForTests(house)
    return [...house.manifests].flatMap(([roomName, manifest]) => {
      const room = house.rooms.find((one) => one.name === roomName)
      if (room === undefined) return []
      const sources = house.sources.filter((source) => source.room === room)
      const product = sources.filter((source) => !forTests.has(source.path) || room.name === 'tests')
      return [
        ...product.flatMap((source) => undeclared(source, allowed(house, room, manifest, false))),
        ...sources
          .filter((source) => !product.includes(source))
          .flatMap((source) => undeclared(source, allowed(house, room, manifest, true))),
        ...unused(room, manifest, product),
      ]
    })
  },
}

/** Names that a source of this room may import. The rooms that are not shipped may use the tools at the root. */
function allowed(house: House, room: Room, manifest: Manifest, inTest: boolean): ReadonlySet<string> {
  const all = inTest || room.mayImport === 'everything'
  const more = all ? [...manifest.devDependencies, ...house.rootManifest.devDependencies] : []
  return new Set([...manifest.dependencies, ...more, `@edict/${room.name}`])
}

function undeclared(source: Source, names: ReadonlySet<string>): readonly Problem[] {
  return source.imports.flatMap((one) => {
    const { target } = one
    if (target.kind !== 'npm' && target.kind !== 'room') return []
    const wanted = target.kind === 'npm' ? target.name : `@edict/${target.name}`
    if (names.has(wanted)) return []
    const message = `${wanted} is imported here and not declared: add it to "dependencies" in ${source.room.folder}/package.json, then npm install`
    return [problemAt(name, source, one.node, message)]
  })
}

function unused(room: Room, manifest: Manifest, product: readonly Source[]): readonly Problem[] {
  const imported = new Set(
    product.flatMap((source) =>
      source.imports.map(({ target }) => (target.kind === 'room' ? `@edict/${target.name}` : '')),
    ),
  )
  return manifest.dependencies
    .filter((wanted) => wanted.startsWith('@edict/') && !imported.has(wanted))
    .map((wanted) => {
      const message = `${wanted} is declared and never imported: a door in the picture that nobody walks through. Take it out of "dependencies"`
      return problemOf(name, `${room.folder}/package.json`, message)
    })
}

/** Tests, and the files that are imported, but by tests alone. */
function onlyForTests(house: House): ReadonlySet<string> {
  const importers = new Map<string, string[]>()
  for (const source of house.sources)
    for (const { target } of source.imports)
      if (target.kind === 'file') importers.set(target.path, [...(importers.get(target.path) ?? []), source.path])
  const found = new Set(house.sources.filter((source) => source.isTest).map((source) => source.path))
  for (let before = -1; before < found.size; ) {
    before = found.size
    for (const [path, by] of importers) if (by.every((one) => found.has(one))) found.add(path)
  }
  return found
}
