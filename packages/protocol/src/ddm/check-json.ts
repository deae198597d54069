import { ProtocolError } from '../errors.ts'
import { excerpt } from '../excerpt.ts'
import { maximumDepth } from '../limits.ts'

/**
 * Goes over JSON once without building anything: JSON.parse tells neither places nor rounded integers, and has no
 * bound on depth.
 * @throws {ProtocolError} with `at` the line and column
 */
export function checkJson(text: string, bigIntegers: 'refuse' | 'round'): void {
  let at = 0

  function skipSpace(): number {
    let index = at
    let code = text.charCodeAt(index)
    while (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) code = text.charCodeAt(++index)
    at = index
    return code
  }

  function value(depth: number): void {
    const code = skipSpace()
    if (code === 0x22) {
      string()
    } else if (code === 0x7b || code === 0x5b) {
      if (depth === maximumDepth) throw refuse('depth', `more than ${maximumDepth} containers inside each other`)
      if (code === 0x7b) object(depth + 1)
      else array(depth + 1)
    } else if (code === 0x2d || (code >= 0x30 && code <= 0x39)) {
      number()
    } else if (text.startsWith('true', at) || text.startsWith('null', at)) {
      at += 4
    } else if (text.startsWith('false', at)) {
      at += 5
    } else {
      throw unexpected('a value')
    }
  }

  function object(depth: number): void {
    at++
    if (skipSpace() === 0x7d) {
      at++
      return
    }
    for (;;) {
      if (skipSpace() !== 0x22) throw unexpected('a key in double quotes')
      string()
      if (skipSpace() !== 0x3a) throw unexpected('":"')
      at++
      value(depth)
      const code = skipSpace()
      if (code !== 0x2c && code !== 0x7d) throw unexpected('"," or "}"')
      at++
      if (code === 0x7d) return
    }
  }

  function array(depth: number): void {
    at++
    if (skipSpace() === 0x5d) {
      at++
      return
    }
    for (;;) {
      value(depth)
      const code = skipSpace()
      if (code !== 0x2c && code !== 0x5d) throw unexpected('"," or "]"')
      at++
      if (code === 0x5d) return
    }
  }

  function string(): void {
    let index = at + 1
    for (;;) {
      const code = text.charCodeAt(index)
      if (code === 0x22) break
      if (code >= 0x20 && code !== 0x5c) {
        index++
        continue
      }
      at = index
      if (code !== 0x5c) throw unexpected('the rest of the string')
      escapeSequence()
      index = at
    }
    at = index + 1
  }

  function escapeSequence(): void {
    const code = text.charCodeAt(at + 1)
    if (code === 0x75) {
      if (!/^[0-9A-Fa-f]{4}$/.test(text.slice(at + 2, at + 6))) throw unexpected('four hexadecimal digits')
      at += 6
    } else {
      if (Number.isNaN(code) || !'"\\/bfnrt'.includes(String.fromCharCode(code))) throw unexpected('an escape')
      at += 2
    }
  }

  function number(): void {
    const start = at
    if (text.charCodeAt(at) === 0x2d) at++
    if (text.charCodeAt(at) === 0x30) at++
    else digits()
    if (text.charCodeAt(at) === 0x2e) {
      at++
      digits()
    }
    if ((text.charCodeAt(at) | 0x20) === 0x65) {
      at++
      const sign = text.charCodeAt(at)
      if (sign === 0x2b || sign === 0x2d) at++
      digits()
    }
    if (at - start > 3) checkRange(start)
  }

  function digits(): void {
    const start = at
    for (;;) {
      const code = text.charCodeAt(at)
      if (!(code >= 0x30 && code <= 0x39)) break
      at++
    }
    if (at === start) throw unexpected('a digit')
  }

  function checkRange(start: number): void {
    const literal = text.slice(start, at)
    const parsed = Number(literal)
    if (!Number.isFinite(parsed)) {
      at = start
      throw refuse('number-range', `${excerpt(literal)} is beyond what a number holds`)
    }
    if (bigIntegers === 'refuse' && Number.isInteger(parsed) && !Number.isSafeInteger(parsed)) {
      at = start
      throw refuse('integer-range', `the integer ${excerpt(literal)} is beyond 2^53 and would be rounded`)
    }
  }

  function unexpected(expected: string): ProtocolError {
    const found = at >= text.length ? 'the end' : excerpt(text.slice(at, at + 12))
    return refuse('json', `${found} found, expected ${expected}`)
  }

  function refuse(code: string, complaint: string): ProtocolError {
    const before = text.slice(0, at)
    const line = before.split('\n').length
    const place = `line ${line}, column ${at - before.lastIndexOf('\n')}`
    return new ProtocolError(code, `Cannot read JSON: ${complaint} at ${place}`, { at: place, found: at })
  }

  value(0)
  skipSpace()
  if (at < text.length) throw unexpected('the end')
}
