import type { DeclarationKind } from '../declaration-kind.ts'
import { isJsonObject, type Json } from './json.ts'
import { jsonKey } from './json-fields.ts'
import { statusList } from './status-list.ts'
import { readStatusReasons, type StatusReason } from './status-reason.ts'

/** What a device says about one declaration it holds. */
export interface DeclarationState {
  readonly identifier: string
  readonly 'server-token': string
  readonly active: boolean
  readonly valid: 'unknown' | 'invalid' | 'valid'
  readonly reasons: readonly StatusReason[]
}

/** The key of each kind in `management.declarations` and in client capabilities. */
const statusKeys: readonly (readonly [key: string, kind: DeclarationKind])[] = [
  ['activations', 'activation'],
  ['assets', 'asset'],
  ['configurations', 'configuration'],
  ['management', 'management'],
]

/**
 * Reads the status item `management.declarations`: only the kinds that are present, each complete. One identifier may
 * stand twice for a moment, with the old and the new server-token; both are kept. Entries without an identifier are not.
 * @see apple:declarative/status/management.declarations.yaml
 */
export function readDeclarationStates(value: Json): Partial<Record<DeclarationKind, readonly DeclarationState[]>> {
  const states: Partial<Record<DeclarationKind, readonly DeclarationState[]>> = {}
  if (!isJsonObject(value)) return states
  for (const [key, kind] of statusKeys) {
    const entries = jsonKey(value, key)
    if (entries === undefined || entries === null) continue
    states[kind] = statusList(entries)
      .map(readState)
      .filter((state) => state !== undefined)
  }
  return states
}

function readState(entry: Json): DeclarationState | undefined {
  if (!isJsonObject(entry)) return undefined
  const identifier = jsonKey(entry, 'identifier')
  if (typeof identifier !== 'string') return undefined
  const token = jsonKey(entry, 'server-token')
  const valid = jsonKey(entry, 'valid')
  return {
    identifier,
    'server-token': typeof token === 'string' ? token : '',
    active: jsonKey(entry, 'active') === true,
    valid: valid === 'valid' || valid === 'invalid' ? valid : 'unknown',
    reasons: readStatusReasons(jsonKey(entry, 'reasons')),
  }
}
