import { checkProperties } from '@edict/core'
import type { JsonObject } from '@edict/protocol'
import { type Services, when } from '../services.ts'
import { beginWrite, type Committed, type Write } from './commit.ts'
import { commitPlacement } from './commit-placement.ts'
import { mustExist } from './must-exist.ts'
import type { Moving } from './place-channels.ts'
import { Refused } from './refused.ts'

export interface PropertiesOf {
  readonly enrollment: string
  readonly properties: JsonObject
}

/** Writes the properties of enrollments, all of them or none: one small declaration each, and nothing else. */
export async function putProperties(
  items: readonly PropertiesOf[],
  write: Write,
  services: Pick<Services, 'store' | 'now' | 'settings'>,
): Promise<Committed> {
  const problems = items.flatMap(({ properties }) => checkProperties(properties))
  if (problems.length > 0) throw new Refused(problems)
  return services.store.transaction(async (tx) => {
    const before = await beginWrite(tx, write)
    const wanted = new Map(items.map((item) => [item.enrollment, item.properties]))
    const channels = await tx.lock(await mustExist(tx, [...wanted.keys()]))
    const moving = channels.map((channel): Moving => {
      return { before: channel, after: channel.enrollment, properties: wanted.get(channel.enrollment.id) ?? {} }
    })
    const committed = await commitPlacement(tx, { before }, moving, 'properties', write, when(services))
    for (const [id, properties] of wanted) await tx.putProperties(id, properties)
    return committed
  })
}
