import type { House, Source } from '../house.ts'
import type { Import } from '../imports.ts'
import { problemAt, type Rule } from '../rule.ts'

const name = 'nobody-imports-a-test'

/** No file imports a `*.test.ts`, and what is not a test imports nothing that only tests can run. */
export const nobodyImportsATest: Rule = {
  name,
  check: (house) => {
    const tests = new Set(house.sources.filter((source) => source.isTest).map((source) => source.path))
    return house.sources.flatMap((source) =>
      source.imports
        .filter((one) => leadsToATest(house, tests, source, one))
        .map((one) =>
          problemAt(
            name,
            source,
            one.node,
            `${one.specifier} runs only in tests. Move what is needed here into a file of its own, and let the test import that`,
          ),
        ),
    )
  },
}

function leadsToATest(house: House, tests: ReadonlySet<string>, source: Source, { target }: Import): boolean {
  if (target.kind === 'room') return target.name === 'tests' && !source.isTest && isProduct(house, source)
  if (target.kind !== 'file') return false
  return target.path.includes('.test.') || (tests.has(target.path) && !source.isTest)
}

/** Rooms that may import everything (measurements, tools) may start the harness that the stories use. */
function isProduct(house: House, source: Source): boolean {
  return house.rooms.some((room) => room === source.room && room.mayImport !== 'everything')
}
