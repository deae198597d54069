import type { StatusItemName } from '@edict/catalogue'
import { isJsonObject, type Json } from '@edict/protocol'
import type { Instant } from '../instant.ts'
import { type App, appGone, appSaid } from './app.ts'

/** Status items that list apps, and what manages those in them. */
export const appItems: ReadonlyMap<string, 'declaration' | 'command'> = new Map<
  StatusItemName,
  'declaration' | 'command'
>([
  ['app.managed.list', 'declaration'],
  ['mdm.app', 'command'],
])

/**
 * The apps of a channel after a status report. An app that is not in the list any more is gone.
 *
 * @param item `mdm.app` or `app.managed.list`; any other changes nothing
 * @param value all that is known of the item, not only what was reported this time
 */
export function appsReported(known: readonly App[], item: string, value: Json, at: Instant): readonly App[] {
  const managedBy = appItems.get(item)
  if (managedBy === undefined) return known
  const listed = (Array.isArray(value) ? (value as readonly Json[]) : []).flatMap((entry) => {
    const identifier = isJsonObject(entry) ? entry.identifier : undefined
    return isJsonObject(entry) && typeof identifier === 'string' ? [{ entry, identifier }] : []
  })
  const here = new Set(listed.map(({ identifier }) => identifier))
  const gone = known.filter((app) => app.managedBy === managedBy && !here.has(app.identifier))
  const left = gone.reduce((apps, { identifier }) => appGone(apps, identifier), known)
  return listed.reduce((apps, { entry, identifier }) => {
    const state = text(entry.state) ?? 'unknown'
    const said = {
      identifier,
      managedBy,
      state,
      at,
      reasons: reasonsIn(entry.reasons),
      name: text(entry.name),
      version: text(entry.version),
      shortVersion: text(entry['short-version']),
      declaration: text(entry['declaration-identifier']),
    }
    const before = apps.find((app) => app.identifier === identifier)
    return before?.managedBy === managedBy && before.state === state
      ? appSaid(apps, { ...said, at: before.at })
      : appSaid(apps, said)
  }, left)
}

function reasonsIn(value: Json | undefined): readonly string[] {
  if (!Array.isArray(value)) return []
  return (value as readonly Json[]).flatMap((reason) =>
    isJsonObject(reason) && typeof reason.code === 'string' ? [reason.code] : [],
  )
}

function text(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null
}
