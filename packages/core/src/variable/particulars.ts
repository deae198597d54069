import { canonical, sha256 } from '../canonical.ts'
import type { Enrollment } from '../enrollment/enrollment.ts'
import type { ParticularName } from './known-variables.ts'

/**
 * What variables say of one enrollment, apart from its properties: known from Authenticate, TokenUpdate and the sign-in, and
 * seldom another. What is not known is not in it. Content-addressed by its token.
 */
export type Particulars = { readonly [Name in ParticularName]?: string }

/** A longer text is what no device says of itself. */
const LONGEST = 1024

/** The particulars of a channel. A user channel has those of its device, and its user's. */
export function particularsOf({ id, device, channel, shape, facts, ...rest }: Subject): Particulars {
  const isUser = channel === 'user'
  const said: { readonly [Name in ParticularName]: string | undefined } = {
    'account.managed-apple-account': rest.account?.managedAppleAccount,
    'account.name': rest.account?.name,
    'device.model': facts.model,
    'device.name': facts.deviceName,
    'device.product-name': facts.productName,
    'device.serial-number': facts.serialNumber,
    'device.udid': shape === 'user-enrollment' || shape === 'user-enrollment-user' ? undefined : device,
    'enrollment.id': id,
    'user.long-name': isUser ? rest.userLongName : undefined,
    'user.short-name': isUser ? rest.userName : undefined,
  }
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined && isUsable(value)))
}

type Subject = Pick<
  Enrollment,
  'id' | 'device' | 'channel' | 'shape' | 'facts' | 'userName' | 'userLongName' | 'account'
>

/** The token of an enrollment's particulars: SHA-256 hex over their canonical text. */
export function particularsToken(particulars: Particulars): string {
  return sha256(canonical(particulars))
}

/** What a device says goes into what is hashed and sent: half a surrogate pair has no canonical form. */
function isUsable(value: string): boolean {
  return value !== '' && value.length <= LONGEST && value.isWellFormed()
}
