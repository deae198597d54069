import { ProtocolError } from '../errors.ts'
import { excerpt } from '../excerpt.ts'
import type { ParsingMode } from './parsing-mode.ts'

const shape = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(?:Z|([+-])(\d\d):(\d\d))$/
const first = Date.parse('0000-01-01T00:00:00Z')
const last = Date.parse('9999-12-31T23:59:59.999Z')

/**
 * Writes a Timestamp: `YYYY-MM-DDTHH:MM:SSZ`. `at` is in milliseconds since 1970; the fraction is cut off, because a
 * device that meets one stops synchronizing.
 * @throws {ProtocolError} `timestamp` outside the years 0 to 9999
 */
export function timestamp(at: number): string {
  if (!(at >= first && at <= last)) {
    throw new ProtocolError('timestamp', `Cannot write timestamp: ${at} is outside the years 0000 to 9999`, {
      found: at,
    })
  }
  return `${new Date(Math.floor(at / 1000) * 1000).toISOString().slice(0, 19)}Z`
}

/**
 * Reads a Timestamp with `Z` or an offset, and gives milliseconds since 1970. Fractional seconds are refused unless
 * `mode` is lenient.
 * @throws {ProtocolError} `timestamp`
 */
export function parseTimestamp(text: string, mode: ParsingMode = 'strict'): number {
  const parts = shape.exec(text)
  if (parts === null || (mode === 'strict' && parts[1] !== undefined)) throw malformed(text)
  const local = text.slice(0, 19)
  const at = Date.parse(`${local}Z`)
  // Some dates that do not exist, and 24:00, are moved to another day instead of refused.
  if (!Number.isFinite(at) || new Date(at).getUTCDate() !== Number(text.slice(8, 10))) throw malformed(text)
  const fraction = parts[1] === undefined ? 0 : Math.floor(Number(parts[1]) * 1000)
  return at + fraction - offset(parts[2], Number(parts[3] ?? 0), Number(parts[4] ?? 0), text)
}

function offset(sign: string | undefined, hours: number, minutes: number, text: string): number {
  if (hours > 23 || minutes > 59) throw malformed(text)
  return (sign === '-' ? -1 : 1) * (hours * 60 + minutes) * 60_000
}

function malformed(text: string): ProtocolError {
  return new ProtocolError(
    'timestamp',
    `Cannot read timestamp: ${excerpt(text)} found, expected YYYY-MM-DDTHH:MM:SSZ`,
    {
      found: text.slice(0, 64),
      expected: 'YYYY-MM-DDTHH:MM:SSZ',
    },
  )
}
