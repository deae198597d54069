import { ACTIVATION_TYPE, PROPERTIES_TYPE } from '../declaration/declaration.ts'
import { references } from '../declaration/references.ts'
import { isSupported } from '../status/answer.ts'
import type { DeviceFacts, ItemFact } from './device-facts.ts'
import type { HeldDeclaration } from './held-declaration.ts'
import { type Activities, type Activity, isEffect, itemsNow, type ReportedUnder } from './influences.ts'
import { isUsable, loadProblem } from './loadable.ts'
import { isCertain } from './outcomes.ts'
import { propertySources } from './property-sources.ts'
import { type Reading, readingOf } from './reading.ts'
import { decidingNode, type WeighedPredicate, weigh } from './weigh.ts'

/** What a prediction rests on. */
export interface Ground {
  /** What the device has, or would have. */
  readonly declarations: readonly HeldDeclaration[]
  readonly facts: DeviceFacts
  /** Under what the reported items were reported; null: they hold whatever becomes active. */
  readonly under: ReportedUnder | null
}

export interface Prediction {
  readonly activations: ReadonlyMap<string, PredictedActivation>
  readonly configurations: ReadonlyMap<string, PredictedConfiguration>
  readonly assets: ReadonlyMap<string, PredictedConfiguration>
}

export interface PredictedActivation {
  readonly activity: Activity
  readonly because: Because
  readonly predicate: WeighedPredicate | null
}

export interface PredictedConfiguration {
  readonly activity: Activity
  readonly because: Because
}

/** Why something is active or not, or why that is not known. */
export interface Because {
  readonly code: (typeof becauseCodes)[number]
  readonly message: string
  /** The declarations at which it lies. */
  readonly of: readonly string[]
}

export const becauseCodes = [
  'no-predicate',
  'predicate-true',
  'predicate-false',
  'predicate-error',
  'predicate-unknown',
  'not-loaded',
  'not-usable',
  'configuration-missing',
  'asset-missing',
  'in-use',
  'unreferenced',
  'users-inactive',
  'users-unknown',
] as const

/**
 * Which activations and configurations would be active. An activation is not when its predicate is false or fails, or when
 * a configuration that it lists, or an asset that one needs, cannot be loaded; otherwise all its configurations are. What
 * depends on something that is not known is unknown. The device itself decides; it is asked by `edict test`.
 *
 * @see apple:declarative/declarations/activations/simple.yaml
 */
export function predict(ground: Ground): Prediction {
  const { declarations, facts, under } = ground
  const held = new Map(declarations.map((one) => [`${one.kind}/${one.identifier}`, one]))
  const flaws = new Map(declarations.map((one) => [one, loadProblem(one, facts)]))
  const usable = declarations.filter(
    (one) => one.type === PROPERTIES_TYPE && flaws.get(one) === undefined && isUsable(one, facts),
  )
  const properties = propertySources(usable)
  const known: Known = { ground, held, flaws }
  const isLacking = (name: string) => !isSupported({ ...facts, name })
  const evaluated = (items: ReadonlyMap<string, ItemFact>) =>
    activationsOf(known, readingOf(items, properties, isLacking))
  if (under === null) return withConfigurations(known, evaluated(facts.items))

  // With the same declarations a device goes on from where it was, when that is where it stays.
  const steady = evaluated(facts.items)
  if (sameDeclarations(under.declarations, declarations)) {
    const activities = activitiesOf(known, steady)
    const now = itemsNow(facts, under, declarations, activities)
    if ([...facts.items].every(([name, fact]) => !isEffect(name) || now.get(name)?.answer === fact.answer)) {
      return withConfigurations(known, steady)
    }
  }
  // Otherwise begin from knowing nothing, and add what follows until nothing more does.
  let activations = evaluated(itemsNow(facts, under, declarations, undecided(known)))
  for (;;) {
    const items = itemsNow(facts, under, declarations, activitiesOf(known, activations))
    const next = evaluated(items)
    const isSame = [...next].every(([identifier, { activity }]) => activations.get(identifier)?.activity === activity)
    activations = next
    if (isSame) return withConfigurations(known, activations)
  }
}

interface Known {
  readonly ground: Ground
  readonly held: ReadonlyMap<string, HeldDeclaration>
  /** Why each cannot be loaded. */
  readonly flaws: ReadonlyMap<HeldDeclaration, string | undefined>
}

type Activations = ReadonlyMap<string, PredictedActivation>

function activationsOf(known: Known, reading: Reading): Activations {
  return new Map(ofKind(known, 'activation').map((one) => [one.identifier, activation(one, known, reading)]))
}

function activation(one: HeldDeclaration, known: Known, reading: Reading): PredictedActivation {
  const source = one.type === ACTIVATION_TYPE ? one.payload.Predicate : undefined
  const predicate = typeof source === 'string' ? weigh(source, reading) : null
  const obstacle = obstacleOf(one, known)
  if (obstacle !== undefined) return { activity: 'inactive', because: obstacle, predicate }
  if (predicate === null)
    return { activity: 'active', because: because('no-predicate', 'it has no predicate'), predicate }
  return { ...judged(predicate), predicate }
}

