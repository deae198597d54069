import { commandPayload } from '@edict/catalogue'
import { type PlistDict, PlistReal, type PlistValue } from '@edict/protocol'
import { isCompliant } from '../../model-state.ts'
import { seededHex, seededUUID } from '../../seeded.ts'
import { osBuild } from '../../status/values.ts'
import { acknowledged } from '../command-answer.ts'
import type { Answer, CommandSubject } from '../command-subject.ts'
import { hasPart } from '../has-command.ts'

const queries = commandPayload('DeviceInformation')?.keys?.Queries?.item?.choices ?? {}

/** What the device does not have it leaves out. @see apple:mdm/commands/information.device.yaml */
export const deviceInformation: Answer = ({ Queries }, subject) => {
  const known = {
    ...hardware(subject),
    ...software(subject),
    ...network(subject),
    ...management(subject),
    ...shared(subject),
  }
  const asked = Array.isArray(Queries) ? Queries : Object.keys(known)
  const responses: Record<string, PlistValue> = {}
  for (const query of asked) {
    const value = typeof query === 'string' && Object.hasOwn(known, query) ? known[query] : null
    if (typeof query === 'string' && value != null && isHere(query, subject)) responses[query] = value
  }
  return acknowledged({ QueryResponses: responses })
}

/** Words that the schema does not list are the simulation's own. */
function isHere(query: string, subject: CommandSubject): boolean {
  const choice = Object.hasOwn(queries, query) ? queries[query] : undefined
  return choice?.availability === undefined || hasPart('DeviceInformation', choice.availability, subject)
}

type Known = Readonly<Record<string, PlistValue | null>>

function hardware({ traits, identity, model, seed }: CommandSubject): Known {
  const mac = traits.platform === 'macOS'
  return {
    UDID: identity.udid,
    ProvisioningUDID: identity.udid,
    SerialNumber: identity.serialNumber,
    ModelName: traits.modelFamily,
    Model: traits.modelNumber,
    ModelNumber: traits.modelNumber,
    ProductName: identity.productName,
    IsAppleSilicon: mac ? true : null,
    SupportsiOSAppInstalls: mac ? true : null,
    SupportsLOMDevice: mac ? false : null,
    HasBattery: traits.platform !== 'tvOS',
    BatteryLevel: new PlistReal(model.battery.level),
    DeviceCapacity: new PlistReal(128),
    AvailableDeviceCapacity: new PlistReal(64),
    SoftwareUpdateDeviceID: `${identity.productName}AP`,
    DeviceID: traits.platform === 'tvOS' ? seededUUID(seed, 'device-id') : null,
  }
}

function software({ traits, identity, model, policies }: CommandSubject): Known {
  const { deviceName, hostName, timeZone, settings } = model.commanded
  const name = deviceName ?? identity.deviceName
  const host = hostName ?? `${name.replace(/ /g, '-').toLowerCase()}.local`
  const mac = traits.platform === 'macOS'
  return {
    DeviceName: name,
    HostName: host,
    LocalHostName: mac ? host.replace(/\.local$/, '') : null,
    OSVersion: model.osVersion,
    BuildVersion: osBuild(model),
    SupplementalBuildVersion: osBuild(model),
    TimeZone: timeZone ?? 'Europe/London',
    SystemIntegrityProtectionEnabled: mac ? true : null,
    iTunesStoreAccountIsActive: false,
    IsDoNotDisturbInEffect: false,
    IsDeviceLocatorServiceEnabled: false,
    IsCloudBackupEnabled: false,
    DiagnosticSubmissionEnabled: isOn(settings.DiagnosticSubmission),
    AppAnalyticsEnabled: isOn(settings.AppAnalytics),
    PasscodePresent: model.passcode.present,
    PasscodeCompliant: isCompliant(model.passcode, policies()),
  }
}

function network({ traits, model, seed }: CommandSubject): Known {
  const phone = traits.modelFamily === 'iPhone'
  const { settings } = model.commanded
  return {
    WiFiMAC: mac(seed, 'wifi'),
    BluetoothMAC: mac(seed, 'bluetooth'),
    EthernetMAC: traits.platform === 'macOS' || traits.platform === 'tvOS' ? mac(seed, 'ethernet') : null,
    CellularTechnology: phone ? 1 : 0,
    DataRoamingEnabled: phone ? isOn(settings.DataRoaming) : null,
    VoiceRoamingEnabled: phone ? isOn(settings.VoiceRoaming) : null,
    PersonalHotspotEnabled: phone ? isOn(settings.PersonalHotspot) : null,
    IsNetworkTethered: false,
    IsRoaming: phone ? false : null,
    ServiceSubscriptions: phone ? [] : null,
  }
}

function management({ traits, identity, model, pushToken, seed }: CommandSubject): Known {
  const { accounts, settings, lostMode } = model.commanded
  const admins = accounts?.AutoSetupAdminAccounts
  const organization = settings.OrganizationInfo?.OrganizationInfo
  return {
    IsSupervised: identity.supervised,
    IsMultiUser: traits.sharedIPad,
    AwaitingConfiguration: model.awaitingConfiguration,
    IsMDMLostModeEnabled: lostMode !== null,
    IsActivationLockSupported: true,
    IsActivationLockEnabled: false,
    PushToken: pushToken === null ? null : new Uint8Array(Buffer.from(pushToken, 'hex')),
    OrganizationInfo: typeof organization === 'object' && organization !== null ? (organization as PlistDict) : null,
    MDMOptions: {},
    PINRequiredForEraseDevice: traits.platform === 'macOS' ? false : null,
    PINRequiredForDeviceLock: traits.platform === 'macOS' ? true : null,
    EACSPreflight: traits.platform === 'macOS' ? 'success' : null,
    AutoSetupAdminAccounts: Array.isArray(admins)
      ? admins.map((admin) => {
          const shortName = String((admin as { readonly shortName?: unknown }).shortName)
          return { GUID: seededUUID(seed, 'admin', shortName), shortName }
        })
      : null,
  }
}

function shared({ traits, model, users }: CommandSubject): Known {
  if (!traits.sharedIPad) return {}
  const given = model.commanded.settings.SharedDeviceConfiguration ?? {}
  const number = (key: string, usual: number) => (typeof given[key] === 'number' ? given[key] : usual)
  return {
    MaximumResidentUsers: 32,
    EstimatedResidentUsers: 10,
    ResidentUsers: users().length,
    QuotaSize: number('QuotaSize', 2048),
    UserSessionTimeout: number('UserSessionTimeout', 0),
    TemporarySessionTimeout: number('TemporarySessionTimeout', 0),
    TemporarySessionOnly: given.TemporarySessionOnly === true,
    SkipLanguageAndLocaleSetupForNewUsers: given.SkipLanguageAndLocaleSetupForNewUsers === true,
  }
}

function isOn(setting: { readonly Enabled?: unknown } | undefined): boolean {
  return setting?.Enabled === true
}

function mac(seed: string, what: string): string {
  return (seededHex(seed, what).slice(0, 10).match(/../g) ?? [])
    .reduce((text, octet) => `${text}:${octet}`, '02')
    .toLowerCase()
}
