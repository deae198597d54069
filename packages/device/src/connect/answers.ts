import { commands, compareVersions, type RequestType } from '@edict/catalogue'
import { type Command, isPlistDict, type PlistDict, PlistReal, type PlistValue } from '@edict/protocol'
import { type App, isOnDevice } from '../content/app.ts'
import type { Profile } from '../content/profile.ts'
import { DeviceError } from '../device-error.ts'
import type { Identity } from '../identity.ts'
import { isCompliant, type ModelState } from '../model-state.ts'
import { osBuild } from '../status/values.ts'
import type { Traits } from '../traits.ts'
import { acknowledged, type CommandAnswer, refused, unknownCommand } from './command-answer.ts'

/** What commands ask about, and do. */
export interface CommandSubject {
  readonly traits: Traits
  readonly identity: Identity
  readonly model: ModelState
  readonly kind: 'device' | 'user'
  policies(): readonly string[]
  /** Profiles that configurations installed, on this channel. */
  profiles(): readonly Profile[]
  /** All apps that this channel manages. */
  apps(): readonly App[]
  declarativeManagement(data: Uint8Array | undefined): void
  /** Null when no app can be made out of the command. */
  installApplication(command: PlistDict): Promise<App | null>
  removeApplication(bundleId: string): boolean
  deviceConfigured(): void
  /** Erases the device, with the command's ReturnToService if it has one. */
  erase(returnToService: PlistDict | null): void
  /**
   * Gets the identity that a new enrollment profile speaks of; what it gives puts the profile in the place of the one installed.
   * Rejects with DeviceError when it may not take that place, or there is no identity to be had.
   */
  replaceEnrollment(profile: Uint8Array): Promise<() => void>
}

type Answer = (command: Command['Command'], subject: CommandSubject) => CommandAnswer | Promise<CommandAnswer>

// Apple does not list its codes: this says that the reason is the simulation's own.
const ownDomain = 'EdictDeviceErrorDomain'

const answers: ReadonlyMap<string, Answer> = new Map<RequestType, Answer>([
  ['DeclarativeManagement', declarativeManagement],
  ['DeviceInformation', (command, subject) => acknowledged({ QueryResponses: deviceInformation(command, subject) })],
  ['InstallApplication', installApplication],
  ['RemoveApplication', removeApplication],
  ['ManagedApplicationList', managedApplicationList],
  ['InstalledApplicationList', installedApplicationList],
  ['ProfileList', (_command, subject) => acknowledged({ ProfileList: subject.profiles().map(listedProfile) })],
  [
    'DeviceConfigured',
    (_command, subject) => ({ ...emptyAcknowledgement, afterwards: () => subject.deviceConfigured() }),
  ],
  ['UserConfigured', () => acknowledged()],
  ['InstallProfile', installProfile],
  ['EraseDevice', eraseDevice],
  ['DeviceLock', () => acknowledged({ MessageResult: 'Success' })],
  ['SecurityInfo', (_command, subject) => acknowledged({ SecurityInfo: securityInfo(subject) })],
])

const emptyAcknowledgement = { Status: 'Acknowledged', response: {} } as const

/** The answer to a command that the device does not refuse for the moment. */
export async function answerCommand(command: Command['Command'], subject: CommandSubject): Promise<CommandAnswer> {
  const { RequestType } = command
  const answer = answers.get(RequestType)
  if (answer === undefined || !hasCommand(RequestType, subject)) return unknownCommand(RequestType)
  const { supervised } = commands.get(RequestType)?.availability[subject.traits.platform] ?? {}
  if (supervised === true && !subject.identity.supervised) return refused(ownDomain, 3, 'The device is not supervised')
  return answer(command, subject)
}

/** Whether this channel has a command, by what the schema says about it. */
function hasCommand(RequestType: string, { traits, model, kind }: CommandSubject): boolean {
  const { platform, enrollment, sharedIPad } = traits
  const facts = commands.get(RequestType)?.availability[platform]
  if (facts === undefined || compareVersions(model.osVersion, facts.introduced) < 0) return false
  if (enrollment === 'user' && facts.userEnrollment === 'forbidden') return false
  if (sharedIPad && facts.sharedIPad?.mode === 'forbidden') return false
  // iOS 15 had declarative management in user enrollments only.
  const early = RequestType === 'DeclarativeManagement' && platform === 'iOS' && enrollment === 'device'
  if (early && compareVersions(model.osVersion, '16') < 0) return false
  const channels = sharedIPad ? { ...facts, ...facts.sharedIPad } : facts
  return (kind === 'device' ? channels.deviceChannel : channels.userChannel) !== false
}

function declarativeManagement({ Data }: PlistDict, subject: CommandSubject): CommandAnswer {
  const data = Data instanceof Uint8Array ? Data : undefined
  return { ...emptyAcknowledgement, afterwards: () => subject.declarativeManagement(data) }
}

