import { isJsonObject, type Json, type JsonObject } from './json.ts'
import { jsonKey } from './json-fields.ts'
import { statusList } from './status-list.ts'

/** Why a declaration is in its state. @see apple:declarative/declarations/declarationbase.yaml, reasons */
export interface StatusReason {
  readonly code: string
  readonly description?: string
  readonly details?: JsonObject
}

/** Reads `reasons`: an array, one reason, or only its code. */
export function readStatusReasons(value: Json | undefined): readonly StatusReason[] {
  return statusList(value)
    .map(readReason)
    .filter((reason) => reason !== undefined)
}

/**
 * The identifiers that a reason names under `AssetIdentifiers` or `ConfigurationIdentifiers`. The schema says array;
 * devices send one string, sorted and joined by ", ".
 */
export function reasonIdentifiers(reason: StatusReason, key: string): readonly string[] {
  const value = reason.details === undefined ? undefined : jsonKey(reason.details, key)
  if (typeof value === 'string') return value.split(/,\s*/).filter((identifier) => identifier !== '')
  return statusList(value).filter((identifier) => typeof identifier === 'string')
}

function readReason(value: Json): StatusReason | undefined {
  if (typeof value === 'string') return { code: value }
  if (!isJsonObject(value)) return undefined
  const code = jsonKey(value, 'code')
  const description = jsonKey(value, 'description')
  const details = jsonKey(value, 'details')
  return {
    code: typeof code === 'string' ? code : '',
    ...(typeof description === 'string' ? { description } : {}),
    ...(isJsonObject(details) ? { details } : {}),
  }
}