function judged(predicate: WeighedPredicate): Pick<PredictedActivation, 'activity' | 'because'> {
  const { outcomes, error } = predicate
  const decider = decidingNode(predicate)
  const says = (word: string): string => (decider === null ? `the predicate is ${word}` : `${decider.text} is ${word}`)
  if (isCertain(outcomes, 'true')) return { activity: 'active', because: because('predicate-true', says('true')) }
  if (isCertain(outcomes, 'false')) return { activity: 'inactive', because: because('predicate-false', says('false')) }
  if (isCertain(outcomes, 'error')) {
    const message = error ?? decider?.why ?? says('an error')
    return { activity: 'inactive', because: because('predicate-error', message) }
  }
  return outcomes.includes('true')
    ? { activity: 'unknown', because: because('predicate-unknown', says('unknown')) }
    : { activity: 'inactive', because: because('predicate-false', says('false or an error')) }
}

/** Why an activation cannot be active, whatever its predicate says. */
function obstacleOf(one: HeldDeclaration, { ground, held, flaws }: Known): Because | undefined {
  const flaw = flaws.get(one)
  if (flaw !== undefined) return because('not-loaded', flaw)
  if (!isUsable(one, ground.facts)) return because('not-usable', `this channel cannot have ${one.type}`)
  const listed = references(one.type, one.payload).map(({ to }) => ({ to, found: held.get(`configuration/${to}`) }))
  const missing = listed.filter(({ found }) => found === undefined || flaws.get(found) !== undefined)
  const [first] = missing
  if (first !== undefined) {
    const why = first.found === undefined ? 'it is not there' : flaws.get(first.found)
    return because(
      'configuration-missing',
      `configuration ${first.to} cannot be loaded: ${why}`,
      missing.map(({ to }) => to),
    )
  }
  for (const { to, found } of listed) {
    const assets = found === undefined ? [] : references(found.type, found.payload)
    const absent = assets.find((asset) => {
      const declaration = held.get(`asset/${asset.to}`)
      return declaration === undefined || flaws.get(declaration) !== undefined
    })
    if (absent === undefined) continue
    const declaration = held.get(`asset/${absent.to}`)
    const why = declaration === undefined ? 'it is not there' : flaws.get(declaration)
    return because('asset-missing', `asset ${absent.to} of ${to} cannot be loaded: ${why}`, [to, absent.to])
  }
  return undefined
}

function withConfigurations(known: Known, activations: Activations): Prediction {
  const configurations = usedBy(
    known,
    'configuration',
    'activation',
    (identifier) => activations.get(identifier)?.activity,
  )
  const assets = usedBy(known, 'asset', 'configuration', (identifier) => configurations.get(identifier)?.activity)
  return { activations, configurations, assets }
}

/** Configurations are as active as the activations that list them, assets as the configurations that name them. */
function usedBy(
  known: Known,
  kind: 'configuration' | 'asset',
  by: 'activation' | 'configuration',
  activityOf: (identifier: string) => Activity | undefined,
): ReadonlyMap<string, PredictedConfiguration> {
  const users = new Map<string, string[]>()
  for (const user of ofKind(known, by)) {
    const named = new Set(references(user.type, user.payload).map(({ to }) => to))
    for (const to of named) users.set(to, [...(users.get(to) ?? []), user.identifier])
  }
  return new Map(
    ofKind(known, kind).map((one): [string, PredictedConfiguration] => {
      const flaw = known.flaws.get(one)
      if (flaw !== undefined) return [one.identifier, { activity: 'inactive', because: because('not-loaded', flaw) }]
      return [one.identifier, used(users.get(one.identifier) ?? [], by, activityOf)]
    }),
  )
}

function used(
  users: readonly string[],
  by: string,
  activityOf: (identifier: string) => Activity | undefined,
): PredictedConfiguration {
  const being = (activity: Activity) => users.filter((identifier) => activityOf(identifier) === activity)
  if (users.length === 0) return { activity: 'inactive', because: because('unreferenced', `no ${by} names it`) }
  const [active, unknown] = [being('active'), being('unknown')]
  const list = (identifiers: readonly string[]) => `${by} ${identifiers.join(', ')}`
  if (active.length > 0) {
    return { activity: 'active', because: because('in-use', `${list(active)} is active`, active) }
  }
  return unknown.length > 0
    ? {
        activity: 'unknown',
        because: because('users-unknown', `whether ${list(unknown)} is active is not known`, unknown),
      }
    : { activity: 'inactive', because: because('users-inactive', `${list(users)} is not active`, users) }
}

function because(code: Because['code'], message: string, of: readonly string[] = []): Because {
  return { code, message, of }
}

/** Of activations and configurations. */
function activitiesOf(known: Known, activations: Activations): Activities {
  const { configurations } = withConfigurations(known, activations)
  return new Map([...activations, ...configurations].map(([identifier, { activity }]) => [identifier, activity]))
}

/** Before any predicate is looked at. */
function undecided(known: Known): Activities {
  const activations = ofKind(known, 'activation').map((one): [string, PredictedActivation] => {
    const obstacle = obstacleOf(one, known)
    const activity = obstacle !== undefined ? 'inactive' : one.payload.Predicate === undefined ? 'active' : 'unknown'
    return [one.identifier, { activity, because: because('predicate-unknown', ''), predicate: null }]
  })
  return activitiesOf(known, new Map(activations))
}

function ofKind({ ground }: Known, kind: HeldDeclaration['kind']): readonly HeldDeclaration[] {
  return ground.declarations.filter((one) => one.kind === kind)
}

/** The same apart from properties and other management declarations, of which no item tells. */
function sameDeclarations(some: readonly HeldDeclaration[], others: readonly HeldDeclaration[]): boolean {
  const print = (declarations: readonly HeldDeclaration[]) =>
    declarations
      .filter(({ kind }) => kind !== 'management')
      .map(({ kind, identifier, serverToken }) => `${kind} ${identifier} ${serverToken}`)
      .sort()
      .join('\n')
  return print(some) === print(others)
}
