import { compareVersions, type DeclarationType, type StatusItemName } from '@edict/catalogue'
import type { Json, JsonObject } from '@edict/protocol'
import { buildVersion } from '../build-version.ts'
import type { App } from '../content/app.ts'
import { downloadFailed, type PackageState, packageList } from '../content/declared-package.ts'
import { isA } from '../declaration/is-a.ts'
import type { Identity } from '../identity.ts'
import { textAt } from '../json-object.ts'
import { isCompliant, type ModelState } from '../model-state.ts'
import { seededUUID } from '../seeded.ts'
import type { Traits } from '../traits.ts'
import { accountList, isAccountItem } from './account-list.ts'
import type { InForce } from './in-force.ts'

/** Everything status items speak of, for one channel. */
export interface Subject {
  readonly seed: string
  readonly traits: Traits
  readonly identity: Identity
  readonly model: ModelState
  readonly pushToken: string | null
  readonly pushMagic: string | null
  readonly clientCapabilities: JsonObject
  /** Of the status item `management.declarations`. */
  declarations(): JsonObject
  configurations(): readonly InForce[]
  /** Passcode policies in force on the whole device. */
  policies(): readonly string[]
  /** Apps that declarations ask for. */
  readonly declaredApps: ReadonlyMap<string, App>
  /** What manifests of configurations led to. */
  readonly packages: ReadonlyMap<string, PackageState>
}

type Read = (subject: Subject) => Json | undefined

const enforcement: DeclarationType = 'com.apple.configuration.softwareupdate.enforcement.specific'

const items: ReadonlyMap<string, Read> = new Map<StatusItemName, Read>([
  ['device.identifier.serial-number', ({ identity }) => identity.serialNumber ?? undefined],
  ['device.identifier.udid', ({ identity }) => identity.udid ?? undefined],
  ['device.model.family', ({ traits }) => traits.modelFamily],
  ['device.model.identifier', ({ identity }) => identity.productName],
  ['device.model.marketing-name', ({ traits }) => traits.marketingName],
  ['device.model.number', ({ traits }) => traits.modelNumber],
  ['device.operating-system.family', ({ traits }) => traits.osFamily],
  ['device.operating-system.version', ({ model }) => model.osVersion],
  ['device.operating-system.build-version', ({ model }) => osBuild(model)],
  ['device.operating-system.marketing-name', ({ traits, model }) => `${traits.osFamily} ${model.osVersion}`],
  ['device.operating-system.supplemental.build-version', ({ model }) => osBuild(model)],
  ['device.operating-system.supplemental.extra-version', () => ''],
  ['device.power.battery-health', ({ model }) => model.battery.health],
  ['diskmanagement.filevault.enabled', ({ model }) => model.fileVault],
  ['management.client-capabilities', ({ clientCapabilities }) => clientCapabilities],
  ['management.declarations', (subject) => subject.declarations()],
  ['passcode.is-present', ({ model }) => model.passcode.present],
  ['passcode.is-compliant', (subject) => isCompliant(subject.model.passcode, subject.policies())],
  ['mdm.app', ({ model }) => [...model.apps.values()].map((app) => appObject(app, String(app.externalVersionId)))],
  [
    'app.managed.list',
    ({ declaredApps }) => [...declaredApps.values()].map((app) => appObject(app, app.externalVersionId)),
  ],
  ['mdm.enrollment-type', enrollmentType],
  ['mdm.is-awaiting-configuration', ({ model }) => model.awaitingConfiguration],
  ['mdm.is-return-to-service', () => false],
  ['mdm.is-shared-ipad', ({ traits }) => traits.sharedIPad],
  ['mdm.push-magic', ({ pushMagic }) => pushMagic ?? undefined],
  [
    'mdm.push-token',
    ({ pushToken }) => (pushToken === null ? undefined : Buffer.from(pushToken, 'hex').toString('base64')),
  ],
  ['package.list', ({ configurations, packages }) => packageList(configurations(), packages)],
  ['screensharing.connection.group.unresolved-connection', () => []],
  ['security.certificate.list', certificates],
  ['security.lockdown-mode', () => false],
  ['services.background-task', () => []],
  ['softwareupdate.device-id', ({ identity }) => `${identity.productName}AP`],
  ['softwareupdate.beta-enrollment', ({ model }) => changeable('softwareupdate.beta-enrollment', model)],
  ['softwareupdate.pending-version', pendingVersion],
  ['softwareupdate.install-reason', installReason],
])

