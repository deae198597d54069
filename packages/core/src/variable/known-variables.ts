import { readKeyVariable } from '../content/content-key.ts'

/** Facts of an enrollment that a variable can stand for: what each is, and why an enrollment may be without it. */
export const particularNames = {
  'account.managed-apple-account': 'nobody signed in to enroll it',
  'account.name': 'nobody signed in to enroll it',
  'device.model': 'the device did not say it',
  'device.name': 'the device did not say it',
  'device.product-name': 'the device did not say it',
  'device.serial-number': 'the device did not say it, as none does that a person enrolled as their own',
  'device.udid': 'a device that a person enrolled as their own does not say it',
  'enrollment.id': 'it has always one',
  'user.long-name': 'it is not the channel of a user, or the device did not say it',
  'user.short-name': 'it is not the channel of a user, or the device did not say it',
} as const satisfies Readonly<Record<string, string>>

export type ParticularName = keyof typeof particularNames

/** Whether a variable stands for a fact of the enrollment. */
export function isParticular(name: string): name is ParticularName {
  return Object.hasOwn(particularNames, name)
}

const PROPERTY = 'property.'

/** The longest name of a variable. */
const LONGEST = 256

/** The name of the property that a variable stands for; undefined when it stands for something else. */
export function propertyOf(name: string): string | undefined {
  if (!name.startsWith(PROPERTY) || name.length === PROPERTY.length || name.length > LONGEST) return undefined
  return name.slice(PROPERTY.length)
}

/** Whether there is such a variable. The keys of hosted content are some that nobody has to write. */
export function isKnownVariable(name: string): boolean {
  return isParticular(name) || propertyOf(name) !== undefined || readKeyVariable(name) !== undefined
}
