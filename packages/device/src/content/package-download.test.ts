import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Answer } from '../transport.ts'
import { downloadPackage, type GetOctets } from './package-download.ts'
import type { PackageManifest } from './package-manifest.ts'

const url = 'https://apps.example.org/tool.pkg'
const facts = { bundleId: 'com.example.tool', version: '1', title: 'Tool' }
const octets = Buffer.from('0123456789')
const digest = (part: Uint8Array) => createHash('sha256').update(part).digest('hex')

function manifestOf(whole: Uint8Array, chunk: number): PackageManifest {
  const parts = Array.from({ length: Math.max(1, Math.ceil(whole.length / chunk)) }, (_, index) =>
    digest(whole.subarray(index * chunk, (index + 1) * chunk)),
  )
  return { facts, url, hashes: { algorithm: 'sha256', chunk, hashes: parts } }
}

/** A server that sends `whole`, in parts if it is asked to, and what `spoilt` makes of an answer. */
function serving(whole: Uint8Array, spoilt: (answer: Answer, count: number) => Answer | null = (answer) => answer) {
  const asked: (string | undefined)[] = []
  const get: GetOctets = async (_, range) => {
    asked.push(range === undefined ? undefined : `${range.start}-${range.end}`)
    const body = range === undefined ? whole : whole.subarray(range.start, range.end + 1)
    const headers: Record<string, string> =
      range === undefined ? {} : { 'content-range': `bytes ${range.start}-${range.end}/${whole.length}` }
    return spoilt({ status: range === undefined ? 200 : 206, headers, body }, asked.length)
  }
  return { get, asked }
}

describe('downloadPackage()', () => {
  it('asks for chunk after chunk, and for all where it may not or there are no chunks', async () => {
    const parts = serving(octets)
    expect(await downloadPackage(manifestOf(octets, 4), parts.get, true)).toEqual({ kind: 'whole' })
    expect(parts.asked).toEqual(['0-3', '4-7', '8-11'])
    const once = serving(octets)
    expect(await downloadPackage(manifestOf(octets, 4), once.get, false)).toEqual({ kind: 'whole' })
    expect(await downloadPackage({ facts, url, hashes: null }, once.get, true)).toEqual({ kind: 'whole' })
    expect(once.asked).toEqual([undefined, undefined])
  })

  it('asks once more for a chunk that is not as its hash says', async () => {
    const once = serving(octets, (answer, count) => (count === 2 ? { ...answer, body: Buffer.from('9999') } : answer))
    expect(await downloadPackage(manifestOf(octets, 4), once.get, true)).toEqual({ kind: 'whole' })
    expect(once.asked).toEqual(['0-3', '4-7', '4-7', '8-11'])
    const always = serving(Buffer.from('0123x56789'))
    const problem = 'Chunk 2 of the package is not as its hash says'
    expect(await downloadPackage(manifestOf(octets, 4), always.get, true)).toMatchObject({ problem, mayRecover: false })
  })

  it('takes all of it from a server that sends no parts', async () => {
    const { get, asked } = serving(octets)
    const whole: GetOctets = (at) => get(at)
    expect(await downloadPackage(manifestOf(octets, 4), whole, true)).toEqual({ kind: 'whole' })
    expect(asked).toHaveLength(2)
  })

  it.each([
    ['more octets than hashes', Buffer.from('01234567890123')],
    ['fewer octets', Buffer.from('01234567')],
  ])('is not content with %s, in parts or at once', async (_, other) => {
    for (const byRanges of [true, false])
      expect(await downloadPackage(manifestOf(octets, 4), serving(other).get, byRanges)).toMatchObject({
        kind: 'problem',
      })
  })

  it('may recover from no answer and from a server in trouble, not from what it refuses', async () => {
    const answered = async (answer: Answer | null) => downloadPackage(manifestOf(octets, 4), async () => answer, true)
    expect(await answered(null)).toMatchObject({ kind: 'problem', mayRecover: true })
    const status = (code: number) => ({ status: code, headers: {}, body: new Uint8Array() })
    expect(await answered(status(503))).toMatchObject({ kind: 'problem', mayRecover: true })
    expect(await answered(status(404))).toMatchObject({ kind: 'problem', mayRecover: false })
  })

  it('finds any octet that is another, and nothing else', async () => {
    const some = fc.uint8Array({ minLength: 1, maxLength: 40 })
    await fc.assert(
      fc.asyncProperty(some, fc.integer({ min: 1, max: 12 }), fc.nat(), fc.boolean(), async (whole, size, at, by) => {
        expect(await downloadPackage(manifestOf(whole, size), serving(whole).get, by)).toEqual({ kind: 'whole' })
        const other = whole.map((octet, index) => (index === at % whole.length ? octet ^ 1 : octet))
        expect(await downloadPackage(manifestOf(whole, size), serving(other).get, by)).toMatchObject({
          kind: 'problem',
        })
      }),
    )
  })
})
