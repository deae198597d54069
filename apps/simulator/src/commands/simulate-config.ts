import { type DeviceKind, deviceKinds } from '@edict/device'
import { type Fault, faultOf } from '../apns/fault.ts'
import { countOption, OptionError, type OptionValues, switchOption, textOption, urlOption } from '../option.ts'
import { defaultMeetingPlace } from '../wake/meeting-place.ts'

/** What a simulation runs with, checked. */
export interface SimulateConfig {
  readonly server: string
  /** Link of an invitation. */
  readonly invitation: string | null
  /** Who signs in, for account-driven enrollment. */
  readonly account: AccountConfig | null
  /** Where they ask for their profile by themselves. */
  readonly automated: { readonly url: string; readonly awaits: boolean } | null
  /** File with the authority that stands for Apple. */
  readonly machineInfoCa: string | null
  /** Whether to tell serial numbers only. */
  readonly serials: boolean
  readonly keys: 'new' | 'related'
  readonly kind: DeviceKind
  readonly count: number
  readonly seed: string
  readonly osVersion: string | null
  readonly state: string | null
  readonly script: string | null
  readonly control: string
  readonly controlAnywhere: boolean
  /** Seconds. */
  readonly aggregate: number
  readonly enrollAtOnce: number
  readonly apns: ApnsConfig | null
  readonly meet: string
}

export interface AccountConfig {
  readonly identifier: string
  readonly passwordFile: string
}

export interface ApnsConfig {
  readonly listen: string
  readonly log: string | null
  readonly strict: boolean
  readonly fault: Fault | null
}

/** @throws OptionError which names the option, what was found and what would do */
export function readSimulateConfig(values: OptionValues): SimulateConfig {
  const invitation = urlOption(values, 'invitation')
  const account = accountIn(values)
  const automated = automatedIn(values)
  const serials = switchOption(values, 'serials')
  if ([invitation, account, automated].filter((way) => way != null).length > 1)
    throw new OptionError('Cannot enroll in more than one way: expected one of --invitation, --account and --automated')
  const link = invitation ?? automated?.url
  const server = urlOption(values, 'server') ?? originOf(link, account) ?? (serials ? 'http://127.0.0.1' : undefined)
  if (server === undefined)
    throw new OptionError('Cannot simulate: expected --server URL, such as http://127.0.0.1:8080')
  return {
    server,
    invitation: invitation ?? null,
    account,
    automated,
    machineInfoCa: textOption(values, 'machineInfoCa') ?? null,
    serials,
    keys: keysIn(textOption(values, 'keys') ?? 'new'),
    kind: kindIn(textOption(values, 'kind') ?? 'ipad'),
    count: countOption(values, 'count', { least: 1, most: 100_000, or: 1 }),
    seed: textOption(values, 'seed') ?? 'edict',
    osVersion: versionIn(textOption(values, 'osVersion')),
    state: textOption(values, 'state') ?? null,
    script: textOption(values, 'script') ?? null,
    control: textOption(values, 'control') ?? '127.0.0.1:0',
    controlAnywhere: switchOption(values, 'controlAnywhere'),
    aggregate: countOption(values, 'aggregate', { least: 0, most: 3600, or: 1 }),
    enrollAtOnce: countOption(values, 'enrollAtOnce', { least: 1, most: 1000, or: 16 }),
    apns: apnsIn(values),
    meet: textOption(values, 'meet') ?? defaultMeetingPlace(),
  }
}

/** Where they find the server when nobody said it: by the link, or by the domain of the account. */
function originOf(invitation: string | undefined, account: AccountConfig | null): string | undefined {
  if (invitation !== undefined) return new URL(invitation).origin
  return account === null ? undefined : `https://${account.identifier.slice(account.identifier.lastIndexOf('@') + 1)}`
}

function accountIn(values: OptionValues): AccountConfig | null {
  const [identifier, passwordFile] = [textOption(values, 'account'), textOption(values, 'passwordFile')]
  if (identifier === undefined && passwordFile === undefined) return null
  if (identifier === undefined || !/^.+@[^\s@]+$/.test(identifier))
    throw new OptionError(
      `Cannot use ${identifier ?? 'no account'} for account: expected somebody such as ada@school.example`,
    )
  if (passwordFile === undefined)
    throw new OptionError('Cannot sign in: expected --password-file FILE beside --account')
  return { identifier, passwordFile }
}

function automatedIn(values: OptionValues): SimulateConfig['automated'] {
  const url = urlOption(values, 'automated')
  if (url === undefined) return null
  if (textOption(values, 'machineInfoCa') === undefined)
    throw new OptionError('Cannot enroll by --automated: expected --machine-info-ca FILE beside it')
  const kind = textOption(values, 'kind') ?? 'ipad'
  if (kind === 'watch' || kind.startsWith('byod-'))
    throw new OptionError(`Cannot enroll ${kind} by --automated: its own way is another`)
  return { url, awaits: switchOption(values, 'await') }
}

function keysIn(text: string): SimulateConfig['keys'] {
  if (text === 'new' || text === 'related') return text
  throw new OptionError(`Cannot use ${text} for keys: expected new or related`)
}

function kindIn(text: string): DeviceKind {
  const kind = deviceKinds.find((one) => one === text)
  if (kind !== undefined) return kind
  throw new OptionError(`Cannot simulate ${text}: expected one of ${deviceKinds.join(', ')}`)
}

function versionIn(text: string | undefined): string | null {
  if (text === undefined || /^\d+(?:\.\d+){0,2}$/.test(text)) return text ?? null
  throw new OptionError(`Cannot use ${text} for osVersion: expected a version such as 26.4.2`)
}

function apnsIn(values: OptionValues): ApnsConfig | null {
  const listen = textOption(values, 'apns')
  const fault = textOption(values, 'apnsFault')
  if (listen === undefined) return null
  return {
    listen,
    log: textOption(values, 'apnsLog') ?? null,
    strict: switchOption(values, 'apnsStrict'),
    fault: fault === undefined ? null : faultOf(fault),
  }
}
