/** Apple's operating systems as the schema names them; iPadOS counts as iOS. */
export const platforms = ['iOS', 'macOS', 'tvOS', 'visionOS', 'watchOS'] as const

export type Platform = (typeof platforms)[number]
