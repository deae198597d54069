import { statusItems } from '@edict/catalogue'
import { checkDeclaration, type Declared, type Draft, lintMessage, readDraft, references } from '@edict/core'
import {
  declaredOf,
  exampleGround,
  exampleOf,
  passcode,
  refusedAt,
  targetsOfType,
  waysToBreak,
} from '@edict/core/testing'
import { Random } from '../../fuzz/random.ts'
import { type Example, isOfDeclaration } from './examples-in.ts'

/** Something that an example shows to be wrong, with it or with Edict. */
export interface Failure {
  readonly code: string
  /** JSON pointer. */
  readonly at: string
  readonly message: string
}

/** What came of one example. */
export interface Verdict {
  /** Errors of lint, for the targets that the type is for. */
  readonly errors: readonly Failure[]
  /** Keys that were broken and not refused where they stand. */
  readonly missed: readonly Failure[]
  /** How many times a key was broken; 0 where there is none to break. */
  readonly broken: number
}

/** How often to break a key, and which ones. */
export interface Breaking {
  readonly runs: number
  readonly seed: number
}

/** Checks an example as lint would, then breaks one key of it at random, again and again. Undefined for what is neither. */
export function verifyExample(example: Example, breaking: Breaking): Verdict | undefined {
  if (isOfDeclaration(example)) return verifyDeclaration(example, breaking)
  const item = example.name.split('/')[1] ?? ''
  return statusItems.has(item) ? { errors: statusErrors(example), missed: [], broken: 0 } : undefined
}

function verifyDeclaration({ bytes }: Example, breaking: Breaking): Verdict {
  const ofMessage = errorsOf(lintMessage(bytes).problems)
  const { draft, problems } = readDraft(new TextDecoder().decode(bytes))
  if (draft === undefined) return { errors: [...ofMessage, ...errorsOf(problems)], missed: [], broken: 0 }
  const ground = groundOf(draft)
  const errors = errorsOf(checkDeclaration(draft, ground, { targets: targetsOfType(draft.type) }))
  if (errors.length > 0 || ofMessage.length > 0) return { errors: [...ofMessage, ...errors], missed: [], broken: 0 }
  const ways = waysToBreak(draft)
  if (ways.length === 0) return { errors, missed: [], broken: 0 }
  return { errors, missed: missed(ways, ground, breaking), broken: breaking.runs }
}

function missed(ways: ReturnType<typeof waysToBreak>, ground: Declared, { runs, seed }: Breaking): readonly Failure[] {
  const random = new Random(seed)
  const found = new Map<string, Failure>()
  for (let run = 0; run < runs; run += 1) {
    const broken = random.pick(ways)()
    if (refusedAt(broken, ground)) continue
    const { how, at } = broken
    found.set(`${how} ${at}`, { code: 'not-refused', at, message: `with ${how}, it is not refused there` })
  }
  return [...found.values()]
}

/** An example stands alone: what it refers to is made up, of the first type that every reference to it allows. */
function groundOf(draft: Draft): Declared {
  const all = references(draft.type, draft.payload)
  const drafts = [...new Set(all.map(({ to }) => to))].flatMap((identifier) => {
    const allowed = all.flatMap(({ to, assetTypes }) => (to === identifier && assetTypes ? [assetTypes] : []))
    const type = allowed[0]?.find((candidate) => allowed.every((types) => types.includes(candidate)))
    if (type !== undefined) return [{ ...exampleOf(type, 'all'), identifier }]
    return allowed.length === 0 ? [passcode(identifier)] : []
  })
  const ground = exampleGround()
  return { ...ground, declarations: new Map([...ground.declarations, ...declaredOf({ drafts }).declarations]) }
}

/**
 * An example of a status item is what stands under `StatusItems` of a report. What is a warning of a device's report, which
 * has to be taken as it comes, is an error of an example.
 */
function statusErrors({ bytes }: Example): readonly Failure[] {
  const items = new TextDecoder().decode(bytes)
  const report = new TextEncoder().encode(`{"StatusItems":${items},"Errors":[]}`)
  return lintMessage(report, { kind: 'status' }).problems.map(({ code, at, message }) => ({ code, at, message }))
}

interface Said {
  readonly code: string
  readonly severity: string
  readonly message: string
  readonly at?: string
}

function errorsOf(problems: readonly Said[]): readonly Failure[] {
  return problems
    .filter(({ severity }) => severity === 'error')
    .map(({ code, message, at = '' }) => ({ code, message, at }))
}
