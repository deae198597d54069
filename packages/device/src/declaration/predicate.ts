import {
  barePaths,
  compile,
  type Outcome,
  type PredicateContext,
  PredicateError,
  parse,
  statusContext,
  statusNames,
} from '@edict/predicate'
import type { Json, JsonObject } from '@edict/protocol'
import { interned } from '../interned.ts'
import { nest } from '../status/nest.ts'
import type { Switches } from '../switches.ts'

interface Compiled {
  run(context: PredicateContext): Outcome
  /** The names inside `@status(…)`. */
  readonly statusNames: readonly string[]
  /** Status items as they were read before `@status(…)`; what they name is nil when it is none. */
  readonly barePaths: readonly string[]
}

export interface PredicateGround {
  /** Status items that the device has here. */
  readonly supported: ReadonlySet<string>
  /** Those of them that predicates can read. */
  readonly readable: ReadonlySet<string>
  readonly unknownItem: Switches['predicateUnknownItem']
  readonly properties: JsonObject
  value(item: string): Json | undefined
  readonly now: number
  readonly random: () => number
}

/** Compiled once for all devices of the process. */
const compiled = interned((source: string): Compiled => {
  try {
    const tree = parse(source)
    return { run: compile(tree), statusNames: statusNames(tree), barePaths: barePaths(tree) }
  } catch (error) {
    if (!(error instanceof PredicateError)) throw error
    const { stage, code, message, at } = error
    return { run: () => ({ kind: 'error', stage, code, message, at }), statusNames: [], barePaths: [] }
  }
})

/** Evaluates a predicate over the items it names, whether or not anything subscribes to them. */
export function predicateOutcome(source: string, ground: PredicateGround): Outcome {
  const predicate = compiled(source)
  const values: Record<string, Json> = {}
  for (const name of predicate.statusNames) {
    const item = itemOf(name, ground.supported)
    if (item === undefined && ground.unknownItem === 'error') return unknownItem(name)
    const value = item !== undefined && ground.readable.has(item) ? ground.value(item) : undefined
    if (item !== undefined && value !== undefined) values[item] = value
  }
  const { now, random } = ground
  return predicate.run({ ...statusContext(values, ground.properties, rootOf(predicate, ground)), now, random })
}

/** The items that bare paths name, nested as the paths are. */
function rootOf({ barePaths }: Compiled, { supported, readable, value }: PredicateGround): JsonObject {
  const root: Record<string, Json> = {}
  for (const path of barePaths) {
    const item = itemOf(path, supported)
    const found = item !== undefined && readable.has(item) ? value(item) : undefined
    if (item !== undefined && found !== undefined) nest(root, item.split('.'), found)
  }
  return root
}

/** The longest name of a supported item that `name` is, or is below. */
function itemOf(name: string, supported: ReadonlySet<string>): string | undefined {
  for (let end = name.length; end > 0; end = name.lastIndexOf('.', end - 1)) {
    const item = name.slice(0, end)
    if (supported.has(item)) return item
  }
  return undefined
}

function unknownItem(name: string): Outcome {
  const message = `Cannot evaluate predicate: ${name} is no status item of this device`
  return { kind: 'error', stage: 'evaluate', code: 'status-unknown', message, at: { offset: 0, line: 1, column: 1 } }
}
