/** States of an app, in the words of `mdm.app` and `app.managed.list`. */
export type AppState =
  | 'optional'
  | 'queued'
  | 'prompting'
  | 'prompting-for-consent'
  | 'downloading'
  | 'installing'
  | 'managed'
  | 'managed-but-uninstalled'
  | 'user-rejected'
  | 'failed'

export interface App {
  readonly bundleId: string
  readonly name: string
  readonly version: string
  readonly shortVersion: string
  readonly externalVersionId: number
  readonly state: AppState
  /** When it goes on by itself, in milliseconds since 1970. */
  readonly proceedsAt: number | null
  /** The configuration that asks for it; null for one from InstallApplication. */
  readonly declaration: string | null
  /** When its download failed, in milliseconds since 1970; absent: it did not. */
  readonly failedAt?: number
}

/** The next step of an installation; other states wait for a person or are final. */
export function proceeded(app: App): App {
  if (app.state === 'queued') return { ...app, state: 'installing' }
  if (app.state === 'installing') return { ...app, state: 'managed', proceedsAt: null }
  return app
}

export function waitsForPerson({ state }: App): boolean {
  return state === 'prompting' || state === 'prompting-for-consent' || state === 'optional'
}

export function isOnDevice({ state }: App): boolean {
  return state === 'managed'
}

/** `com.apple.Pages` gives `Pages`. */
export function appName(bundleId: string): string {
  const last = bundleId.split('.').at(-1) ?? bundleId
  return last.charAt(0).toUpperCase() + last.slice(1)
}
