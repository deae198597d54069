import { EnrollmentRow, type ImportAnswer } from '@edict/api'
import type { KnownElsewhere, Terms } from '@edict/core'
import { decodeBase64, PkiError } from '@edict/pki'
import { type EnrollmentIdentity, enrollmentIdentity, isJsonObject, type Json, ProtocolError } from '@edict/protocol'
import { AdminError } from '../admin/problem.ts'
import { validatorFor } from '../admin/validate.ts'

/** One row of an import, understood. */
export interface ReadRow {
  readonly kind: 'row'
  readonly who: EnrollmentIdentity
  readonly known: KnownElsewhere
  /** SHA-256 of the device's certificate, in lower-case hexadecimal. */
  readonly certificate: string | null
  readonly secrets: { readonly unlockToken?: Uint8Array; readonly bootstrapToken?: Uint8Array }
}

/** Why one is not taken. */
export type RefusedRow = { readonly kind: 'refused'; readonly enrollment: string | null } & Required<
  Pick<ImportAnswer, 'code' | 'detail'>
> &
  Pick<ImportAnswer, 'at' | 'found' | 'expected' | 'remedy'>

const validate = validatorFor({ schema: EnrollmentRow, httpPart: 'row' })

/** Of these nothing is ever told back. */
const secret: ReadonlySet<string> = new Set(['/UnlockToken', '/BootstrapToken'])

/** What only devices have. */
const deviceKeys = [
  'UnlockToken',
  'BootstrapToken',
  'IsSupervised',
  'certificateHash',
  'ServerURL',
  'CheckInURL',
  'AccessRights',
  'PayloadIdentifier',
  'ServerCapabilities',
] as const

/** Reads a row that somebody exported elsewhere. It is refused with the place in it, and without what is secret. */
export function readEnrollmentRow(given: Json): ReadRow | RefusedRow {
  const row = isJsonObject(given) ? withoutNulls(given) : given
  const { error } = validate(row)
  if (error !== undefined) return malformed(error)
  const said = row as EnrollmentRow
  try {
    const who = enrollmentIdentity(said)
    return who.channel === 'device' ? deviceRow(who, said) : userRow(who, said)
  } catch (thrown) {
    if (thrown instanceof RowRefused) return thrown.refused
    if (!(thrown instanceof ProtocolError)) throw thrown
    const { message: detail, at, found, expected } = thrown
    return refusedRow('row-identity', null, detail, {
      ...(at === undefined ? {} : { at: `/${at}` }),
      ...(found === undefined ? {} : { found }),
      ...(expected === undefined ? {} : { expected }),
      remedy: 'give the id keys as they stand in the messages of the device',
    })
  }
}

export function refusedRow(
  code: RefusedRow['code'],
  enrollment: string | null,
  detail: string,
  evidence: Pick<ImportAnswer, 'at' | 'found' | 'expected' | 'remedy'>,
): RefusedRow {
  return { kind: 'refused', enrollment, code, detail, ...evidence }
}

class RowRefused extends Error {
  readonly refused: RefusedRow

  constructor(refused: RefusedRow) {
    super(refused.detail)
    this.refused = refused
  }
}

/** Databases print what is not there as null. */
function withoutNulls(row: Readonly<Record<string, Json>>): Record<string, Json> {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null))
}

function malformed(error: Error): RefusedRow {
  const { at = '', found, expected } = error instanceof AdminError ? error.evidence : {}
  const place = at.replace(/^\/row/, '')
  return refusedRow('row-malformed', null, `Cannot read the row: ${place === '' ? 'it' : place} does not fit`, {
    ...(place === '' ? {} : { at: place }),
    ...(found === undefined || place === '' || secret.has(place) ? {} : { found }),
    ...(expected === undefined ? {} : { expected }),
    remedy: 'see import-enrollments in /openapi.json for what a row has',
  })
}

