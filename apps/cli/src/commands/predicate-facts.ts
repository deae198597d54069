import { decodeFacts, factsContext, type PredicateContext, statusContext, type Value } from '@edict/predicate'
import type { Command } from 'commander'
import { UsageError } from '../failure.ts'
import { keyValues } from '../input.ts'
import type { Cli } from '../session.ts'
import { isTextItem } from '../what-if/is-text-item.ts'

/** What commands on predicates take on the command line. */
export interface FactsOptions {
  readonly json?: boolean
  readonly facts?: string
  readonly status?: string
  readonly properties?: string
  readonly set?: readonly string[]
  readonly property?: readonly string[]
  readonly whatIf?: readonly string[]
  readonly whatIfProperty?: readonly string[]
}

type Facts = { readonly [key: string]: Value }

/** Adds the options that say what a device would report. */
export function addFacts(command: Command): void {
  command
    .option('--facts <file>', 'JSON object whose `status` and `properties` are the two below')
    .option('--status <file>', 'JSON object of status items, nested or by dotted name')
    .option('--properties <file>', 'JSON object of properties')
    .option('--set <name=value>', 'a status item; again for more', collect)
    .option('--property <name=value>', 'a property; again for more', collect)
}

/** Adds the options that say what might be otherwise. */
export function addWhatIf(command: Command): void {
  command
    .option('--what-if <name=value>', 'a status item as it might be, to see what changes', collect)
    .option('--what-if-property <name=value>', 'a property as it might be', collect)
}

/** What the options say of a device; the more special one wins. */
export async function factsOf(cli: Cli, options: FactsOptions): Promise<PredicateContext> {
  return contextOf(cli, options, options.set ?? [], options.property ?? [])
}

/** The same, changed as `--what-if` says. */
export async function factsAnd(cli: Cli, options: FactsOptions): Promise<PredicateContext> {
  const { set = [], property = [], whatIf = [], whatIfProperty = [] } = options
  return contextOf(cli, options, [...set, ...whatIf], [...property, ...whatIfProperty])
}

async function contextOf(
  cli: Cli,
  { facts, status, properties }: FactsOptions,
  set: readonly string[],
  property: readonly string[],
): Promise<PredicateContext> {
  const files = [await objectIn(cli, status), await objectIn(cli, properties)]
  const whole = await objectIn(cli, facts)
  const given = statusContext(
    { ...files[0], ...valuesOf(set, isTextItem) },
    { ...files[1], ...valuesOf(property, () => false) },
  )
  const base = factsContext(whole)
  return {
    status: (name) => given.status(name) ?? base.status(name),
    property: (name) => given.property(name) ?? base.property(name),
    root: whole,
    now: Date.now(),
  }
}

/** The kind of a number is in how it is written, as it is in a file; where a text belongs, it is one. */
function valuesOf(given: readonly string[], isText: (name: string) => boolean): Facts {
  return Object.fromEntries(
    Object.keys(keyValues(given)).map((name) => {
      const text = given.findLast((each) => each.startsWith(`${name}=`))?.slice(name.length + 1) ?? ''
      return [name, readValue(text, isText(name))]
    }),
  )
}

function readValue(text: string, isText: boolean): Value {
  try {
    const value = decodeFacts(text)
    return isText && typeof value !== 'string' && value !== null ? text : value
  } catch {
    return text
  }
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value]
}

async function objectIn(cli: Cli, file: string | undefined): Promise<Facts> {
  if (file === undefined) return {}
  const value = decoded(await cli.read(file), file)
  if (isFacts(value)) return value
  throw new UsageError(`Cannot use ${file}: it is not a JSON object`)
}

function decoded(json: string, file: string): Value {
  try {
    return decodeFacts(json)
  } catch (error) {
    throw new UsageError(`Cannot read ${file} as JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function isFacts(value: Value): value is Facts {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}
