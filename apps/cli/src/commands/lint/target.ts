import { nearest, type Platform, platforms } from '@edict/catalogue'
import type { Target } from '@edict/core'
import { UsageError } from '../../failure.ts'

type Trait = Partial<Target>

/** What may follow the platform. */
const traits: Readonly<Record<string, Trait>> = {
  supervised: { enrollment: 'supervised', supervised: true },
  unsupervised: { enrollment: 'device', supervised: false },
  'user-enrollment': { enrollment: 'user', supervised: false },
  'device-channel': { channel: 'device' },
  'user-channel': { channel: 'user' },
  'shared-ipad': { sharedIPad: true, enrollment: 'supervised', supervised: true },
}

const FORM = `expected a platform with a version and traits, as in iOS:18.1,supervised (traits: ${Object.keys(traits).join(', ')})`

/**
 * Reads `iOS:18.1,supervised` or `macOS:15,user-channel`. Without a version any is meant, without traits the device channel of
 * a device of which nobody knows whether it is supervised.
 *
 * @throws UsageError
 */
export function readTarget(text: string): Target {
  const [system = '', ...words] = text.split(',').map((word) => word.trim())
  const [name = '', version] = system.split(':')
  const platform = platformNamed(name)
  if (platform === undefined) {
    const near = nearest(name, platforms)
    throw new UsageError(
      `Cannot use --target ${text}: there is no platform ${name}`,
      near === undefined ? FORM : `perhaps ${near} was meant; ${FORM}`,
    )
  }
  if (version !== undefined && !/^\d{1,4}(?:\.\d{1,4}){0,3}$/.test(version)) {
    throw new UsageError(`Cannot use --target ${text}: ${version || 'nothing'} is no version`, FORM)
  }
  const any: Target = {
    channel: 'device',
    platform,
    osVersion: version ?? null,
    enrollment: 'device',
    supervised: null,
    sharedIPad: false,
  }
  return Object.assign({}, any, ...words.map((word) => traitNamed(word, text)))
}

function platformNamed(name: string): Platform | undefined {
  const letters = name.toLowerCase()
  return letters === 'ipados' ? 'iOS' : platforms.find((platform) => platform.toLowerCase() === letters)
}

function traitNamed(word: string, text: string): Trait {
  const trait = Object.hasOwn(traits, word.toLowerCase()) ? traits[word.toLowerCase()] : undefined
  if (trait === undefined) throw new UsageError(`Cannot use --target ${text}: ${word || 'nothing'} is no trait`, FORM)
  return trait
}
