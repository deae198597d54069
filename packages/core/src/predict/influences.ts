import { byCodeUnit } from '../canonical.ts'
import { references } from '../declaration/references.ts'
import { type DeviceFacts, hasValue, type ItemFact } from './device-facts.ts'
import type { HeldDeclaration } from './held-declaration.ts'

/** Whether a declaration is active; `unknown` when that turns on something that is not known. */
export type Activity = 'active' | 'inactive' | 'unknown'

/** What a device had, and which of it was active, when it reported what is known of it. */
export interface ReportedUnder {
  readonly declarations: readonly HeldDeclaration[]
  /** Identifiers of the activations and configurations that were active. */
  readonly active: ReadonlySet<string>
  /** Those of which nobody knows whether they were. */
  readonly uncertain: ReadonlySet<string>
}

/** How active each activation and configuration is. */
export type Activities = ReadonlyMap<string, Activity>

const DECLARATIONS = 'management.declarations'
const COMPLIANT = 'passcode.is-compliant'
const CONFIGURATION = 'com.apple.configuration.'

/** Items that say what came of active configurations, by the types that they speak of. Others the declarations leave alone. */
const effects: ReadonlyMap<string, readonly string[]> = new Map([
  [COMPLIANT, ['passcode.settings']],
  ['app.managed.list', ['app.managed']],
  ['package.list', ['package']],
  ['security.certificate.list', ['security.certificate', 'security.identity']],
  ['services.background-task', ['services.background-tasks']],
  ['screensharing.connection.group.unresolved-connection', ['screensharing.connection.group']],
  ['softwareupdate.beta-enrollment', ['softwareupdate.settings']],
  ['softwareupdate.failure-reason', ['softwareupdate.enforcement.specific']],
  ['softwareupdate.install-reason', ['softwareupdate.enforcement.specific']],
  ['softwareupdate.install-state', ['softwareupdate.enforcement.specific']],
  ['softwareupdate.pending-version', ['softwareupdate.enforcement.specific']],
])

/** Whether a status item says what came of declarations. */
export function isEffect(item: string): boolean {
  return item === DECLARATIONS || typesBehind(item).length > 0
}

/** The items that still hold with these declarations this active; what may be another one by now is `changing`. */
export function itemsNow(
  { items }: DeviceFacts,
  under: ReportedUnder,
  declarations: readonly HeldDeclaration[],
  activities: Activities,
): ReadonlyMap<string, ItemFact> {
  const entries = [...items].map(([name, fact]): [string, ItemFact] => {
    const isReported = fact.answer !== 'given' && (hasValue(fact) || fact.answer === 'absent')
    if (!isReported || !isEffect(name) || holds(name, fact, under, declarations, activities)) return [name, fact]
    return [name, { answer: 'changing', value: null, at: fact.at }]
  })
  return new Map(entries)
}

function holds(
  name: string,
  fact: ItemFact,
  under: ReportedUnder,
  declarations: readonly HeldDeclaration[],
  activities: Activities,
): boolean {
  if (name === DECLARATIONS) {
    const sameDeclarations = printsOf(under.declarations).join('\n') === printsOf(declarations).join('\n')
    return (
      sameDeclarations &&
      under.uncertain.size === 0 &&
      [...activities].every(([identifier, activity]) =>
        under.active.has(identifier) ? activity === 'active' : activity === 'inactive',
      )
    )
  }
  const types = typesBehind(name)
  if (under.declarations.some(({ type, identifier }) => types.includes(type) && under.uncertain.has(identifier))) {
    return false
  }
  const before = printsOf(
    under.declarations.filter(({ type, identifier }) => types.includes(type) && under.active.has(identifier)),
    under.declarations,
  )
  const of = (which: readonly Activity[]) => {
    const found = declarations.filter(
      ({ type, identifier }) => types.includes(type) && which.includes(activities.get(identifier) ?? 'inactive'),
    )
    return printsOf(found, declarations)
  }
  const [least, most] = [of(['active']), of(['active', 'unknown'])]
  // More policies cannot make a passcode comply that does not, and fewer cannot make one fail that does.
  if (name === COMPLIANT && fact.value === true) return most.every((policy) => before.includes(policy))
  if (name === COMPLIANT && fact.value === false) return before.every((policy) => least.includes(policy))
  return least.join('\n') === before.join('\n') && most.length === least.length
}

function typesBehind(item: string): readonly string[] {
  const account = /^account\.list\.(.+)$/.exec(item)?.[1]
  return (account === undefined ? (effects.get(item) ?? []) : [`account.${account}`]).map(
    (type) => `${CONFIGURATION}${type}`,
  )
}

/** Names of content, sorted: of declarations and, among `all`, of the assets that they name. */
function printsOf(some: readonly HeldDeclaration[], all: readonly HeldDeclaration[] = []): readonly string[] {
  return some
    .map((one) => {
      const assets = references(one.type, one.payload).map(({ to }) => all.find(({ identifier }) => identifier === to))
      return [one, ...assets].map((each) => `${each?.identifier} ${each?.serverToken}`).join(' ')
    })
    .sort(byCodeUnit)
}
