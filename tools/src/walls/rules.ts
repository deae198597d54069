import type { Rule } from './rule.ts'
import { consoleInOnePlace } from './rules/console-in-one-place.ts'
import { dependenciesAreDeclared } from './rules/dependencies-are-declared.ts'
import { drawingIsFresh } from './rules/drawing-is-fresh.ts'
import { frontDoor } from './rules/front-door.ts'
import { mayImportOnly } from './rules/may-import-only.ts'
import { namedExports } from './rules/named-exports.ts'
import { namesSaySomething } from './rules/names-say-something.ts'
import { noBuiltIns } from './rules/no-built-ins.ts'
import { noCycles } from './rules/no-cycles.ts'
import { nobodyImportsATest } from './rules/nobody-imports-a-test.ts'
import { onlyErrorsThrown } from './rules/only-errors-thrown.ts'
import { purity } from './rules/purity.ts'
import { roomsAreKnown } from './rules/rooms-are-known.ts'

/** Every wall of the house, in the order in which they are best repaired. */
export const rules: readonly Rule[] = [
  roomsAreKnown,
  mayImportOnly,
  frontDoor,
  noCycles,
  noBuiltIns,
  purity,
  nobodyImportsATest,
  dependenciesAreDeclared,
  namesSaySomething,
  namedExports,
  onlyErrorsThrown,
  consoleInOnePlace,
  drawingIsFresh,
]
