/** What this room lends to tests, benches and tools: declarations made up from the schema, and ways to break one. */
export { waysToBreak } from './break-one-key.ts'
export { declaredOf, draftOf, passcode } from './declared-of.ts'
export { exampleGround, exampleOf } from './example-payload.ts'
export { refusedAt } from './refused-at.ts'
export { targetsOfType } from './targets-of-type.ts'
