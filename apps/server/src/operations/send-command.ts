import { decodeCommandJson } from '@edict/api'
import {
  blocks,
  checkCommand,
  concealed,
  ENROLLMENT_PROFILE,
  type Enrollment,
  eligibilityOf,
  harmOf,
  overridden,
  type Problem,
  type QueuedCommand,
  TIME_TO_LIVE,
} from '@edict/core'
import type { JsonObject } from '@edict/protocol'
import type { Transaction } from '@edict/store'
import { withCommandKeys } from '../content/command-keys.ts'
import { queueCommand } from '../escrow/queue-command.ts'
import type { Services } from '../services.ts'
import { commandChanged } from './command-changed.ts'
import type { Write } from './commit.ts'
import { mustBeEnrolled } from './must-be-enrolled.ts'
import { Refused } from './refused.ts'
import { withNamedContent } from './with-named-content.ts'

export interface Sending {
  /** In the JSON of the admin API. Hosted content may be named in it. */
  readonly body: JsonObject & { readonly RequestType: string }
  /** Milliseconds that it waits for the device; undefined: an hour for one that cannot be taken back, for ever for others. */
  readonly timeToLive?: number | undefined
}

export interface Sent {
  readonly queued: QueuedCommand
  /** What is worth knowing about it, and what an override let through. */
  readonly problems: readonly Problem[]
}

/**
 * Checks a command against what its channel can do, queues it and wakes the channel. One that cannot be taken back is sent once, and
 * for a while only.
 *
 * @throws Refused with everything that stands against it, CommandJsonError, AdminError `public-url-missing`
 */
export async function sendCommand(
  id: string,
  { body: written, timeToLive }: Sending,
  write: Write,
  services: Pick<Services, 'store' | 'now' | 'newId' | 'escrow' | 'reach' | 'contentFiles'>,
): Promise<Sent> {
  const { store, now, newId } = services
  return store.transaction(async (tx) => {
    const { RequestType } = written
    const body = { ...(await withNamedContent(written, '', tx, services)), RequestType }
    const command = await withCommandKeys({ ...decodeCommandJson(body), RequestType }, tx, services)
    const enrollment = await mustBeEnrolled(tx, id)
    const target = eligibilityOf(enrollment)
    const found = checkCommand(body, target)
    const problems = write.override === undefined ? found : found.map(overridden)
    if (blocks(problems)) throw new Refused(problems)
    const at = now()
    const once = harmOf(command, { platform: target.platform, profile: profileOf(enrollment) }) !== undefined
    const wait = timeToLive ?? (once ? TIME_TO_LIVE : undefined)
    const wanted = {
      CommandUUID: newId(),
      enrollment: id,
      command,
      state: 'queued',
      queuedAt: at,
      sentAt: null,
      answeredAt: null,
      result: null,
      ...(wait === undefined ? {} : { expiresAt: at + wait }),
      ...(once ? { once } : {}),
    } as const
    const queued = await queueCommand(tx, wanted, services)
    await announce(tx, queued, { ...write, detail: concealed(body) }, problems, at)
    return { queued, problems }
  })
}

/** What the profile is called by which it is enrolled; null when nobody told, of a device of another server. */
function profileOf({ imported }: Enrollment): string | null {
  return imported === undefined ? ENROLLMENT_PROFILE : (imported.terms?.PayloadIdentifier ?? null)
}

async function announce(
  tx: Transaction,
  queued: QueuedCommand,
  write: Write,
  problems: readonly Problem[],
  at: number,
): Promise<void> {
  await tx.wakeChannels([queued.enrollment], at, 'always')
  const { actor, action, subject: target, detail, override } = write
  const letThrough = problems.filter((problem) => problem.overridden === true)
  const reason =
    override === undefined
      ? {}
      : {
          override,
          overridden: letThrough.map(({ code, message, at: place = null }) => ({ code, message, at: place })),
        }
  await tx.addAudit({ at, actor, action, target, revision: 0, detail: { ...detail, ...reason } })
  await tx.addEvents([commandChanged(queued, at)])
}
