import type { ConnectMessage } from '@edict/protocol'
import { isPending, type QueuedCommand } from './command.ts'

/**
 * The command that a connection is given next. Those of administrators come first, in the order in which they were queued; then what
 * the server wants to know, the renewal of the identity, and last what lets the device go on in Setup Assistant. After NotNow only
 * such as were not refused; refused ones again at the next Idle, for the device does not remember them. One that is sent once only
 * is not offered again.
 *
 * @param idle whether the device said Idle, and not a result
 * @see https://developer.apple.com/documentation/devicemanagement/handling-notnow-status-responses
 */
export function nextCommand(pending: readonly QueuedCommand[], idle: boolean): QueuedCommand | undefined {
  const [next] = pending
    .filter(isPending)
    .filter((command) => idle || command.state !== 'not-now')
    .filter((command) => command.state !== 'sent' || command.once !== true)
    .sort((a, b) => turnOf(a) - turnOf(b) || a.sequence - b.sequence)
  return next
}

/**
 * Whether a device has to be woken later because it refused something for the moment and will not come back by itself: it does so only
 * if NotNow was the last that it said.
 *
 * @param offers whether it would be offered a sync when it is idle
 */
export function needsWakeLater(
  pending: readonly QueuedCommand[],
  offers: boolean,
  said: ConnectMessage['Status'],
): boolean {
  if (said === 'Idle' || said === 'NotNow') return false
  return offers || pending.some(({ state }) => state === 'not-now')
}

/**
 * A renewal of the identity is an InstallProfile without its Payload: the enrollment profile is put into it whenever it is sent, so that
 * no challenge is stored, and one that was made for a device that came back late is not over.
 */
export function isRenewal({ RequestType, Payload }: QueuedCommand['command']): boolean {
  return RequestType === 'InstallProfile' && Payload === undefined
}

function turnOf({ command, inventory }: QueuedCommand): number {
  const { RequestType } = command
  if (RequestType === 'DeviceConfigured' || RequestType === 'UserConfigured') return 3
  if (isRenewal(command)) return 2
  return inventory === true ? 1 : 0
}
