import type { Json } from '@edict/protocol'
import { byCodeUnit, canonical } from '../canonical.ts'
import { canonicalFlaws } from '../declaration/canonical-flaws.ts'
import { type CheckOptions, checkDeclaration } from '../declaration/check.ts'
import { payloadOf, RESERVED_PREFIX } from '../declaration/declaration.ts'
import { reapplied, versionOf } from '../declaration/draft.ts'
import { references } from '../declaration/references.ts'
import type { Assignment, Declared } from '../declared.ts'
import { blocks, distinct, overridden, type Problem, refusal } from '../problem.ts'
import { checkAmong, checkSet } from './check-set.ts'
import type { Edit } from './edit.ts'

/** What is declared after an edit, and what stands against it. With an error among the problems `after` is `before`. */
export interface Applied {
  readonly after: Declared
  readonly problems: readonly Problem[]
}

type Apply<K extends Edit['kind']> = (
  before: Declared,
  edit: Extract<Edit, { kind: K }>,
  known: CheckOptions,
) => Applied

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/

const appliers: { readonly [K in Edit['kind']]: Apply<K> } = {
  'put-declaration': (before, { draft, override = false }, known) => {
    const found = checkDeclaration(draft, before, known)
    const problems = override ? found.map(overridden) : found
    if (blocks(problems)) return { after: before, problems }
    const existing = before.declarations.get(draft.identifier)
    const version = versionOf(draft, existing)
    if (version === existing) return { after: before, problems }
    const after = { ...before, declarations: withEntry(before.declarations, draft.identifier, version) }
    return { after, problems: [...problems, ...distinct(checkAmong(draft.identifier, after))] }
  },
  'delete-declaration': (before, { identifier }) => {
    if (!before.declarations.has(identifier))
      return refuse(before, missing('declaration-missing', 'declaration', identifier))
    const by = usersOfDeclaration(before, identifier)
    if (by.length > 0) return refuse(before, inUse('declaration-in-use', identifier, by))
    return { after: { ...before, declarations: without(before.declarations, identifier) }, problems: [] }
  },
  'reapply-declaration': (before, { identifier }) => {
    const existing = before.declarations.get(identifier)
    if (existing === undefined) return refuse(before, missing('declaration-missing', 'declaration', identifier))
    return {
      after: { ...before, declarations: withEntry(before.declarations, identifier, reapplied(existing)) },
      problems: [],
    }
  },
  'put-set': (before, { name, declarations, override = false }) => {
    const found = [
      ...wellNamed(name, 'set'),
      ...declarations.flatMap((identifier, index) => memberExists(before, identifier, index)),
      ...checkSet(declarations, before),
    ]
    const problems = override ? found.map(overridden) : found
    const members = [...new Set(declarations)].sort(byCodeUnit)
    if (before.sets.get(name)?.join() === members.join()) return { after: before, problems }
    return { after: { ...before, sets: withEntry(before.sets, name, members) }, problems }
  },
  'delete-set': (before, { name, usedBy }) => {
    if (!before.sets.has(name)) return refuse(before, missing('set-missing', 'set', name))
    const groups = [...before.groups].filter(([, given]) => given.some(({ set }) => set === name))
    const by = [...groups.map(([group]) => `group ${group}`), ...usedBy.map((id) => `enrollment ${id}`)]
    if (by.length > 0) return refuse(before, inUse('set-in-use', name, by))
    return { after: { ...before, sets: without(before.sets, name) }, problems: [] }
  },
  'put-group': (before, { name }) => {
    const groups = before.groups.has(name) ? before.groups : withEntry(before.groups, name, [])
    return { after: groups === before.groups ? before : { ...before, groups }, problems: wellNamed(name, 'group') }
  },
  'delete-group': (before, { name }) => {
    const given = before.groups.get(name)
    if (given === undefined) return refuse(before, missing('group-missing', 'group', name))
    if (given.length > 0)
      return refuse(
        before,
        inUse(
          'group-in-use',
          name,
          given.map(({ set }) => `set ${set}`),
        ),
      )
    return { after: { ...before, groups: without(before.groups, name) }, problems: [] }
  },
  'assign-group': (before, { group, assignment }) => {
    const given = before.groups.get(group)
    if (given === undefined) return refuse(before, missing('group-missing', 'group', group))
    if (!before.sets.has(assignment.set)) return refuse(before, missing('set-missing', 'set', assignment.set))
    const next = withAssignment(given, assignment)
    if (equal(given, next)) return { after: before, problems: [] }
    return { after: { ...before, groups: withEntry(before.groups, group, next) }, problems: [] }
  },
  'unassign-group': (before, { group, set, channel }) => {
    const given = before.groups.get(group)
    if (given === undefined) return refuse(before, missing('group-missing', 'group', group))
    const left = withoutAssignment(given, set, channel)
    if (left.length === given.length)
      return refuse(before, missing('assignment-missing', `assignment to ${group}`, set))
    return { after: { ...before, groups: withEntry(before.groups, group, left) }, problems: [] }
  },
  'put-settings': (before, { settings }) => {
    const problems = canonicalFlaws(settings as unknown as Json, '', 'payload-malformed')
    if (problems.length > 0) return { after: before, problems }
    return { after: equal(before.settings, settings) ? before : { ...before, settings }, problems: [] }
  },
}

