import { Type } from 'typebox'
import { Moment } from './values.ts'

/** What somebody types to sign in; compared without regard to capitals. */
export const AccountName = Type.String({ minLength: 1, maxLength: 256 })

/** Its length is checked by who keeps it, so that no problem document repeats it. */
const Password = Type.String({ description: 'From 8 characters to 1024 octets; it is told to nobody' })

export const AccountBody = Type.Object(
  {
    name: AccountName,
    managedAppleAccount: Type.Optional(
      Type.String({ minLength: 1, maxLength: 256, description: 'What stands in its profiles; the name when absent' }),
    ),
    password: Password,
  },
  { additionalProperties: false },
)

export const PasswordBody = Type.Object({ password: Password }, { additionalProperties: false })

/** Somebody who signs in at this server. */
export const Account = Type.Object({
  name: AccountName,
  managedAppleAccount: Type.String(),
  madeAt: Moment,
  passwordAt: Moment,
})

/** How many access tokens were revoked. */
export const SignedOut = Type.Object({ account: AccountName, tokens: Type.Integer({ minimum: 0 }) })

/** Who signed in for an account-driven enrollment. */
export const EnrolledAccount = Type.Object({
  name: AccountName,
  managedAppleAccount: Type.String(),
  mode: Type.Enum(['byod', 'adde']),
})
