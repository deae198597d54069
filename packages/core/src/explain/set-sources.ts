import { appliesToOwn, appliesToUser } from '../assignment/applies.ts'
import type { Membership } from '../assignment/membership.ts'
import { byCodeUnit } from '../canonical.ts'
import { payloadOf } from '../declaration/declaration.ts'
import { references } from '../declaration/references.ts'
import type { Assignment, Declared } from '../declared.ts'
import type { Given, SetSource } from './explanation.ts'

/** The sets that have a declaration, as a member or because a member refers to it, and from where a channel has each. */
export function setSources(
  identifier: string,
  declared: Declared,
  membership: Membership,
  channel: 'device' | 'user',
): readonly SetSource[] {
  return [...declared.sets.keys()].sort(byCodeUnit).flatMap((set) => {
    const via = pathTo(identifier, declared.sets.get(set) ?? [], declared)
    if (via === undefined) return []
    const given = assignmentsOf(set, declared, membership, channel)
    return [{ set, via, counts: given.length > 0 && given.every(({ exclude }) => !exclude), given }]
  })
}

/** The shortest way of references from a member to a declaration. */
function pathTo(identifier: string, members: readonly string[], declared: Declared): readonly string[] | undefined {
  const seen = new Set(members)
  const pending = members.map((member) => [member])
  for (let path = pending.shift(); path !== undefined; path = pending.shift()) {
    const last = path.at(-1) ?? ''
    if (last === identifier) return path.slice(0, -1)
    const version = declared.declarations.get(last)
    if (version === undefined) continue
    for (const { to } of references(version.type, payloadOf(version))) {
      if (seen.has(to)) continue
      seen.add(to)
      pending.push([...path, to])
    }
  }
  return undefined
}

function assignmentsOf(
  set: string,
  declared: Declared,
  membership: Membership,
  channel: 'device' | 'user',
): readonly Given[] {
  const own = (assignment: Assignment) => appliesToOwn(assignment, channel)
  const of = (
    from: Given['from'],
    assignments: readonly Assignment[] | undefined,
    counts: (assignment: Assignment) => boolean,
  ): Given[] =>
    (assignments ?? [])
      .filter((assignment) => assignment.set === set && counts(assignment))
      .map((assignment) => ({ from, channel: assignment.channel, exclude: assignment.exclude }))
  return [
    ...of('enrollment', membership.assignments, own),
    ...of('device', membership.deviceAssignments, appliesToUser),
    ...membership.groups.flatMap((group) => of(`group:${group}`, declared.groups.get(group), own)),
    ...membership.deviceGroups.flatMap((group) => of(`group:${group}`, declared.groups.get(group), appliesToUser)),
  ]
}
