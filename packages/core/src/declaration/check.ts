import type { Declared } from '../declared.ts'
import type { Problem } from '../problem.ts'
import { type Draft, versionOf } from './draft.ts'
import type { Rule } from './rule.ts'
import { activationListsConfigurations } from './rules/activation-lists-configurations.ts'
import { contentCanonical } from './rules/content-canonical.ts'
import { identifierWellFormed } from './rules/identifier-well-formed.ts'
import { kindUnchanged } from './rules/kind-unchanged.ts'
import { predicateInPayload } from './rules/predicate-in-payload.ts'
import { predicateValid } from './rules/predicate-valid.ts'
import { referencesExist } from './rules/references-exist.ts'
import { referencesHaveKind } from './rules/references-have-kind.ts'
import { typeKnown } from './rules/type-known.ts'

/** Every check of a declaration at commit that can be canonicalised, in the order in which problems are shown. */
const rules: readonly Rule[] = [
  identifierWellFormed,
  typeKnown,
  kindUnchanged,
  predicateInPayload,
  predicateValid,
  activationListsConfigurations,
  referencesExist,
  referencesHaveKind,
]

/** What stands against a draft, given everything else that is declared. Errors block, warnings are shown. */
export function checkDeclaration(draft: Draft, before: Declared): readonly Problem[] {
  const flaws = contentCanonical(draft)
  if (flaws.length > 0) return flaws
  const version = versionOf(draft, before.declarations.get(draft.identifier))
  return rules.flatMap((rule) => rule({ draft, version, before }))
}
