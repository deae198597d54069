import type { CheckOptions } from '../declaration/check.ts'
import { type Draft, versionOf } from '../declaration/draft.ts'
import type { PayloadRule } from '../declaration/payload/payload-place.ts'
import { walkPayload } from '../declaration/payload/walk-payload.ts'
import type { Finding, Proposal, Rule, TogetherRule } from '../declaration/rule.ts'
import type { Declared } from '../declared.ts'
import type { Problem } from '../problem.ts'
import { declaredOf } from './declared-of.ts'

/** What one rule says of a draft. */
export function problemsOf(rule: Rule, draft: Draft, before = declaredOf({}), options: CheckOptions = {}) {
  return rule(proposalOf(draft, before, options))
}

/** What one rule says of the values of a draft's payload. */
export function payloadProblems(rule: PayloadRule, draft: Draft, options: CheckOptions = {}): readonly Problem[] {
  const problems: Problem[] = []
  walkPayload(draft, (place) => problems.push(...rule(place, proposalOf(draft, declaredOf({}), options))))
  return problems
}

/** What one rule says of drafts as a whole. */
export function findingsOf(rule: TogetherRule, drafts: readonly Draft[], onOneDevice = false): readonly Finding[] {
  return rule({ members: declaredOf({ drafts }).declarations, onOneDevice })
}

function proposalOf(draft: Draft, before: Declared, options: CheckOptions): Proposal {
  return { ...options, draft, version: versionOf(draft, before.declarations.get(draft.identifier)), before }
}
