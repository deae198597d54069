import { AdminError } from './problem.ts'

/** A page of a list that is in memory, by the key that its order is made of. */
export function pageOf<T>(
  all: readonly T[],
  key: (item: T) => string,
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit?: number | undefined },
): { readonly items: T[]; readonly next: string | null } {
  const after = decodeCursor(cursor)
  const start = after === null ? 0 : all.findIndex((item) => key(item) > after)
  const items = start < 0 ? [] : all.slice(start, start + limitOf(limit))
  const last = items.at(-1)
  const more = start >= 0 && start + items.length < all.length
  return { items, next: more && last !== undefined ? encodeCursor(key(last)) : null }
}

export function limitOf(limit: number | undefined): number {
  return limit ?? 100
}

export function encodeCursor(key: string): string {
  return Buffer.from(key, 'utf8').toString('base64url')
}

/**
 * The place in a list where a page begins; null at its beginning.
 * @throws AdminError when it is none that a page gave
 */
export function decodeCursor(cursor: string | undefined): string | null {
  if (cursor === undefined) return null
  if (!/^[A-Za-z0-9_-]*$/.test(cursor)) throw nobodys(cursor)
  return Buffer.from(cursor, 'base64url').toString('utf8')
}

/** As {@link decodeCursor}, of a list that is ordered by a number of its rows. */
export function decodeNumber(cursor: string | undefined): string | null {
  const number = decodeCursor(cursor)
  if (number !== null && !/^\d{1,15}$/.test(number)) throw nobodys(cursor)
  return number
}

function nobodys(cursor: string | undefined): AdminError {
  return new AdminError('request-malformed', 'Cannot read cursor: it is none that was given', {
    at: '/query/cursor',
    found: cursor,
    expected: 'next of the page before',
  })
}
