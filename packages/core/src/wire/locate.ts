import { jsonPlaces, type Offsets } from './json-places.ts'
import { type Place, placesOf } from './place.ts'
import { parentOf } from './pointer.ts'

/** The place of what a JSON pointer points to (of its key, if asked so), or of what should hold it. */
export type Locate = (pointer: string, atKey?: boolean) => Place | undefined

/** Places in a text of which the offsets are read when the first one is asked for. */
export function locatorOf(text: string, read: () => ReadonlyMap<string, Offsets>): Locate {
  const place = placesOf(text)
  let offsets: ReadonlyMap<string, Offsets> | undefined
  return (pointer, atKey = false) => {
    offsets ??= read()
    for (let at: string | undefined = pointer; at !== undefined; at = parentOf(at)) {
      const found = offsets.get(at)
      if (found !== undefined) return place(atKey && at === pointer ? (found.key ?? found.value) : found.value)
    }
    return undefined
  }
}

/** Places in JSON text. */
export function jsonLocator(text: string): Locate {
  return locatorOf(text, () => jsonPlaces(text))
}
