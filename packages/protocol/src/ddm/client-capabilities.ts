import type { DeclarationKind } from '../declaration-kind.ts'
import { isJsonObject, type Json, type JsonObject } from './json.ts'
import { jsonKey } from './json-fields.ts'
import { statusList } from './status-list.ts'

/** What one channel of a device supports; only what it lists may be sent to it. */
export interface ClientCapabilities {
  readonly supportedVersions: readonly string[]
  readonly supportedFeatures: JsonObject
  readonly declarations: Readonly<Record<DeclarationKind, readonly string[]>>
  readonly statusItems: readonly string[]
}

/**
 * Reads the status item `management.client-capabilities`; what is absent is empty.
 * @see apple:declarative/status/management.client-capabilities.yaml
 */
export function readClientCapabilities(value: Json): ClientCapabilities {
  const payloads = dictionary(value, 'supported-payloads')
  const declarations = dictionary(payloads, 'declarations')
  return {
    supportedVersions: strings(value, 'supported-versions'),
    supportedFeatures: dictionary(value, 'supported-features'),
    declarations: {
      activation: strings(declarations, 'activations'),
      asset: strings(declarations, 'assets'),
      configuration: strings(declarations, 'configurations'),
      management: strings(declarations, 'management'),
    },
    statusItems: strings(payloads, 'status-items'),
  }
}

function dictionary(value: Json, key: string): JsonObject {
  const found = isJsonObject(value) ? jsonKey(value, key) : undefined
  return isJsonObject(found) ? found : {}
}

function strings(value: Json, key: string): readonly string[] {
  const found = isJsonObject(value) ? jsonKey(value, key) : undefined
  return statusList(found).filter((item) => typeof item === 'string')
}
