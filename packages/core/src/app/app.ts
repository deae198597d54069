import type { Instant } from '../instant.ts'

/** An app of one channel, as the device last said, by status or by the answer to a command. */
export interface App {
  /** Its bundle identifier. */
  readonly identifier: string
  /** What manages it; null for one that is there and not managed. */
  readonly managedBy: 'declaration' | 'command' | null
  /** In the words of status items, such as `managed-but-uninstalled`; those of commands are turned into them. */
  readonly state: string
  readonly name: string | null
  readonly version: string | null
  readonly shortVersion: string | null
  /** The configuration that asks for it. */
  readonly declaration: string | null
  /** Why it is not there, in Apple's words. */
  readonly reasons: readonly string[]
  readonly at: Instant
  /** The last state that devices tell only once. */
  readonly once: { readonly state: string; readonly reasons: readonly string[]; readonly at: Instant } | null
}

/**
 * States that a device tells once and then forgets.
 *
 * @see apple:mdm/commands/application.managed.list.yaml (Status)
 */
const toldOnce: ReadonlySet<string> = new Set([
  'user-installed-app',
  'user-rejected',
  'update-rejected',
  'management-rejected',
  'failed',
])

function isToldOnce(state: string): boolean {
  return toldOnce.has(state)
}

/** What was just said of an app; what it does not say stays as it was known. */
export type AppSaid = Pick<App, 'identifier' | 'managedBy' | 'state' | 'at'> & Partial<App>

/** The apps of a channel once more was said of one of them. */
export function appSaid(known: readonly App[], said: AppSaid): readonly App[] {
  const before = known.find(({ identifier }) => identifier === said.identifier)
  const nothing = { name: null, version: null, shortVersion: null, declaration: null }
  const { state, at, reasons = [] } = said
  const once = isToldOnce(state) && before?.state !== state ? { state, reasons, at } : (before?.once ?? null)
  const app: App = { ...nothing, ...before, ...said, reasons, once }
  return [...known.filter((other) => other !== before), app].sort((a, b) => (a.identifier < b.identifier ? -1 : 1))
}

/** The apps without one that is gone. What a device tells only once is kept: it does not list such an app again. */
export function appGone(known: readonly App[], identifier: string): readonly App[] {
  return known.filter((app) => app.identifier !== identifier || isToldOnce(app.state))
}
