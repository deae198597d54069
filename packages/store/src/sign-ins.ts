import { run, type Session } from './dialect/dialect.ts'
import { prepared } from './prepared.ts'
import type { SignIn } from './store.ts'

const byState = prepared(({ db }, hash: string) => db.selectFrom('sign_ins').selectAll().where('state_hash', '=', hash))

export async function signIn(session: Session, stateHash: string): Promise<SignIn | undefined> {
  const [row] = await byState(session, stateHash)
  if (row === undefined) return undefined
  const { purpose, identifier, verifier, nonce } = row
  const browserHash = row.browser_hash
  return {
    stateHash,
    purpose: JSON.parse(purpose),
    identifier,
    browserHash,
    verifier,
    nonce,
    expiresAt: row.expires_at,
  }
}

export async function addSignIn(session: Session, added: SignIn): Promise<void> {
  const { stateHash, purpose, identifier, browserHash, verifier, nonce, expiresAt } = added
  const row = { state_hash: stateHash, purpose: JSON.stringify(purpose), identifier, browser_hash: browserHash }
  await run(session, session.db.insertInto('sign_ins').values({ ...row, verifier, nonce, expires_at: expiresAt }))
}

/** Whether it was there: of several that end it at once, on any node, one does. */
export async function endSignIn(session: Session, stateHash: string): Promise<boolean> {
  return (await run(session, session.db.deleteFrom('sign_ins').where('state_hash', '=', stateHash))) === 1
}

export async function forgetSignIns(session: Session, before: number): Promise<number> {
  return run(session, session.db.deleteFrom('sign_ins').where('expires_at', '<', before))
}
