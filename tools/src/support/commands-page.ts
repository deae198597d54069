import {
  type CommandAvailability,
  type CommandFacts,
  commands,
  type Platform,
  platforms,
  type Requirements,
} from '@edict/catalogue'
import { destructiveCommands } from '@edict/core'
import { code, table, toHeading } from './markdown.ts'
import { ANY, lifetimes, NONE, versionHeads, versions } from './marks.ts'
import { page } from './page.ts'

/** Every MDM command: first all of them, then each by itself. */
export function commandsPage(): string {
  const all = [...commands.values()]
  return page('Commands', [
    table(
      ['command', ...platforms, 'cannot be taken back'],
      all.map(({ requestType, availability }) => [
        toHeading(requestType),
        ...lifetimes(availability),
        destructiveCommands.has(requestType) ? 'yes' : '',
      ]),
    ),
    'What cannot be taken back is sent once and for an hour, unless somebody says otherwise: see `docs/commands.md`.',
    '## Each command',
    ...all.flatMap(({ requestType, availability }) => [
      `### ${code(requestType)}`,
      details(availability),
      ...warning(requestType),
    ]),
  ])
}

function warning(requestType: string): readonly string[] {
  const found = destructiveCommands.get(requestType)
  return found === undefined ? [] : [`Cannot be taken back: it ${found.harm}.`]
}

const heads = ['supervised', 'automated enrollment', 'user enrollment', 'channels', 'Shared iPad', 'access right']

function details(availability: CommandFacts['availability']): string {
  const rows = platforms.flatMap((platform) => {
    const here = availability[platform]
    return here === undefined ? [] : [[platform, ...versions(here), ...requirements(platform, here)]]
  })
  return table(['platform', ...versionHeads, ...heads], rows)
}

function requirements(platform: Platform, here: CommandAvailability): readonly string[] {
  return [
    needed(here.supervised),
    needed(here.requiresDEP),
    here.userEnrollment ?? ANY,
    channels(here),
    platform === 'iOS' ? sharedIPad(here) : NONE,
    here.accessRight ?? ANY,
  ]
}

function needed(required: boolean | undefined): string {
  return required === undefined ? ANY : required ? 'required' : 'not needed'
}

/** A channel that the schema does not name is not forbidden; when it names one, that is what it says. */
function channels({ deviceChannel, userChannel }: Pick<Requirements, 'deviceChannel' | 'userChannel'>): string {
  if (deviceChannel === undefined && userChannel === undefined) return ANY
  const named = [...(deviceChannel === true ? ['device'] : []), ...(userChannel === true ? ['user'] : [])]
  return named.length === 0 ? 'none' : named.join(', ')
}

function sharedIPad({ sharedIPad: there }: Requirements): string {
  if (there === undefined) return ANY
  const { mode = ANY } = there
  return mode === 'forbidden' ? mode : `${mode}: ${channels(there)}`
}
