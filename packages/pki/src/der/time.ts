import { PkiError } from '../pki-error.ts'
import { tags } from './tag.ts'

const utc = /^(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/
const generalized = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/

/**
 * Reads UTCTime or GeneralizedTime in the only form that certificates and CMS may use (RFC 5280 §4.1.2.5: seconds, `Z`, no
 * fraction) into milliseconds since 1970. @throws {PkiError} `time`
 */
export function decodeTime(tag: number, content: Uint8Array, offset = 0): number {
  const text = Buffer.from(content).toString('latin1')
  const parts = (tag === tags.utcTime ? utc : generalized).exec(text)?.slice(1).map(Number)
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts ?? []
  const full = tag === tags.utcTime ? year + (year < 50 ? 2000 : 1900) : year
  const date = new Date(0)
  date.setUTCFullYear(full, month - 1, day)
  date.setUTCHours(hour, minute, second)
  const real = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && date.getUTCHours() === hour
  if (!parts || !real || minute > 59 || second > 59) {
    throw new PkiError('time', `Cannot read time: found ${JSON.stringify(text.slice(0, 24))} at octet ${offset}`, {
      offset,
      found: text.slice(0, 24),
      expected: tag === tags.utcTime ? 'YYMMDDHHMMSSZ' : 'YYYYMMDDHHMMSSZ',
    })
  }
  return date.getTime()
}

/** Writes a time (milliseconds since 1970) as RFC 5280 has it: UTCTime from 1950 through 2049, else GeneralizedTime. */
export function timeText(at: number): { readonly tag: number; readonly text: string } {
  const digits = new Date(at)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replace(/[-:T]/g, '')
  const year = new Date(at).getUTCFullYear()
  if (year >= 1950 && year < 2050) return { tag: tags.utcTime, text: digits.slice(2) }
  return { tag: tags.generalizedTime, text: digits }
}
