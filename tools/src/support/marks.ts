import { type ByPlatform, type Lifetime, platforms } from '@edict/catalogue'

/** Stands where a platform does not have something, or a version is not there. */
export const NONE = '–'

/** Stands where Apple's schema says nothing, so that nothing is restricted. */
export const ANY = 'any'

/** When a platform has something, in one cell. */
export function lifetime(found: Lifetime | undefined): string {
  if (found === undefined) return NONE
  const { introduced, deprecated, removed } = found
  return [
    introduced,
    ...(deprecated === undefined ? [] : [`deprecated ${deprecated}`]),
    ...(removed === undefined ? [] : [`removed ${removed}`]),
  ].join(', ')
}

/** A row of cells, one for each platform. */
export function lifetimes(availability: ByPlatform<Lifetime>): readonly string[] {
  return platforms.map((platform) => lifetime(availability[platform]))
}

/** A list of the schema: absent it restricts nothing, empty it forbids. */
export function list(words: readonly string[] | undefined): string {
  if (words === undefined) return ANY
  return words.length === 0 ? 'none' : words.join(', ')
}

export function versions({ introduced, deprecated, removed }: Lifetime): readonly string[] {
  return [introduced, deprecated ?? NONE, removed ?? NONE]
}

export const versionHeads = ['introduced', 'deprecated', 'removed'] as const
