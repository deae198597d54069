import type { Place } from './place.ts'

/** Shows an error or problem in its source: the message, the line, and a caret under the place. */
export function formatError(_source: string, _error: { readonly message: string; readonly at: Place }): string {
  throw new Error('Cannot format error: not built yet')
}
