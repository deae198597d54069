import { type Item, servedFrom } from '@edict/core'
import type { DeclarationKind, EnrollmentIdentity } from '@edict/protocol'
import { DeviceError } from '../device/device-error.ts'
import type { Services } from '../services.ts'
import { knownChannel } from './known-channel.ts'

/**
 * Answers Endpoint "declaration/<kind>/<Identifier>" from the newer of the last two different manifests shown to this
 * channel that lists it. 404 exactly when neither does: the device then drops its copy.
 *
 * @throws DeviceError `declaration-gone`
 */
export async function declaration(
  who: EnrollmentIdentity,
  kind: DeclarationKind,
  identifier: string,
  { store, manifests }: Pick<Services, 'store' | 'manifests'>,
): Promise<{ readonly item: Item; readonly bytes: Uint8Array; readonly from: string }> {
  const { enrollment } = await knownChannel(who.id, store.read)
  for (const token of servedFrom(enrollment.sync)) {
    const served = await manifests.served(token, store.read)
    const item = served.find(kind, identifier)
    if (item !== undefined) return { item, bytes: await manifests.body(item, served, store.read), from: token }
  }
  throw new DeviceError(
    'declaration-gone',
    `Cannot find ${kind} ${identifier}: no manifest shown to this channel lists it`,
    {
      at: `declaration/${kind}/${identifier}`,
      found: identifier,
      expected: 'an Identifier of the last two manifests',
    },
  )
}
