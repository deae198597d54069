import { type Membership, refusal } from '@edict/core'
import type { Channel, Transaction } from '@edict/store'
import { type Services, when } from '../services.ts'
import { beginWrite, type Committed, type Write } from './commit.ts'
import { commitPlacement } from './commit-placement.ts'
import { mustExist } from './must-exist.ts'
import type { Moving } from './place-channels.ts'
import { Refused } from './refused.ts'
import { remembered, withUsers } from './regroup.ts'

/** Moves groups, sets and properties of one enrollment to another, which takes its place. */
export async function moveTo(
  id: string,
  other: string,
  write: Write,
  services: Pick<Services, 'store' | 'now' | 'settings'>,
): Promise<Committed> {
  return services.store.transaction(async (tx) => {
    const before = await beginWrite(tx, write)
    const channels = await withUsers(tx, await mustExist(tx, [id, other]))
    mustBeAlike(channels, id, other)
    const properties = new Map([
      [id, {}],
      [other, { ...(await tx.properties(other)), ...(await tx.properties(id)) }],
    ])
    await moveMembership(tx, await tx.membership(id), id, other)
    const moving = (await remembered(tx, channels)).map((move): Moving => {
      const values = properties.get(move.after.id)
      return values === undefined ? move : { ...move, properties: values }
    })
    const committed = await commitPlacement(tx, { before }, moving, 'replaced', write, when(services))
    for (const [enrollment, values] of properties) await tx.putProperties(enrollment, values)
    return committed
  })
}

async function moveMembership(tx: Transaction, from: Membership, id: string, other: string): Promise<void> {
  for (const group of from.groups) {
    const members = (await tx.groupMembers(group)).filter((member) => member !== id)
    await tx.putGroupMembers(group, [...new Set([...members, other])])
  }
  for (const assignment of from.assignments) {
    await tx.putAssignment(other, assignment)
    await tx.deleteAssignment(id, assignment.set, assignment.channel)
  }
}

function mustBeAlike(channels: readonly Channel[], id: string, other: string): void {
  const channelOf = (wanted: string) => channels.find(({ enrollment }) => enrollment.id === wanted)?.enrollment.channel
  if (id !== other && channelOf(id) === channelOf(other)) return
  const reason =
    id === other ? 'they are the same' : `one is a ${channelOf(id)} channel, the other a ${channelOf(other)} channel`
  throw new Refused([
    refusal('move-incompatible', `Cannot move ${id} to ${other}: ${reason}`, { found: other, by: [id, other] }),
  ])
}
