import { plistSecrets, type QueuedCommand, withKeysFor, withPlistKeys } from '@edict/core'
import type { PlistDict } from '@edict/protocol'
import type { Reads, Transaction } from '@edict/store'
import type { Services } from '../services.ts'
import { KeyUnavailable } from './content-keys.ts'
import { presentSecret } from './open-content-keys.ts'

/** The keys of commands that lead to a package. @see apple:mdm/commands/application.install.yaml, application.install.enterprise.yaml */
const LEADING = ['ManifestURL', 'Manifest'] as const

/**
 * A command whose manifest, where it is hosted here, has variables for keys: who downloads it may not say who they are. What is kept
 * and shown of the command has no key.
 */
export async function withCommandKeys<Command extends PlistDict>(
  command: Command,
  tx: Transaction,
  services: Pick<Services, 'reach' | 'escrow' | 'now'>,
): Promise<Command> {
  const base = services.reach.url()
  const leading = LEADING.flatMap((key) => (command[key] === undefined ? [] : [[key, command[key]] as const]))
  if (base === null || !leading.some(([, value]) => plistSecrets(withPlistKeys(value, base, 1)).length > 0))
    return command
  await tx.lockRevision('update')
  const secret = await presentSecret(tx, services)
  return { ...command, ...Object.fromEntries(leading.map(([key, value]) => [key, withPlistKeys(value, base, secret)])) }
}

/** A command as its channel is sent it, with its keys; null, and a line in the log, where they cannot be made: it waits. */
export async function filledCommand(
  command: QueuedCommand,
  reads: Pick<Reads, 'secret'>,
  { contentKeys, log }: Pick<Services, 'contentKeys' | 'log'>,
): Promise<QueuedCommand | null> {
  const secrets = plistSecrets(command.command)
  if (secrets.length === 0) return command
  const { enrollment, CommandUUID } = command
  try {
    const keyFor = await contentKeys.madeWith(secrets, reads)
    return { ...command, command: withKeysFor(command.command, enrollment, keyFor) }
  } catch (error) {
    if (!(error instanceof KeyUnavailable)) throw error
    log.error({ enrollment, CommandUUID, why: error.message }, 'the keys of a command cannot be made: it waits')
    return null
  }
}
