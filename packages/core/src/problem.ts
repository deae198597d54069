import { checkCodes, type PredicateCode, parseCodes } from '@edict/predicate'

/**
 * What is wrong with something somebody wrote, or could not be built for a device. Expected refusals are returned as
 * problems; exceptions are for broken input at the edge and for bugs.
 */
export interface Problem {
  readonly code: ProblemCode
  readonly severity: 'error' | 'warning'
  /** One sentence, "Cannot …: …", no full stop. */
  readonly message: string
  /** Where: a JSON pointer into what was written, or `predicate:line:column`. */
  readonly at?: string
  readonly found?: unknown
  readonly expected?: string
  readonly remedy?: string
  /** Who uses it, or the parties to a conflict. */
  readonly by?: readonly string[]
  /** A warning that is an error but for an override. */
  readonly overridden?: boolean
}

const ownCodes = [
  'activation-all-or-nothing',
  'activation-redundant',
  'activation-references',
  'asset-without-user',
  'assignment-channel',
  'assignment-missing',
  'command-deprecated',
  'command-finished',
  'command-incomplete',
  'command-missing',
  'command-unavailable',
  'command-unknown',
  'configuration-without-activation',
  'conflict-properties',
  'content-unknown',
  'content-without-manifest',
  'declaration-in-use',
  'declaration-malformed',
  'declaration-missing',
  'declaration-too-large',
  'enrollment-missing',
  'enrollment-not-enrolled',
  'envelope-misplaced',
  'group-in-use',
  'group-missing',
  'identifier-duplicate',
  'identifier-kind-changed',
  'identifier-malformed',
  'identifier-reserved',
  'left-out-asset',
  'left-out-configurations',
  'left-out-empty',
  'left-out-ineligible',
  'left-out-missing',
  'left-out-variable',
  'move-incompatible',
  'name-malformed',
  'number-too-large',
  'package-incomplete',
  'package-version-unchanged',
  'payload-format',
  'payload-key-case',
  'payload-key-deprecated',
  'payload-key-unavailable',
  'payload-key-unknown',
  'payload-malformed',
  'payload-presence',
  'payload-range',
  'payload-type',
  'predicate-item-unsubscribed',
  'predicate-misplaced',
  'properties-duplicate',
  'properties-malformed',
  'property-dropped',
  'property-set-nowhere',
  'quotes-curly',
  'quotes-unescaped',
  'reference-asset-type',
  'reference-cycle',
  'reference-kind',
  'reference-missing',
  'set-in-use',
  'set-missing',
  'settings-conflict',
  'shard-gap',
  'shard-overlap',
  'type-unavailable',
  'type-unknown',
  'type-unknown-to-catalogue',
  'variable-misplaced',
  'variable-unknown',
] as const

/** A code of declarations and of what is done with them, or the rule that a predicate breaks. */
export type ProblemCode = (typeof ownCodes)[number] | PredicateCode

/** Every code a problem can have. The list is closed so that documents and clients can name them. */
export const problemCodes: readonly ProblemCode[] = [...new Set([...ownCodes, ...parseCodes, ...checkCodes])]

/** An error-severity problem. */
export function refusal(code: ProblemCode, message: string, evidence: Evidence = {}): Problem {
  return { code, severity: 'error', message, ...evidence }
}

/** A warning: shown, never in the way. */
export function warning(code: ProblemCode, message: string, evidence: Evidence = {}): Problem {
  return { code, severity: 'warning', message, ...evidence }
}

type Evidence = Omit<Problem, 'code' | 'severity' | 'message' | 'overridden'>

/** Problems without those that say the same: one cause often shows in many cohorts or channels. */
export function distinct(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [`${problem.message}\n${problem.by?.join()}`, problem])).values()]
}

/** Whether one of them stands in the way. */
export function blocks(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === 'error')
}

/**
 * Errors that an administrator may override: what Apple's schema says of payloads and commands, and what devices do with
 * declarations together. Never what would leave a declaration without a name, a kind, a token or the things that it refers to.
 */
const overridable: ReadonlySet<ProblemCode> = new Set([
  'command-incomplete',
  'command-unavailable',
  'command-unknown',
  'payload-format',
  'payload-key-case',
  'payload-key-unavailable',
  'payload-key-unknown',
  'payload-presence',
  'payload-range',
  'payload-type',
  'reference-asset-type',
  'settings-conflict',
  'type-unavailable',
])

/** Whether an error of this code can be overridden. */
export function isOverridable(code: string): boolean {
  return (overridable as ReadonlySet<string>).has(code)
}

/** An error that can be overridden as a warning; all else as it was. */
export function overridden(problem: Problem): Problem {
  if (problem.severity !== 'error' || !overridable.has(problem.code)) return problem
  return { ...problem, severity: 'warning', overridden: true }
}
