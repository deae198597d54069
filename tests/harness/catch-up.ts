import type { JsonObject } from '@edict/protocol'
import type { Wire } from './wire.ts'

/** What a device says of one declaration, beside its names. */
export interface Stated {
  readonly active?: boolean
  readonly valid?: 'valid' | 'invalid' | 'unknown'
  readonly reasons?: readonly { readonly code: string }[]
}

/**
 * Collects the manifest, fetches every declaration, and reports each as active and valid, unless told otherwise by its Identifier.
 *
 * @returns the Identifiers
 */
export async function catchUp(
  device: Wire,
  told: Readonly<Record<string, Stated>> = {},
  fetching = true,
): Promise<readonly string[]> {
  const { Declarations } = await device.items()
  const lists = [
    ['activations', 'activation', Declarations.Activations],
    ['assets', 'asset', Declarations.Assets],
    ['configurations', 'configuration', Declarations.Configurations],
    ['management', 'management', Declarations.Management],
  ] as const
  const declarations: Record<string, JsonObject[]> = {}
  for (const [name, kind, items] of lists) {
    declarations[name] = []
    for (const { Identifier, ServerToken } of items) {
      if (fetching) await device.body(kind, Identifier)
      const { active = kind !== 'management', valid = 'valid', reasons = [] } = told[Identifier] ?? {}
      declarations[name].push({
        identifier: Identifier,
        'server-token': ServerToken,
        active,
        valid,
        ...(reasons.length === 0 ? {} : { reasons: reasons.map(({ code }) => ({ code })) }),
      })
    }
  }
  await device.report({ management: { declarations } })
  return lists.flatMap(([, , items]) => items.map(({ Identifier }) => Identifier))
}
