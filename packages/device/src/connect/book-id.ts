import type { PlistDict } from '@edict/protocol'

/** What a command calls a book: by its number in the store, its persistent id, or where it comes from. */
export function bookId({ iTunesStoreID, PersistentID, MediaURL }: PlistDict): string | null {
  if (typeof iTunesStoreID === 'number' || typeof iTunesStoreID === 'string') return String(iTunesStoreID)
  if (typeof PersistentID === 'string') return PersistentID
  return typeof MediaURL === 'string' ? MediaURL : null
}