function deviceInformation({ Queries }: PlistDict, { traits, identity, model, policies }: CommandSubject): PlistDict {
  const known: Readonly<Record<string, PlistValue | null>> = {
    UDID: identity.udid,
    SerialNumber: identity.serialNumber,
    DeviceName: identity.deviceName,
    HostName: `${identity.deviceName.replace(/ /g, '-').toLowerCase()}.local`,
    OSVersion: model.osVersion,
    BuildVersion: osBuild(model),
    SupplementalBuildVersion: osBuild(model),
    ModelName: traits.modelFamily,
    Model: traits.modelNumber,
    ModelNumber: traits.modelNumber,
    ProductName: identity.productName,
    IsSupervised: identity.supervised,
    IsAppleSilicon: traits.platform === 'macOS' ? true : null,
    IsMultiUser: traits.sharedIPad,
    AwaitingConfiguration: model.awaitingConfiguration,
    BatteryLevel: new PlistReal(model.battery.level),
    DeviceCapacity: new PlistReal(128),
    AvailableDeviceCapacity: new PlistReal(64),
    PasscodePresent: model.passcode.present,
    PasscodeCompliant: isCompliant(model.passcode, policies()),
  }
  const asked = Array.isArray(Queries) ? Queries : Object.keys(known)
  const responses: Record<string, PlistValue> = {}
  for (const query of asked) {
    const value = typeof query === 'string' && Object.hasOwn(known, query) ? known[query] : null
    if (typeof query === 'string' && value != null) responses[query] = value
  }
  return responses
}

/** Only the enrollment profile: it is how identities are renewed. Other profiles come by declarations here. */
async function installProfile({ Payload }: PlistDict, subject: CommandSubject): Promise<CommandAnswer> {
  if (!(Payload instanceof Uint8Array)) return refused(ownDomain, 4, 'There is no profile in the command')
  try {
    return { ...emptyAcknowledgement, afterwards: await subject.replaceEnrollment(Payload) }
  } catch (error) {
    if (error instanceof DeviceError) return refused(ownDomain, 5, error.message)
    throw error
  }
}

/** The answer leaves first: afterwards there is nobody to give it. */
function eraseDevice({ ReturnToService }: PlistDict, subject: CommandSubject): CommandAnswer {
  const configuration = isPlistDict(ReturnToService) ? ReturnToService : null
  return { ...emptyAcknowledgement, afterwards: () => subject.erase(configuration) }
}

async function installApplication(command: PlistDict, subject: CommandSubject): Promise<CommandAnswer> {
  const app = await subject.installApplication(command)
  if (app === null) return refused(ownDomain, 1, 'The app cannot be made out')
  return acknowledged({ Identifier: app.bundleId, State: commandState(app) })
}

function removeApplication({ Identifier }: PlistDict, subject: CommandSubject): CommandAnswer {
  if (typeof Identifier === 'string' && subject.removeApplication(Identifier)) return acknowledged()
  return refused(ownDomain, 2, 'The app is not managed')
}

function managedApplicationList({ Identifiers }: PlistDict, subject: CommandSubject): CommandAnswer {
  const list: Record<string, PlistValue> = {}
  for (const app of subject.apps()) {
    if (Array.isArray(Identifiers) && !Identifiers.includes(app.bundleId)) continue
    list[app.bundleId] = {
      Status: commandState(app),
      ManagementFlags: 0,
      UnusedRedemptionCode: '',
      HasConfiguration: false,
      HasFeedback: false,
      IsValidated: true,
      ExternalVersionIdentifier: app.externalVersionId,
    }
  }
  return acknowledged({ ManagedApplicationList: list })
}

function installedApplicationList({ Identifiers }: PlistDict, subject: CommandSubject): CommandAnswer {
  const apps = subject
    .apps()
    .filter((app) => isOnDevice(app) && (!Array.isArray(Identifiers) || Identifiers.includes(app.bundleId)))
  return acknowledged({
    InstalledApplicationList: apps.map((app) => ({
      Identifier: app.bundleId,
      Name: app.name,
      Version: app.version,
      ShortVersion: app.shortVersion,
      ExternalVersionIdentifier: app.externalVersionId,
      Installing: false,
      ...(app.declaration === null ? {} : { Source: 'Declarative Device Management' }),
    })),
  })
}

function listedProfile(profile: Profile): PlistDict {
  return {
    PayloadIdentifier: profile.identifier,
    PayloadUUID: profile.uuid,
    PayloadVersion: profile.version,
    ...(profile.displayName === null ? {} : { PayloadDisplayName: profile.displayName }),
    PayloadContent: profile.payloads.map((PayloadType) => ({ PayloadType })),
    IsManaged: true,
    Source: 'Declarative Device Management',
  }
}

function securityInfo({ traits, model, policies }: CommandSubject): PlistDict {
  const compliant = isCompliant(model.passcode, policies())
  return {
    ...(traits.platform === 'macOS' ? { FDE_Enabled: model.fileVault } : { HardwareEncryptionCaps: 3 }),
    PasscodePresent: model.passcode.present,
    PasscodeCompliant: compliant,
    PasscodeCompliantWithProfiles: compliant,
    ManagementStatus: {
      EnrolledViaDEP: traits.enrollment === 'device',
      UserApprovedEnrollment: true,
      IsUserEnrollment: traits.enrollment === 'user',
    },
  }
}

/** `managed-but-uninstalled` is `ManagedButUninstalled` in commands. */
function commandState({ state }: App): string {
  return state
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
}
