import { OWN_PROPERTIES } from '@edict/core'
import type { Client } from '../client.ts'
import { answeredItems, deviceFacts } from './file-facts.ts'
import type { Ground } from './ground.ts'

/** What an enrollment should hold, what it last reported, and what it says is active. */
export async function enrollmentGround(client: Client, id: string): Promise<Ground> {
  const [explained, status] = await Promise.all([
    client.call('explain-enrollment', { params: { id } }),
    client.call('get-status', { params: { id } }),
  ])
  const held = explained.items.flatMap(({ kind, identifier, type, serverToken, payload }) =>
    serverToken === null || payload === null ? [] : [{ kind, identifier, type, serverToken, payload }],
  )
  const said = explained.items.flatMap(({ identifier, condition, serverToken }) => {
    const { active, serverToken: other } = condition?.evidence ?? {}
    // What it says of another version says nothing of this one.
    return active === undefined || (other !== undefined && other !== serverToken) ? [] : [[identifier, active] as const]
  })
  const { platform, osVersion } = explained
  const facts = deviceFacts(new Map(answeredItems(status.items)))
  return {
    facts: { ...facts, platform: platform ?? facts.platform, osVersion: osVersion ?? facts.osVersion },
    declarations: held,
    properties: held.find(({ identifier }) => identifier === OWN_PROPERTIES)?.payload ?? {},
    said: new Map(said),
  }
}
