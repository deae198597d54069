import { refused } from '../answered.ts'
import type { Check } from '../check.ts'
import type { Exchange } from '../exchange.ts'

/** Whoever may send what they like may fill the memory. */
export const bodyTooLarge: Check<Exchange> = {
  code: 'body-too-large',
  group: 'refusals',
  severity: 'warning',
  must: 'a body of 64 MiB is refused, and not read for ever',
  source: 'RFC 9110 §15.5.14',
  ask: async (exam) => {
    await exam.session()
    const pieces = function* () {
      yield HEAD
      for (let left = BLANKS; left > 0; left -= 1) yield BLANK
      yield TAIL
    }
    return exam.pour('a check-in of 64 MiB', pieces, HEAD.length + BLANKS * BLANK.length + TAIL.length)
  },
  judge: (exchange) => {
    const { came, failure } = exchange
    // Who hangs up has refused it too.
    if (came === null) return /^E(?:CONNRESET|PIPE)$/.test(failure ?? '') ? [] : refused(exchange)
    return refused(exchange)
  },
}

const text = new TextEncoder()
const HEAD = text.encode('<?xml version="1.0" encoding="UTF-8"?><plist version="1.0"><dict>')
const BLANK = new Uint8Array(64 * 1024).fill(0x20)
const BLANKS = 1024
const TAIL = text.encode('<key>MessageType</key><string>CheckOut</string></dict></plist>')
