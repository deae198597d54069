import type { Enrollment, QueuedCommand } from '@edict/core'
import type { Channel, Transaction } from '@edict/store'
import type { Services } from '../services.ts'
import { wantedTokens } from './tokens.ts'

/** How long a device that awaits configuration is held when it does not report what it collected, in seconds. */
const RELEASE_AFTER = 600

/**
 * Sets the moment at which a channel is let go whatever it reports, when it begins to wait: a declaration that fails must not keep
 * somebody in Setup Assistant. It comes with the TokenUpdate that says so, and whoever runs then sees to it. One who has all that it
 * should hold and has said so before, a user who is back, has nothing more to report and is let go at once.
 */
export async function holdUntilConfigured(
  tx: Transaction,
  before: Enrollment | undefined,
  { id, awaitingConfiguration }: Enrollment,
  services: Pick<Services, 'manifests' | 'now' | 'newId'>,
): Promise<void> {
  if (awaitingConfiguration === true) {
    const { settings } = await tx.declared()
    await tx.addDeadline(id, services.now() + (settings.releaseAfter ?? RELEASE_AFTER) * 1000)
    const channel = await tx.channel(id)
    const collected = channel?.enrollment.sync.collected?.token
    if (channel !== undefined && collected === wantedTokens(channel).token)
      await releaseWhenConfigured(tx, channel, services)
  } else if (before?.awaitingConfiguration === true) await tx.endDeadlines([id])
}

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
  if (enrollment.awaitingConfiguration !== true || enrollment.state !== 'enrolled') return
  // Who began to wait before deadlines were kept has none.
  const due = (await tx.deadline(enrollment.id)) ?? (enrollment.enrolledAt ?? 0) + RELEASE_AFTER * 1000
  if (services.now() >= due) await release(tx, enrollment, services)
}

/** Whether a command is the one that lets a channel go on. */
export function isRelease({ RequestType }: QueuedCommand['command']): boolean {
  return RequestType === 'DeviceConfigured' || RequestType === 'UserConfigured'
}

/** Once: until it is answered, the queue shows that it is on its way. What was answered, the channel waits for no more. */
async function release(tx: Transaction, enrollment: Enrollment, { now, newId }: Pick<Services, 'now' | 'newId'>) {
  await tx.endDeadlines([enrollment.id])
  const pending = await tx.commands(enrollment.id, 'pending')
  if (pending.some(({ command }) => isRelease(command))) return
  await tx.addCommand({
    CommandUUID: newId(),
    enrollment: enrollment.id,
    command: { RequestType: enrollment.channel === 'device' ? 'DeviceConfigured' : 'UserConfigured' },
    state: 'queued',
    queuedAt: now(),
    sentAt: null,
    answeredAt: null,
    result: null,
  })
  await tx.wakeChannels([enrollment.id], now(), 'always')
}
