import type { EnrolledAccount } from '@edict/core'
import type { JsonText } from './tables.ts'

/** The column `account` of what is for an account-driven enrollment: null for everything else. */
export function accountColumn({ account }: { readonly account?: EnrolledAccount }): JsonText | null {
  return account === undefined ? null : JSON.stringify(account)
}

/** What such a row says of the account: nothing, or whose it is. */
export function accountIn({ account }: { readonly account: JsonText | null }): { readonly account?: EnrolledAccount } {
  return account === null ? {} : { account: JSON.parse(account) as EnrolledAccount }
}