const usual: ReadonlyMap<string, Json> = new Map<StatusItemName, Json>([
  ['softwareupdate.install-state', 'none'],
  ['softwareupdate.beta-enrollment', ''],
  ['test.string-value', 'test'],
  ['test.boolean-value', true],
  ['test.integer-value', 1],
  ['test.real-value', 1.5],
  ['test.array-value', [{ key1: 'value1' }, { key1: 'value2' }]],
  ['test.dictionary-value', { key1: 'value1' }],
])

/** The value of a status item, as a full report has it; undefined when the device has none. */
export function statusValue(item: string, subject: Subject): Json | undefined {
  const read = items.get(item)
  if (read !== undefined) return read(subject)
  if (isAccountItem(item)) return accountList(item, subject.configurations(), subject.seed)
  return changeable(item, subject.model)
}

/** Values that the model can be told; null is one that was taken away. */
function changeable(item: string, { softwareUpdate, testValues }: ModelState): Json | undefined {
  const told = softwareUpdate.get(item) ?? testValues.get(item)
  return told === undefined && !softwareUpdate.has(item) && !testValues.has(item)
    ? usual.get(item)
    : (told ?? undefined)
}

export function osBuild({ build, osVersion }: ModelState): string {
  return build ?? buildVersion(osVersion)
}

function enrollmentType({ traits, identity }: Subject): string {
  if (traits.enrollment === 'user') return 'user'
  return identity.supervised ? 'supervised' : 'device'
}

function appObject(app: App, externalVersionId: Json): JsonObject {
  return {
    identifier: app.bundleId,
    ...(app.declaration === null ? {} : { 'declaration-identifier': app.declaration }),
    name: app.name,
    'external-version-id': externalVersionId,
    version: app.version,
    'short-version': app.shortVersion,
    state: app.state,
    ...(app.declaration !== null && app.state === 'failed' ? { reasons: [reasonOf(app)] } : {}),
  }
}

function reasonOf({ failedAt }: App): JsonObject {
  return failedAt === undefined ? { code: 'Error.UserRejected' } : downloadFailed(failedAt)
}

function certificates(subject: Subject): Json {
  return subject.configurations().flatMap(({ identifier, declaration, asset }) => {
    const reference = textAt(declaration.Payload, 'CredentialAssetReference')
    const data = reference === undefined ? undefined : asset(reference)?.certificate
    if (!isA(declaration, 'com.apple.configuration.security.certificate') || data === undefined) return []
    return {
      identifier: seededUUID(subject.seed, 'certificate', identifier),
      'declaration-identifier': identifier,
      'subject-summary': identifier,
      'is-identity': false,
      data,
    }
  })
}

/** The update that is enforced next: the newest of those asked for, as long as it is newer than what runs. */
function enforced(subject: Subject): InForce | undefined {
  const target = ({ declaration }: InForce): string => textAt(declaration.Payload, 'TargetOSVersion') ?? '0'
  return subject
    .configurations()
    .filter(({ declaration }) => declaration.Type === enforcement)
    .filter((update) => compareVersions(target(update), subject.model.osVersion) > 0)
    .sort((a, b) => compareVersions(target(b), target(a)))[0]
}

function pendingVersion(subject: Subject): Json | undefined {
  const update = enforced(subject)
  if (update === undefined) return changeable('softwareupdate.pending-version', subject.model)
  const { Payload } = update.declaration
  const version = textAt(Payload, 'TargetOSVersion') ?? ''
  const at = textAt(Payload, 'TargetLocalDateTime')
  return {
    'os-version': version,
    'build-version': textAt(Payload, 'TargetBuildVersion') ?? buildVersion(version),
    ...(at === undefined ? {} : { 'target-local-date-time': at }),
  }
}

function installReason(subject: Subject): Json | undefined {
  const update = enforced(subject)
  if (update === undefined) return changeable('softwareupdate.install-reason', subject.model)
  return { reason: ['declaration'], 'declaration-id': update.identifier }
}
