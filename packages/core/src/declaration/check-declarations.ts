import { type Declared, NOTHING_DECLARED } from '../declared.ts'
import { type Problem, refusal } from '../problem.ts'
import { type CheckOptions, checkDeclaration } from './check.ts'
import { checkIdle, checkMeeting, checkPairs } from './check-together.ts'
import type { DeclarationVersion } from './declaration.ts'
import { type Draft, versionOf } from './draft.ts'
import { membersOf } from './members-of.ts'
import type { Finding } from './rule.ts'
import { contentCanonical } from './rules/content-canonical.ts'

/** What is known when many declarations are looked at at once. */
export interface TogetherOptions extends CheckOptions {
  /** What is declared beside the drafts; they replace what has their Identifier. Without it, nothing is. */
  readonly before?: Declared
  /** Which declarations devices get together, by name of the set. Without it, any two may meet on a device or not. */
  readonly sets?: Readonly<Record<string, readonly string[]>>
}

/** Nothing subscribes by itself where no server is. */
const OFFLINE: Declared = { ...NOTHING_DECLARED, settings: { subscription: { enabled: false } } }

/**
 * What stands against each of many drafts, looked at as if all were declared: they may refer to each other in any order. One
 * list of problems per draft, in their order.
 */
export function checkDeclarations(
  drafts: readonly Draft[],
  { before = OFFLINE, sets, ...known }: TogetherOptions = {},
): readonly (readonly Problem[])[] {
  const options = { ...known, properties: known.properties ?? new Set<string>() }
  const declared = withDrafts(before, drafts)
  const all = { members: declared.declarations, onOneDevice: false }
  const findings = [...checkIdle(all), ...checkPairs(all), ...meetings(declared, sets)]
  return drafts.map((draft, index) => {
    const twin = drafts.findIndex(({ identifier }) => identifier === draft.identifier)
    return [
      ...(twin < index ? [duplicate(draft)] : []),
      ...checkDeclaration(draft, declared, options),
      ...(twin < index ? [] : findingsOf(draft, findings)),
    ]
  })
}

function withDrafts(before: Declared, drafts: readonly Draft[]): Declared {
  const declarations = new Map<string, DeclarationVersion>(before.declarations)
  const taken = new Set<string>()
  for (const draft of drafts) {
    if (taken.has(draft.identifier) || contentCanonical(draft).length > 0) continue
    taken.add(draft.identifier)
    declarations.set(draft.identifier, versionOf(draft, before.declarations.get(draft.identifier)))
  }
  return { ...before, declarations }
}

function meetings({ declarations }: Declared, sets: TogetherOptions['sets']): readonly Finding[] {
  if (sets === undefined) return checkMeeting({ members: declarations, onOneDevice: false })
  return Object.values(sets).flatMap((given) =>
    checkMeeting({ members: membersOf(given, declarations), onOneDevice: true }),
  )
}

function findingsOf(draft: Draft, findings: readonly Finding[]): readonly Problem[] {
  const own = findings.filter(({ of }) => of === draft.identifier).map(({ problem }) => problem)
  return [...new Map(own.map((problem) => [problem.message, problem])).values()]
}

function duplicate({ identifier }: Draft): Problem {
  return refusal('identifier-duplicate', `Cannot have ${identifier} twice: one would hide the other on a device`, {
    at: '/Identifier',
    found: identifier,
    expected: 'an Identifier for each declaration',
    remedy: 'give one of them another Identifier',
  })
}
