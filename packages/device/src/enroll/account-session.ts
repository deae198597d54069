import type { Answer } from '../transport.ts'
import { signedIn } from './sign-in-challenge.ts'
import type { SignIn } from './way.ts'

/** As JSON. */
export interface SavedAccountSession {
  readonly identifier: string
  readonly token: string
}

/** The account that a device was enrolled with, and the access token that goes with each of its messages. */
export class AccountSession {
  readonly identifier: string
  readonly #signIn: SignIn | null
  #token: string
  /** Several channels may be told at once that the token is no longer good: the person signs in once. */
  #signingIn: Promise<boolean> | null = null

  /** `signIn` is null where nobody is there to sign in again. */
  constructor({ identifier, token }: SavedAccountSession, signIn: SignIn | null) {
    this.identifier = identifier
    this.#token = token
    this.#signIn = signIn
  }

  get authorization(): string {
    return `Bearer ${this.#token}`
  }

  save(): SavedAccountSession {
    return { identifier: this.identifier, token: this.#token }
  }

  /** After a 401: whether there is another token now than the one that was sent. */
  renew(answer: Answer, sent: string): Promise<boolean> {
    if (sent !== this.authorization) return Promise.resolve(true)
    this.#signingIn ??= this.#again(answer).finally(() => {
      this.#signingIn = null
    })
    return this.#signingIn
  }

  async #again(answer: Answer): Promise<boolean> {
    if (this.#signIn === null) return false
    try {
      this.#token = await signedIn(answer, this.identifier, this.#signIn)
      return true
    } catch {
      return false
    }
  }
}
