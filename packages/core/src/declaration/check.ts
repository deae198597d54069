import type { Declared } from '../declared.ts'
import type { Problem } from '../problem.ts'
import { type Draft, versionOf } from './draft.ts'
import { payloadSound } from './payload/payload-sound.ts'
import type { Proposal, Rule } from './rule.ts'
import { activationAllOrNothing } from './rules/activation-all-or-nothing.ts'
import { activationListsConfigurations } from './rules/activation-lists-configurations.ts'
import { contentCanonical } from './rules/content-canonical.ts'
import { envelopeMisplaced } from './rules/envelope-misplaced.ts'
import { identifierWellFormed } from './rules/identifier-well-formed.ts'
import { kindUnchanged } from './rules/kind-unchanged.ts'
import { predicateInPayload } from './rules/predicate-in-payload.ts'
import { predicateItemUnsubscribed } from './rules/predicate-item-unsubscribed.ts'
import { predicateValid } from './rules/predicate-valid.ts'
import { propertySetNowhere } from './rules/property-set-nowhere.ts'
import { quotesCurly } from './rules/quotes-curly.ts'
import { referenceAssetType } from './rules/reference-asset-type.ts'
import { referenceCycle } from './rules/reference-cycle.ts'
import { referencesExist } from './rules/references-exist.ts'
import { referencesHaveKind } from './rules/references-have-kind.ts'
import { typeAvailable } from './rules/type-available.ts'
import { typeInCatalogue } from './rules/type-in-catalogue.ts'
import { typeKnown } from './rules/type-known.ts'
import { variableKnown } from './rules/variable-known.ts'
import { variableMisplaced } from './rules/variable-misplaced.ts'

/**
 * Every check of a declaration that can be canonicalised, in the order in which problems are shown. What stands earlier says
 * more of the same mistake than what follows.
 */
const rules: readonly Rule[] = [
  identifierWellFormed,
  typeKnown,
  typeInCatalogue,
  kindUnchanged,
  typeAvailable,
  predicateInPayload,
  envelopeMisplaced,
  quotesCurly,
  variableMisplaced,
  variableKnown,
  predicateValid,
  activationListsConfigurations,
  referencesExist,
  referencesHaveKind,
  referenceAssetType,
  referenceCycle,
  payloadSound,
  activationAllOrNothing,
  propertySetNowhere,
  predicateItemUnsubscribed,
]

/** What is known beside the declarations themselves. */
export type CheckOptions = Pick<Proposal, 'targets' | 'properties'>

/** What stands against a draft, given everything else that is declared. Errors block, warnings are shown. */
export function checkDeclaration(draft: Draft, before: Declared, options: CheckOptions = {}): readonly Problem[] {
  const flaws = contentCanonical(draft)
  if (flaws.length > 0) return flaws
  const version = versionOf(draft, before.declarations.get(draft.identifier))
  const proposal = { ...options, draft, version, before }
  const found: Problem[] = []
  for (const rule of rules) found.push(...news(rule(proposal), found))
  return found
}

/** One mistake is said once: where a rule found an error, the rules after it have nothing to add. */
function news(problems: readonly Problem[], found: readonly Problem[]): readonly Problem[] {
  if (problems.length === 0) return problems
  const settled = found.filter(({ severity }) => severity === 'error').map(placeOf)
  return problems.filter((problem) => !settled.some((place) => place !== '' && within(placeOf(problem), place)))
}

/** The JSON pointer of a problem, without line and column inside the text there. */
function placeOf({ at = '' }: Problem): string {
  return at.replace(/:\d+:\d+$/, '')
}

function within(place: string, outer: string): boolean {
  return place === outer || place.startsWith(`${outer}/`)
}