/** What is declared with one edit. What changes nothing gives back the same `before`, so that it is seen to be nothing. */
export function applyEdit(before: Declared, edit: Edit, known: CheckOptions = {}): Applied {
  const apply = appliers[edit.kind] as (before: Declared, edit: Edit, known: CheckOptions) => Applied
  const { after, problems } = apply(before, edit, known)
  return { after: blocks(problems) ? before : after, problems }
}

/** A list of assignments with one put: it replaces what stood for that set and channel. */
export function withAssignment(given: readonly Assignment[], assignment: Assignment): readonly Assignment[] {
  return [...withoutAssignment(given, assignment.set, assignment.channel), assignment].sort(
    (a, b) => byCodeUnit(a.set, b.set) || byCodeUnit(a.channel, b.channel),
  )
}

/** A list of assignments without the one for that set and channel; the others keep their order. */
export function withoutAssignment(given: readonly Assignment[], set: string, channel: string): readonly Assignment[] {
  return given.filter((other) => other.set !== set || other.channel !== channel)
}

function usersOfDeclaration(before: Declared, identifier: string): readonly string[] {
  const sets = [...before.sets].filter(([, members]) => members.includes(identifier)).map(([name]) => `set ${name}`)
  const referring = [...before.declarations.values()]
    .filter((version) => references(version.type, payloadOf(version)).some((reference) => reference.to === identifier))
    .map((version) => `${version.kind} ${version.identifier}`)
  return [...sets, ...referring]
}

function memberExists(before: Declared, identifier: string, index: number): readonly Problem[] {
  if (before.declarations.has(identifier)) return []
  const remedy = identifier.startsWith(RESERVED_PREFIX)
    ? 'Edict adds its own declarations by itself'
    : `put ${identifier} first`
  const evidence = { at: `/declarations/${index}`, found: identifier, expected: 'a declaration that exists', remedy }
  return [refusal('reference-missing', `Cannot put ${identifier} into a set: there is no such declaration`, evidence)]
}

function wellNamed(name: string, what: string): readonly Problem[] {
  if (NAME.test(name)) return []
  const evidence = {
    at: '/name',
    found: name,
    expected: '1 to 128 of A-Z a-z 0-9 . _ -, beginning with a letter or digit',
  }
  return [refusal('name-malformed', `Cannot use this name for a ${what}`, evidence)]
}

function missing(code: Problem['code'], what: string, name: string): Problem {
  return refusal(code, `Cannot find ${what} ${name}`, { found: name, remedy: 'look at the list for the right name' })
}

function inUse(code: Problem['code'], name: string, by: readonly string[]): Problem {
  return refusal(code, `Cannot delete ${name}: ${by.length} still use it`, {
    by,
    remedy: `take it from ${by.join(', ')} first`,
  })
}

function refuse(before: Declared, problem: Problem): Applied {
  return { after: before, problems: [problem] }
}

function equal(a: unknown, b: unknown): boolean {
  return canonical(a as Json) === canonical(b as Json)
}

function withEntry<V>(map: ReadonlyMap<string, V>, key: string, value: V): ReadonlyMap<string, V> {
  return new Map(map).set(key, value)
}

function without<V>(map: ReadonlyMap<string, V>, key: string): ReadonlyMap<string, V> {
  const rest = new Map(map)
  rest.delete(key)
  return rest
}
