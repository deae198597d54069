import type {
  Availability,
  ByPlatform,
  CommandAvailability,
  EnrollmentKind,
  KeyAvailability,
  Lifetime,
  Mode,
  Platform,
  Requirements,
  Scope,
  SharedIPadRequirements,
} from '@edict/catalogue'
import { Attributes } from './attributes.ts'
import { given } from './given.ts'
import { listOf, oneOf, type Read, text, truth, version } from './read-values.ts'
import { SchemaError, type SchemaPlace } from './schema-error.ts'

// Of the catalogue only types are used in this folder: its tables may be missing or broken when they are made.
const platforms: readonly Platform[] = ['iOS', 'macOS', 'tvOS', 'visionOS', 'watchOS']
const mode = oneOf<Mode>('allowed', 'required', 'forbidden', 'ignored')
const scopes = listOf(oneOf<Scope>('system', 'user'))
const enrollments = listOf(oneOf<EnrollmentKind>('supervised', 'device', 'user', 'local'))

/** One platform's entry, everything it can say; `n/a` when it says that the platform does not have it. */
type Entry = 'n/a' | { readonly [K in keyof Everything]: Everything[K] | undefined }
type Everything = Required<Omit<Availability, 'introduced'>> & { introduced: string } & Required<Requirements> & {
    accessRight: string
  }

/** `supportedOS` of a declaration or status item. */
export const availability: Read<ByPlatform<Availability>> = (value, at) =>
  byPlatform(value, at, (entry, at) =>
    given<Availability>({
      ...lifetime(entry, at),
      enrollments: entry.enrollments,
      scopes: entry.scopes,
      sharedIPadScopes: entry.sharedIPadScopes,
    }),
  )

/** `supportedOS` of a command or check-in. */
export const commandAvailability: Read<ByPlatform<CommandAvailability>> = (value, at) =>
  byPlatform(value, at, (entry, at) =>
    given<CommandAvailability>({ ...lifetime(entry, at), ...requirements(entry), accessRight: entry.accessRight }),
  )

/** `supportedOS` of a key: differences only. */
export const keyAvailability: Read<KeyAvailability> = (value, at) => {
  const changes: { [P in Platform]?: 'n/a' | Partial<Availability & Requirements> } = {}
  for (const [platform, entry] of entries(value, at)) {
    changes[platform] = entry === 'n/a' ? entry : given<Partial<Availability & Requirements>>(without(entry))
  }
  return changes
}

function byPlatform<A>(
  value: unknown,
  at: SchemaPlace,
  make: (entry: Exclude<Entry, 'n/a'>, at: SchemaPlace) => A,
): ByPlatform<A> {
  const found: { [P in Platform]?: A } = {}
  for (const [platform, entry, place] of entries(value, at)) if (entry !== 'n/a') found[platform] = make(entry, place)
  return found
}

function entries(value: unknown, at: SchemaPlace): [Platform, Entry, SchemaPlace][] {
  const attributes = new Attributes(value, at)
  const found = platforms.flatMap((platform): [Platform, Entry, SchemaPlace][] => {
    const entry = attributes.take(platform, (value, at) => ({ entry: read(value, at), at }))
    return entry === undefined ? [] : [[platform, entry.entry, entry.at]]
  })
  attributes.finish()
  return found
}

function read(value: unknown, at: SchemaPlace): Entry {
  const attributes = new Attributes(value, at)
  const introduced = attributes.take('introduced', text)
  if (introduced === 'n/a') return introduced
  const sharedIPad = attributes.take('sharedipad', readSharedIPad)
  const entry = {
    introduced: introduced === undefined ? undefined : version(introduced, at),
    deprecated: attributes.take('deprecated', version),
    removed: attributes.take('removed', version),
    enrollments: attributes.take('allowed-enrollments', enrollments),
    scopes: attributes.take('allowed-scopes', scopes),
    sharedIPadScopes: sharedIPad?.scopes,
    supervised: attributes.take('supervised', truth),
    requiresDEP: attributes.take('requiresdep', truth),
    deviceChannel: attributes.take('devicechannel', truth),
    userChannel: attributes.take('userchannel', truth),
    userEnrollment: attributes.take('userenrollment', readUserEnrollment),
    sharedIPad: sharedIPad?.requirements,
    accessRight: attributes.take('accessrights', text),
  }
  attributes.finish()
  return entry
}

function readUserEnrollment(value: unknown, at: SchemaPlace): Mode {
  const attributes = new Attributes(value, at)
  const found = attributes.need('mode', mode)
  attributes.skip('behavior')
  attributes.finish()
  return found
}

function readSharedIPad(value: unknown, at: SchemaPlace) {
  const attributes = new Attributes(value, at)
  const found = {
    scopes: attributes.take('allowed-scopes', scopes),
    requirements: given<SharedIPadRequirements>({
      mode: attributes.take('mode', mode),
      deviceChannel: attributes.take('devicechannel', truth),
      userChannel: attributes.take('userchannel', truth),
    }),
  }
  attributes.finish()
  return { ...found, requirements: Object.keys(found.requirements).length === 0 ? undefined : found.requirements }
}

function lifetime(entry: Exclude<Entry, 'n/a'>, at: SchemaPlace) {
  if (entry.introduced === undefined) throw new SchemaError('attribute-missing', at, undefined, 'introduced')
  return { introduced: entry.introduced, deprecated: entry.deprecated, removed: entry.removed } satisfies {
    [K in keyof Required<Lifetime>]: string | undefined
  }
}

function requirements(entry: Exclude<Entry, 'n/a'>) {
  return {
    supervised: entry.supervised,
    requiresDEP: entry.requiresDEP,
    deviceChannel: entry.deviceChannel,
    userChannel: entry.userChannel,
    userEnrollment: entry.userEnrollment,
    sharedIPad: entry.sharedIPad,
  }
}

/** Access rights of single keys say how a whole command's are to be read, not where the key exists. */
function without({ accessRight: _, ...rest }: Exclude<Entry, 'n/a'>) {
  return rest
}
