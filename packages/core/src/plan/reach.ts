import type { ClientCapabilities } from '@edict/protocol'
import type { CohortKey } from '../assignment/cohort-key.ts'
import { wantedSets } from '../assignment/wanted-sets.ts'
import { byCodeUnit } from '../canonical.ts'
import { checkOnTargets } from '../declaration/check-on-targets.ts'
import { RESERVED_PREFIX } from '../declaration/declaration.ts'
import { propertiesRead, setsProperty } from '../declaration/properties-read.ts'
import type { Declared } from '../declared.ts'
import type { Reached } from '../eligibility/eligibility.ts'
import { targetName } from '../eligibility/target-name.ts'
import { closure } from '../manifest/closure.ts'
import type { CohortManifest } from '../manifest/cohort-manifest.ts'
import { type Problem, warning } from '../problem.ts'

/** A cohort with what it had and what it has after a change; `was` is null for one that had nothing. */
export interface Entered {
  readonly key: CohortKey
  readonly reported: ClientCapabilities | null
  readonly was: CohortManifest | null
  readonly manifest: CohortManifest
}

/** The kinds of channels that get a declaration through their sets, each once; undefined when nobody gets it. */
export function targetsOf(
  identifier: string,
  declared: Declared,
  cohorts: readonly { readonly key: CohortKey; readonly reported: ClientCapabilities | null }[],
): readonly Reached[] | undefined {
  const bringing = new Set(
    [...declared.sets].filter(([, set]) => closure(set, declared.declarations).has(identifier)).map(([name]) => name),
  )
  if (bringing.size === 0) return undefined
  const found = cohorts.filter(({ key }) => wantedSets(key, declared).some((name) => bringing.has(name)))
  return found.length === 0 ? undefined : distinctTargets(found)
}

/**
 * What a change brings to channels that cannot use it, or not as it was meant: warnings, for the declarations were checked
 * when they were written and may be right for others. Its cost grows with declarations and cohorts.
 *
 * @param properties keys that some enrollment has as its own; undefined when nobody knows
 * @param except a declaration that was checked for its targets already
 */
export function reachProblems(
  entered: readonly Entered[],
  declared: Declared,
  properties: ReadonlySet<string> | undefined,
  except?: string,
): readonly Problem[] {
  const reached = new Map<string, Entered[]>()
  for (const one of entered) {
    for (const identifier of newIn(one)) {
      if (identifier !== except) reached.set(identifier, [...(reached.get(identifier) ?? []), one])
    }
  }
  return [...reached]
    .sort(([a], [b]) => byCodeUnit(a, b))
    .flatMap(([identifier, cohorts]) => {
      const version = declared.declarations.get(identifier)
      if (version === undefined) return []
      const there = checkOnTargets(version, declared, distinctTargets(cohorts))
      return [...there, ...setNowhere(propertiesRead(version), cohorts, properties)].map((problem) =>
        atDeclaration(identifier, problem),
      )
    })
}

/** What is wrong with it stands in another text than the one that was written now. */
function atDeclaration(identifier: string, { at: _inside, ...problem }: Problem): Problem {
  return { ...problem, severity: 'warning', by: problem.by ?? [identifier] }
}

function newIn({ was, manifest }: Entered): readonly string[] {
  const had = new Set(was === null ? [] : identifiersOf(was))
  return identifiersOf(manifest).filter((identifier) => !had.has(identifier))
}

function identifiersOf({ bodies, leftOut }: CohortManifest): readonly string[] {
  return [...bodies, ...leftOut]
    .map(({ identifier }) => identifier)
    .filter((identifier) => !identifier.startsWith(RESERVED_PREFIX))
}

function distinctTargets(
  cohorts: readonly { readonly key: CohortKey; readonly reported: ClientCapabilities | null }[],
): readonly Reached[] {
  const targets = new Map<string, Reached>()
  for (const { key, reported } of cohorts) {
    const { capabilities: _hash, ...target } = key.eligibility
    targets.set(JSON.stringify(key.eligibility), reported === null ? target : { ...target, reported })
  }
  return [...targets.values()]
}

function setNowhere(
  names: readonly string[],
  cohorts: readonly Entered[],
  properties: ReadonlySet<string> | undefined,
): readonly Problem[] {
  if (properties === undefined) return []
  return names
    .filter((name) => !setsProperty(properties, name))
    .flatMap((name) => {
      const without = cohorts.filter(({ manifest }) => !setsProperty(manifest.properties, name))
      const [first] = without
      if (first === undefined) return []
      const where = targetName(first.key.eligibility)
      return [
        warning(
          'property-set-nowhere',
          `Cannot find who sets property ${name} on ${where}: no declaration that it gets and no enrollment has it`,
          {
            found: name,
            expected: 'a property that is set',
            remedy: `put a declaration that sets ${name} into the set, or set it on enrollments`,
          },
        ),
      ]
    })
}
