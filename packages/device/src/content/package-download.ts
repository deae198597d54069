import { createHash } from 'node:crypto'
import type { Answer, OctetRange } from '../transport.ts'
import type { PackageHashes, PackageManifest } from './package-manifest.ts'

/** Gets octets of a URL; null when there was no answer. */
export type GetOctets = (url: string, range?: OctetRange) => Promise<Answer | null>

export type PackageOutcome =
  | { readonly kind: 'whole' }
  | { readonly kind: 'problem'; readonly problem: string; readonly mayRecover: boolean }

const whole: PackageOutcome = { kind: 'whole' }

/**
 * Downloads a package and looks at its hashes, keeping nothing of it. Chunk by chunk where there are hashes of chunks: then one that
 * is not as it should be is asked for once more.
 *
 * @param byRanges false: all is asked for at once
 */
export async function downloadPackage(
  { url, hashes }: PackageManifest,
  get: GetOctets,
  byRanges: boolean,
): Promise<PackageOutcome> {
  if (hashes === null || hashes.chunk === null || !byRanges) return atOnce(url, hashes, get)
  for (const [index, hash] of hashes.hashes.entries()) {
    const range = { start: index * hashes.chunk, end: (index + 1) * hashes.chunk - 1 }
    const isLast = index === hashes.hashes.length - 1
    const first = await chunk(url, range, isLast, { ...hashes, hashes: [hash] }, get)
    if (first === 'all') return atOnce(url, hashes, get)
    const found = first === 'other' ? await chunk(url, range, isLast, { ...hashes, hashes: [hash] }, get) : first
    if (found === 'other' || found === 'all')
      return problem(`Chunk ${index + 1} of the package is not as its hash says`)
    if (found !== 'right') return found
  }
  return whole
}

/** `all`: the server sends no parts. `other`: the hash is another. */
async function chunk(
  url: string,
  range: OctetRange,
  isLast: boolean,
  hashes: PackageHashes,
  get: GetOctets,
): Promise<'right' | 'other' | 'all' | PackageOutcome> {
  const answer = await get(url, range)
  if (answer?.status === 200) return 'all'
  if (answer?.status !== 206) return unanswered(answer)
  const all = Number(/\/(\d+)$/.exec(answer.headers['content-range'] ?? '')?.[1])
  if (isLast && all > range.end + 1) return problem('The package has more octets than hashes')
  return isAsSaid(answer.body, hashes) ? 'right' : 'other'
}

async function atOnce(url: string, hashes: PackageHashes | null, get: GetOctets): Promise<PackageOutcome> {
  const answer = await get(url)
  if (answer?.status !== 200) return unanswered(answer)
  if (hashes === null || isAsSaid(answer.body, hashes)) return whole
  return problem('The package is not as its hashes say')
}

function isAsSaid(octets: Uint8Array, { algorithm, chunk: size, hashes }: PackageHashes): boolean {
  const each = size ?? Math.max(octets.length, 1)
  const chunks = Math.max(1, Math.ceil(octets.length / each))
  return (
    chunks === hashes.length &&
    hashes.every((hash, index) => {
      const part = octets.subarray(index * each, (index + 1) * each)
      return createHash(algorithm).update(part).digest('hex') === hash
    })
  )
}

function unanswered(answer: Answer | null): PackageOutcome {
  if (answer === null) return { kind: 'problem', problem: 'The network connection was lost', mayRecover: true }
  return { ...problem(`The package has HTTP status ${answer.status}`), mayRecover: answer.status >= 500 }
}

function problem(text: string): PackageOutcome & { readonly kind: 'problem' } {
  return { kind: 'problem', problem: text, mayRecover: false }
}
