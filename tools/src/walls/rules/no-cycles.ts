import type { House, Source } from '../house.ts'
import type { Import } from '../imports.ts'
import { problemAt, type Rule } from '../rule.ts'

const name = 'no-cycles'

/** No file can reach itself through its imports, types included; each circle is told once, with the way round. */
export const noCycles: Rule = {
  name,
  check: (house) =>
    circles(house).map(({ source, via, round }) =>
      problemAt(
        name,
        source,
        via.node,
        `These files go round in a circle: ${round.join(' → ')}. Move what two of them need into a third file named after it`,
      ),
    ),
}

interface Circle {
  readonly source: Source
  readonly via: Import
  readonly round: readonly string[]
}

function circles(house: House): readonly Circle[] {
  const byPath = new Map(house.sources.map((source) => [source.path, source]))
  const done = new Set<string>()
  const found: Circle[] = []
  const visit = (source: Source, trail: readonly string[]): void => {
    const here = [...trail, source.path]
    for (const via of source.imports) {
      const path = fileOf(house, via)
      const back = here.indexOf(path)
      const next = byPath.get(path)
      if (back >= 0) found.push({ source, via, round: [...here.slice(back), path] })
      else if (next !== undefined && !done.has(path)) visit(next, here)
    }
    done.add(source.path)
  }
  for (const source of house.sources) if (!done.has(source.path)) visit(source, [])
  return found
}

function fileOf(house: House, { target }: Import): string {
  if (target.kind === 'file') return target.path
  const room = target.kind === 'room' ? house.rooms.find((one) => one.name === target.name) : undefined
  return room === undefined ? '' : `${room.folder}/src/index.ts`
}
