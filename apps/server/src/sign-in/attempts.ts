import { callerOf } from '../scep/caller-of.ts'
import { createFailureLimit } from '../scep/failure-limit.ts'
import { maximumName } from './account-name.ts'

/** An account is guessed at from anywhere; a school signs in from one address. */
const ACCOUNT = { burst: 10, forgivenAfter: 30_000, remembered: 10_000 }
const CALLER = { burst: 50, forgivenAfter: 2000, remembered: 10_000 }

/** Makes whoever fails to sign in again and again wait, by account and by address. */
export interface Attempts {
  /** Milliseconds until this account may be tried from this address; 0 when now. Null: one that is not known yet. */
  waitOf(account: string | null, address: string, now: number): number
  failed(account: string | null, address: string, now: number): void
}

/** Accounts that do not exist count as well, so that waiting tells nothing. */
export function createAttempts(): Attempts {
  const [accounts, callers] = [createFailureLimit(ACCOUNT), createFailureLimit(CALLER)]
  return {
    waitOf: (account, address, now) =>
      Math.max(
        account === null ? 0 : accounts.waitOf(remembered(account), now),
        callers.waitOf(callerOf(address), now),
      ),
    failed: (account, address, now) => {
      if (account !== null) accounts.failed(remembered(account), now)
      callers.failed(callerOf(address), now)
    },
  }
}

/** Of what is longer than any name, no more than a name is kept. */
function remembered(account: string): string {
  return account.slice(0, maximumName)
}
