import type { createColors } from 'picocolors'

/** What colours text, or leaves it as it is. */
export type Colours = ReturnType<typeof createColors>
