import { type CommandResult, isPlistDict, type PlistDict, type PlistValue } from '@edict/protocol'
import type { QueuedCommand } from '../command/command.ts'
import type { Instant } from '../instant.ts'
import { type App, appGone, appSaid } from './app.ts'

type Answered = (known: readonly App[], command: PlistDict, result: CommandResult, at: Instant) => readonly App[]

const answers: ReadonlyMap<string, Answered> = new Map<string, Answered>([
  ['InstallApplication', installAnswered],
  ['InstalledApplicationList', installedListed],
  ['ManagedApplicationList', managedListed],
  ['RemoveApplication', removeAnswered],
])

/** Whether the answer to a command says something about apps. */
export function tellsOfApps(RequestType: string): boolean {
  return answers.has(RequestType)
}

/** The apps of a channel after the answer to a command; the same ones when it says nothing about apps. */
export function appsAnswered(
  known: readonly App[],
  { command }: Pick<QueuedCommand, 'command'>,
  result: CommandResult,
  at: Instant,
): readonly App[] {
  return answers.get(command.RequestType)?.(known, command, result, at) ?? known
}

/** @see apple:mdm/commands/application.install.yaml (responsekeys) */
function installAnswered(
  known: readonly App[],
  command: PlistDict,
  { Status, ErrorChain = [], response }: CommandResult,
  at: Instant,
): readonly App[] {
  const identifier = text(response.Identifier) ?? text(command.Identifier)
  if (identifier === null || Status === 'NotNow') return known
  const reason = text(response.RejectionReason) ?? ErrorChain[0]?.LocalizedDescription ?? null
  const state = text(response.State)
  if (state === null && Status === 'Acknowledged') return known
  const there = known.some((app) => app.identifier === identifier && app.managedBy === 'declaration')
  // What a declaration manages a command cannot touch: its refusal says nothing about that app.
  if (there && state === null) return known
  return appSaid(known, {
    identifier,
    managedBy: 'command',
    state: state === null ? 'failed' : stateWord(state),
    at,
    reasons: reason === null ? [] : [reason],
  })
}

/** The list is of apps that commands manage; with `Identifiers` it is of some of them. */
function managedListed(known: readonly App[], command: PlistDict, result: CommandResult, at: Instant): readonly App[] {
  const list = result.response.ManagedApplicationList
  if (!isPlistDict(list)) return known
  const gone = known.filter(
    ({ identifier, managedBy }) =>
      managedBy === 'command' && !Object.hasOwn(list, identifier) && isAsked(command, identifier),
  )
  const left = gone.reduce((apps, { identifier }) => appGone(apps, identifier), known)
  return Object.entries(list).reduce((apps, [identifier, entry]) => {
    const state = isPlistDict(entry) ? text(entry.Status) : null
    return state === null ? apps : appSaid(apps, { identifier, managedBy: 'command', state: stateWord(state), at })
  }, left)
}

/** What is on the device, managed or not: it tells versions, and which apps there are that nobody manages. */
function installedListed(
  known: readonly App[],
  command: PlistDict,
  { response }: CommandResult,
  at: Instant,
): readonly App[] {
  const list = response.InstalledApplicationList
  if (!Array.isArray(list)) return known
  const listed = new Map(
    list.flatMap((entry): [string, PlistDict][] =>
      isPlistDict(entry) && typeof entry.Identifier === 'string' ? [[entry.Identifier, entry]] : [],
    ),
  )
  const gone = known.filter(
    ({ identifier, managedBy }) => managedBy === null && !listed.has(identifier) && isAsked(command, identifier),
  )
  const left = gone.reduce((apps, { identifier }) => appGone(apps, identifier), known)
  return [...listed].reduce((apps, [identifier, entry]) => {
    const before = apps.find((app) => app.identifier === identifier)
    return appSaid(apps, {
      identifier,
      managedBy: before?.managedBy ?? null,
      state: before?.managedBy == null ? 'installed' : before.state,
      reasons: before?.reasons ?? [],
      at: before?.at ?? at,
      name: text(entry.Name) ?? before?.name ?? null,
      version: text(entry.Version) ?? before?.version ?? null,
      shortVersion: text(entry.ShortVersion) ?? before?.shortVersion ?? null,
    })
  }, left)
}

function removeAnswered(known: readonly App[], { Identifier }: PlistDict, { Status }: CommandResult): readonly App[] {
  if (Status !== 'Acknowledged' || typeof Identifier !== 'string') return known
  return known.filter(({ identifier, managedBy }) => identifier !== Identifier || managedBy === 'declaration')
}

function isAsked({ Identifiers, ManagedAppsOnly }: PlistDict, identifier: string): boolean {
  if (ManagedAppsOnly === true) return false
  return !Array.isArray(Identifiers) || Identifiers.length === 0 || Identifiers.includes(identifier)
}

/** `ManagedButUninstalled` is `managed-but-uninstalled` in status items. */
function stateWord(state: string): string {
  return state.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()
}

function text(value: PlistValue | undefined): string | null {
  return typeof value === 'string' ? value : null
}
