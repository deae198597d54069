import { CONCEALED, type Enrollment, type QueuedCommand } from '@edict/core'
import type { CommandResult, PlistValue } from '@edict/protocol'
import type { Transaction } from '@edict/store'
import type { Services } from '../services.ts'
import { escrowSecret } from './escrow-secret.ts'
import type { SecretName } from './secret-name.ts'

/** Commands that ask a device for a secret, under which key it answers, and as what it is kept. */
const answers: ReadonlyMap<string, { readonly key: string; readonly name: SecretName }> = new Map([
  ['RequestUnlockToken', { key: 'UnlockToken', name: 'unlock-token' }],
  ['ActivationLockBypassCode', { key: 'ActivationLockBypassCode', name: 'activation-lock-bypass-code' }],
])

/** A result as it may be stored and shown. */
export function concealedAnswer({ command }: QueuedCommand, result: CommandResult): CommandResult {
  const asked = answers.get(command.RequestType)
  if (asked === undefined || result.response[asked.key] === undefined) return result
  return { ...result, response: { ...result.response, [asked.key]: CONCEALED } }
}

/** Escrows the secret that a result brings, if it does. */
export async function escrowAnswer(
  tx: Transaction,
  { id: enrollment, period }: Enrollment,
  { command }: QueuedCommand,
  { response }: CommandResult,
  services: Pick<Services, 'escrow' | 'now'>,
): Promise<void> {
  const asked = answers.get(command.RequestType)
  const secret = octetsOf(asked === undefined ? undefined : response[asked.key])
  if (asked === undefined || secret.length === 0) return
  await escrowSecret(tx, { enrollment, name: asked.name, period, secret, at: services.now() }, services)
}

function octetsOf(value: PlistValue | undefined): Uint8Array {
  if (value instanceof Uint8Array) return value
  return typeof value === 'string' ? Buffer.from(value, 'utf8') : new Uint8Array()
}
