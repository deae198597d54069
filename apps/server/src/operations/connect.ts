import {
  applies,
  appsAnswered,
  canDeclare,
  commandAnswered,
  configured,
  type Enrollment,
  isOffer,
  isPending,
  isRenewal,
  needsWakeLater,
  nextCommand,
  type Occasion,
  type Offer,
  offerAnswered,
  offered,
  offerFor,
  type QueuedCommand,
  tellsOfApps,
} from '@edict/core'
import {
  type CommandResult,
  type ConnectMessage,
  declarativeManagementCommand,
  type EnrollmentIdentity,
  encodeCommand,
  isPlistDict,
} from '@edict/protocol'
import type { Channel, Transaction } from '@edict/store'
import { filledCommand } from '../content/command-keys.ts'
import type { Given } from '../device/trace.ts'
import { queueRenewal, renewalCommand } from '../enroll/renewal.ts'
import { isReturn, returnCommand } from '../enroll/return-to-service.ts'
import { concealedAnswer, escrowAnswer } from '../escrow/escrow-answer.ts'
import { openCommand } from '../escrow/open-command.ts'
import type { Proven } from '../identity/proven.ts'
import type { Services } from '../services.ts'
import { commandChanged } from './command-changed.ts'
import { settleCommands } from './give-up-commands.ts'
import { known } from './known-channel.ts'
import { placeChannels } from './place-channels.ts'
import { isRelease, releaseWhenOverdue } from './release.ts'
import { wantedTokens } from './tokens.ts'

type Uses = Pick<
  Services,
  'store' | 'metrics' | 'now' | 'newId' | 'settings' | 'log' | 'reach' | 'trust' | 'escrow' | 'contentKeys'
>

/** When a device is woken that refused something for the moment and will not come back by itself. */
const REFUSED_PAUSE = 5 * 60_000

/**
 * One turn of a command session: the result that the device brings is kept, and it gets the offer or the command that is
 * next. Null ends the session. Everything is on disk before the answer leaves. `proven` is what it speaks by: an identity that is
 * about to end is renewed.
 */
export async function connect(
  who: EnrollmentIdentity,
  message: ConnectMessage,
  services: Uses,
  proven: Proven | null = null,
): Promise<{ readonly given: Given; readonly bytes: Uint8Array } | null> {
  const tells = message.Status !== 'Idle' && isPlistDict(message.response.QueryResponses)
  const command = await services.store.transaction(async (tx) => {
    if (tells) await tx.lockRevision('share')
    const users = tells && who.channel === 'device' ? await tx.channelsOf(who.id) : []
    const channels = await tx.lock([...new Set([who.id, ...users.map(({ enrollment }) => enrollment.id)])])
    const channel = known(
      who.id,
      channels.find(({ enrollment }) => enrollment.id === who.id),
    )
    const at = services.now()
    const seen = { ...channel.enrollment, lastSeenAt: at }
    const answered = message.Status === 'Idle' ? seen : await takeResult(tx, seen, message, services)
    await releaseWhenOverdue(tx, answered, services)
    if (message.Status === 'Idle') await queueRenewal(tx, answered, proven, services)
    const next = await nextFor({ ...channel, enrollment: answered }, message.Status, tx, services)
    if (tells) await placeWithUsers(tx, channels, next.enrollment, at, services)
    else await tx.saveEnrollments([next.enrollment])
    return next.command
  })
  if (command === null) return null
  const { given, content } = command
  if (content instanceof Uint8Array) return { given, bytes: content }
  const bytes = isRenewal(content.command)
    ? await renewalCommand(content.CommandUUID, who.device, services)
    : await returnCommand(content, who.device, services)
  return { given, bytes }
}

/** What a device says of itself holds for its users too. */
async function placeWithUsers(
  tx: Transaction,
  channels: readonly Channel[],
  after: Enrollment,
  at: number,
  { settings }: Uses,
): Promise<void> {
  const moving = channels.map((before) => {
    const { enrollment } = before
    if (enrollment.id === after.id) return { before, after }
    return { before, after: { ...enrollment, facts: { ...enrollment.facts, ...after.facts } } }
  })
  const { woken } = await placeChannels(tx, moving, at)
  await tx.wakeChannels(woken, at + settings.wakeWindow)
}

