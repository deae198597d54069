import type { Enrollment } from '@edict/core'
import type { Channel, Transaction } from '@edict/store'
import type { Services } from '../services.ts'

/** How long a device that awaits configuration is held when it does not report what it collected. */
const RELEASE_DEADLINE = 10 * 60_000

/**
 * Lets a device go on in Setup Assistant after the first report that lists all that its collected manifest holds.
 *
 * @see apple:mdm/commands/device.configured.yaml, apple:mdm/commands/user.configured.yaml
 */
export async function releaseWhenConfigured(
  tx: Transaction,
  channel: Channel,
  services: Pick<Services, 'manifests' | 'now' | 'newId'>,
): Promise<void> {
  const { enrollment } = channel
  const token = enrollment.sync.collected?.token
  if (enrollment.awaitingConfiguration !== true || token === undefined) return
  const { generation } = await services.manifests.served(token, tx)
  const reported = new Set((await tx.states(enrollment.id)).map((state) => `${state.kind}/${state.identifier}`))
  if (generation.items.every((item) => reported.has(`${item.kind}/${item.identifier}`)))
    await release(tx, enrollment, services)
}

/** The same when the deadline has passed. */
export async function releaseWhenOverdue(
  tx: Transaction,
  enrollment: Enrollment,
  services: Pick<Services, 'now' | 'newId'>,
): Promise<void> {
  if (enrollment.awaitingConfiguration !== true || enrollment.enrolledAt === null) return
  if (services.now() - enrollment.enrolledAt >= RELEASE_DEADLINE) await release(tx, enrollment, services)
}

/** Once a period: the queue shows whether it was sent before. */
async function release(tx: Transaction, enrollment: Enrollment, { now, newId }: Pick<Services, 'now' | 'newId'>) {
  const RequestType = enrollment.channel === 'device' ? 'DeviceConfigured' : 'UserConfigured'
  const queue = await tx.commands(enrollment.id, 'all')
  if (
    queue.some((other) => other.command.RequestType === RequestType && other.queuedAt >= (enrollment.enrolledAt ?? 0))
  )
    return
  await tx.addCommand({
    CommandUUID: newId(),
    enrollment: enrollment.id,
    command: { RequestType },
    state: 'queued',
    queuedAt: now(),
    sentAt: null,
    answeredAt: null,
    result: null,
  })
  await tx.wakeChannels([enrollment.id], now(), 'always')
}