function deviceRow(who: EnrollmentIdentity, row: EnrollmentRow): ReadRow {
  const { UnlockToken, BootstrapToken, IsSupervised, certificateHash } = row
  return {
    kind: 'row',
    who,
    known: {
      push: pushOf(who, row),
      facts: row,
      ...(IsSupervised === undefined ? {} : { supervised: IsSupervised }),
      terms: termsOf(who, row),
    },
    certificate: certificateHash?.replaceAll(':', '').toLowerCase() ?? null,
    secrets: {
      ...(UnlockToken === undefined ? {} : { unlockToken: octets(who, '/UnlockToken', UnlockToken) }),
      ...(BootstrapToken === undefined ? {} : { bootstrapToken: octets(who, '/BootstrapToken', BootstrapToken) }),
    },
  }
}

function userRow(who: EnrollmentIdentity, row: EnrollmentRow): ReadRow {
  const misplaced = deviceKeys.find((key) => row[key] !== undefined)
  if (misplaced !== undefined) {
    throw new RowRefused(
      refusedRow('row-malformed', who.id, `Cannot read the row: a user channel has no ${misplaced}`, {
        at: `/${misplaced}`,
        expected: 'it in the row of the device',
        remedy: 'leave it out',
      }),
    )
  }
  const known = { push: pushOf(who, row), facts: {}, terms: null }
  return { kind: 'row', who, known, certificate: null, secrets: {} }
}

function pushOf(who: EnrollmentIdentity, { Topic, Token, PushMagic }: EnrollmentRow) {
  return { topic: Topic, token: Buffer.from(octets(who, '/Token', Token)).toString('hex'), magic: PushMagic }
}

/** What is all of hexadecimal digits is taken for that: no base64 of a token is, but by a chance that does not come. */
function octets(who: EnrollmentIdentity, at: string, text: string): Uint8Array {
  // MySQL breaks base64 into lines.
  const given = text.replaceAll(/\s/g, '')
  if (/^(?:[0-9A-Fa-f]{2})+$/.test(given)) return new Uint8Array(Buffer.from(given, 'hex'))
  try {
    return decodeBase64(given, at.slice(1))
  } catch (error) {
    if (!(error instanceof PkiError)) throw error
    throw new RowRefused(
      refusedRow('row-malformed', who.id, `Cannot read the row: ${at} is neither base64 nor hexadecimal`, {
        at,
        ...(secret.has(at) ? {} : { found: text.slice(0, 100) }),
        expected: 'base64 with padding, or hexadecimal',
        remedy: 'export it as one of the two',
      }),
    )
  }
}

const REQUIRED_TERMS = ['ServerURL', 'AccessRights', 'PayloadIdentifier'] as const
const ALL_TERMS = [...REQUIRED_TERMS, 'CheckInURL', 'ServerCapabilities'] as const

/** All that a later profile has to repeat, or null: half of it would be refused by the device, when its certificate ends. */
function termsOf(who: EnrollmentIdentity, row: EnrollmentRow): Terms | null {
  const given = ALL_TERMS.filter((key) => row[key] !== undefined)
  if (given.length === 0) return null
  const { ServerURL, AccessRights, PayloadIdentifier } = row
  const remedy = 'take them from the profile of the earlier server, or leave all of them out: then it is not renewed'
  if (ServerURL === undefined || AccessRights === undefined || PayloadIdentifier === undefined) {
    throw new RowRefused(
      refusedRow('terms-incomplete', who.id, 'Cannot renew by this row: it says half of what the profile says', {
        found: given,
        expected: REQUIRED_TERMS.join(', '),
        remedy,
      }),
    )
  }
  const { CheckInURL = ServerURL, ServerCapabilities = [] } = row
  for (const [key, url] of Object.entries({ ServerURL, CheckInURL })) {
    if (/^https?:$/.test(URL.parse(url)?.protocol ?? '')) continue
    const detail = `Cannot read the row: ${key} is no URL`
    throw new RowRefused(
      refusedRow('row-malformed', who.id, detail, { at: `/${key}`, found: url, expected: 'https://…', remedy }),
    )
  }
  return { ServerURL, CheckInURL, AccessRights, PayloadIdentifier, ServerCapabilities }
}
