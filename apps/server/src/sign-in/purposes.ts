import type { EnrollmentError } from '@edict/protocol'
import { giveAutomatedProfile } from '../operations/give-automated-profile.ts'
import { grantAccess } from '../operations/grant-access.ts'
import type { Services } from '../services.ts'
import type { Purpose, SignedIn } from './purpose.ts'

/** How a sign-in ends. */
export type Finished =
  | { readonly kind: 'redirect'; readonly location: string }
  | { readonly kind: 'profile'; readonly profile: Uint8Array }
  | { readonly kind: 'refused'; readonly error: EnrollmentError }

type Uses = Pick<Services, 'store' | 'trust' | 'reach' | 'now' | 'newId'>

interface Rules<P extends Purpose> {
  /**
   * Whether the browser must bring the cookie that it was given with the page, so that nobody can end a sign-in that another one
   * began. Not where a web view may lose cookies.
   */
  readonly keepsCookies: boolean
  /** Where its form may lead to beside this server, for Content-Security-Policy. */
  readonly leadsTo?: string
  /** Null where devices could not find this server. */
  finish(purpose: P, who: SignedIn, services: Uses): Promise<Finished | null>
}

/** Scheme and place of the URL that an authentication session of Apple's ends with; only the system opens it. */
const RESULTS_SCHEME = 'apple-remotemanagement-user-login:'
const RESULTS = `${RESULTS_SCHEME}//authentication-results`

/** What each purpose comes to; a new one does not compile until it is here. */
const purposes: { readonly [Kind in Purpose['kind']]: Rules<Extract<Purpose, { kind: Kind }>> } = {
  account: {
    keepsCookies: true,
    leadsTo: RESULTS_SCHEME,
    finish: async ({ mode }, who, services) => {
      const token = await grantAccess({ ...who, mode }, services)
      return { kind: 'redirect', location: `${RESULTS}?access-token=${token}` }
    },
  },
  automated: {
    // The state in the page is all that a web view brings for sure, and only the device was shown it.
    keepsCookies: false,
    finish: (device, _who, services) => giveAutomatedProfile(device, services),
  },
}

/** What a purpose comes to. */
export function rulesOf<P extends Purpose>({ kind }: P): Rules<P> {
  return purposes[kind] as unknown as Rules<P>
}
