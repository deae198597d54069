import { ProtocolError } from '../errors.ts'
import { decodeJson } from './decode-json.ts'
import { encodeJson } from './encode-json.ts'
import { isJsonObject, type Json, type JsonObject } from './json.ts'
import { jsonFields, jsonKey } from './json-fields.ts'
import { statusList } from './status-list.ts'

export interface StatusErrorReason {
  readonly Code: string
  readonly Description?: string
  readonly Details?: JsonObject
}

/** A status item that the device cannot report. Its keys are capitalized, unlike those of reasons inside items. */
export interface StatusError {
  readonly StatusItem: string
  readonly Reasons: readonly StatusErrorReason[]
}

/** What a device sends to Endpoint `status`. @see apple:declarative/protocol/statusreport.yaml */
export interface StatusReport {
  /** Nested by dotted name, as sent. */
  readonly StatusItems: JsonObject
  readonly Errors: readonly StatusError[]
  /** True: replaces everything known before. */
  readonly FullReport: boolean
  /** Entries of Errors that do not have the documented shape. */
  readonly unreadErrors?: readonly Json[]
  /** Keys beside the three, as sent. */
  readonly otherKeys?: JsonObject
}

const fields = jsonFields('StatusReport')

/**
 * Reads a status report, tolerantly: FullReport beside StatusItems or inside it, Errors missing, unknown keys kept.
 * Integers beyond 2^53 are rounded, because refusing the report would lose the rest of it.
 * @throws {ProtocolError} when it is not JSON, not an object, or has none of the three keys
 */
export function decodeStatusReport(bytes: Uint8Array): StatusReport {
  const document = fields.object(decodeJson(bytes, { bigIntegers: 'round' }), 'the document')
  const { StatusItems, Errors, FullReport, ...otherKeys } = document
  if (StatusItems === undefined && Errors === undefined && FullReport === undefined) {
    throw new ProtocolError('key-missing', 'Cannot read StatusReport: StatusItems is missing', {
      at: 'StatusItems',
      found: Object.keys(document).slice(0, 32),
      expected: 'StatusItems and Errors',
    })
  }
  const { FullReport: inner, ...items } = StatusItems === undefined ? {} : fields.object(StatusItems, 'StatusItems')
  // Anything but a boolean is no flag: it stays where it was.
  const misplaced = typeof inner === 'boolean' ? undefined : inner
  const entries = statusList(Errors)
  const unreadErrors = entries.filter((entry) => readError(entry) === undefined)
  return {
    StatusItems: misplaced === undefined ? items : { ...items, FullReport: misplaced },
    Errors: entries.map(readError).filter((error) => error !== undefined),
    FullReport: FullReport === true || inner === true,
    ...(unreadErrors.length === 0 ? {} : { unreadErrors }),
    ...(Object.keys(otherKeys).length === 0 ? {} : { otherKeys }),
  }
}

/** Writes StatusItems and Errors always, FullReport only when true, as devices do. */
export function encodeStatusReport(report: StatusReport): Uint8Array {
  return encodeJson({
    ...report.otherKeys,
    StatusItems: report.StatusItems,
    Errors: [...report.Errors.map(writeError), ...(report.unreadErrors ?? [])],
    ...(report.FullReport ? { FullReport: true } : {}),
  })
}

function readError(entry: Json): StatusError | undefined {
  if (typeof entry === 'string') return { StatusItem: entry, Reasons: [] }
  if (!isJsonObject(entry)) return undefined
  const StatusItem = jsonKey(entry, 'StatusItem')
  if (typeof StatusItem !== 'string') return undefined
  return {
    StatusItem,
    Reasons: statusList(jsonKey(entry, 'Reasons'))
      .map(readReason)
      .filter((reason) => reason !== undefined),
  }
}

function readReason(value: Json): StatusErrorReason | undefined {
  if (typeof value === 'string') return { Code: value }
  if (!isJsonObject(value)) return undefined
  const Code = jsonKey(value, 'Code')
  const Description = jsonKey(value, 'Description')
  const Details = jsonKey(value, 'Details')
  return {
    Code: typeof Code === 'string' ? Code : '',
    ...(typeof Description === 'string' ? { Description } : {}),
    ...(isJsonObject(Details) ? { Details } : {}),
  }
}

function writeError({ StatusItem, Reasons }: StatusError): JsonObject {
  return {
    StatusItem,
    Reasons: Reasons.map(({ Code, Description, Details }) => ({
      Code,
      ...(Description === undefined ? {} : { Description }),
      ...(Details === undefined ? {} : { Details }),
    })),
  }
}