async function takeResult(
  tx: Transaction,
  enrollment: Enrollment,
  result: CommandResult,
  services: Uses,
): Promise<Enrollment> {
  const { CommandUUID, Status } = result
  const at = services.now()
  if (isOffer(enrollment.sync, CommandUUID)) {
    services.metrics.offers.inc({ answer: Status })
    const sync = offerAnswered(enrollment.sync, CommandUUID, Status, at)
    if (sync.enabled && !enrollment.sync.enabled) {
      await tx.addEvents([{ at, type: 'enrollment.changed', data: { enrollment: enrollment.id, what: ['enabled'] } }])
    }
    return { ...enrollment, sync }
  }
  const command = await tx.command(enrollment.id, CommandUUID)
  if (command === undefined) {
    services.log.warn({ enrollment: enrollment.id, CommandUUID, Status }, 'result of an unknown command')
    return enrollment
  }
  const answered = commandAnswered(command, concealedAnswer(command, result), at)
  if (answered === command) return enrollment
  await escrowAnswer(tx, enrollment, command, result, services)
  await tx.saveCommand(answered)
  await tx.addEvents([commandChanged(answered, at)])
  if (!applies(answered)) return enrollment
  if (tellsOfApps(command.command.RequestType)) {
    await tx.saveApps(enrollment.id, appsAnswered(await tx.apps(enrollment.id), command, result, at))
  }
  const after = { ...enrollment, facts: { ...enrollment.facts, ...factsAnswered(command, result) } }
  return isRelease(command.command) && !isPending(answered) ? configured(after) : after
}

/** What DeviceInformation says that gates a channel. @see apple:mdm/commands/information.device.yaml */
function factsAnswered(command: QueuedCommand, result: CommandResult): Partial<Enrollment['facts']> {
  const answers = result.response.QueryResponses
  if (command.command.RequestType !== 'DeviceInformation' || !isPlistDict(answers)) return {}
  const { IsSupervised, DeviceName, SerialNumber, OSVersion } = answers
  return {
    ...(typeof IsSupervised === 'boolean' ? { supervised: IsSupervised } : {}),
    ...(typeof DeviceName === 'string' ? { deviceName: DeviceName } : {}),
    ...(typeof SerialNumber === 'string' ? { serialNumber: SerialNumber } : {}),
    ...(typeof OSVersion === 'string' ? { osVersion: OSVersion } : {}),
  }
}

interface Next {
  readonly enrollment: Enrollment
  readonly command: {
    readonly given: Given
    /** Its bytes, or the one whose profile is yet to be made. */
    readonly content: Uint8Array | QueuedCommand
  } | null
}

async function nextFor(
  channel: Channel,
  said: ConnectMessage['Status'],
  tx: Transaction,
  services: Uses,
): Promise<Next> {
  const { enrollment } = channel
  const idle = said === 'Idle'
  const { token, bytes } = wantedTokens(channel)
  const { commandData: data, holdWhileAwaiting } = services.settings
  const held = holdWhileAwaiting && enrollment.awaitingConfiguration === true
  const occasion = { wanted: token, now: services.now(), idle, CommandUUID: services.newId(), data }
  const offerWhen = (when: Occasion) => (held || !canDeclare(enrollment) ? null : offerFor(enrollment.sync, when))
  const offer = offerWhen(occasion)
  if (offer !== null) return makeOffer(enrollment, offer, token, bytes)
  const at = services.now()
  const pending = await settleCommands(tx, await tx.commands(enrollment.id, 'pending'), idle, at)
  const next = await nextThatOpens(pending, idle, tx, services)
  if (next === null) {
    const later = needsWakeLater(pending, offerWhen({ ...occasion, idle: true }) !== null, said)
    if (later) await tx.wakeChannels([enrollment.id], at + REFUSED_PAUSE, 'always')
    return { enrollment, command: null }
  }
  const { command, whole } = next
  if (command.state !== 'sent') {
    const sent: QueuedCommand = { ...command, state: 'sent', sentAt: at }
    await tx.saveCommand(sent)
    await tx.addEvents([commandChanged(sent, at)])
  }
  const { CommandUUID } = command
  const given = { uuid: CommandUUID, requestType: command.command.RequestType }
  const isMadeLater = enrollment.channel === 'device' && (isRenewal(command.command) || isReturn(command.command))
  const content = isMadeLater ? whole : encodeCommand({ CommandUUID, Command: whole.command })
  return { enrollment, command: { given, content } }
}

/** The command that is next, as it is stored and with its secrets. One whose secrets do not open keeps no other from being sent. */
async function nextThatOpens(
  pending: readonly QueuedCommand[],
  idle: boolean,
  tx: Transaction,
  services: Uses,
): Promise<{ readonly command: QueuedCommand; readonly whole: QueuedCommand } | null> {
  const command = nextCommand(pending, idle)
  if (command === undefined) return null
  const opened = await openCommand(tx, command, services)
  const whole = opened === null ? null : await filledCommand(opened, tx, services)
  if (whole !== null) return { command, whole }
  const others = pending.filter((one) => one !== command)
  return nextThatOpens(others, idle, tx, services)
}

function makeOffer(enrollment: Enrollment, offer: Offer, token: string, tokens: Uint8Array): Next {
  const { CommandUUID: uuid, data } = offer
  const content = encodeCommand(declarativeManagementCommand(uuid, data ? tokens : undefined))
  const given = { uuid, requestType: 'DeclarativeManagement', token: data ? token : null }
  return { enrollment: { ...enrollment, sync: offered(enrollment.sync, offer) }, command: { given, content } }
}
