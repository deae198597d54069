import { PkiError, sealedUnder, sealPrivateKey } from '@edict/pki'
import type { SealedRow, Transaction } from '@edict/store'
import type { Services } from '../services.ts'
import { authorityLabel, openAuthority } from '../trust/authority.ts'
import { type MasterKeys, nameOf } from '../trust/master-keys.ts'
import { escrowSecret } from './escrow-secret.ts'
import { SERVER } from './secret-name.ts'

/** Values in one transaction. */
const BATCH = 100

/** Stands in the database from the first plain value that is sealed until nothing of them is left in its files. */
const UNWIPED = 'unwiped'

type Uses = Pick<Services, 'store' | 'now' | 'log' | 'escrow'>

/**
 * Brings everything under the present master key: what an earlier version wrote as it came, and what lies under the previous key. Each
 * batch is a transaction, so a start that is interrupted is gone on with by the next. Nodes that start together take turns.
 */
export async function sealAnew(keys: MasterKeys, services: Uses): Promise<void> {
  await sealPlain(services)
  if (keys.previous !== null) await leavePrevious(keys, nameOf(keys.previous), services)
  await warnOfOthers(keys, services)
}

/** What lay plain leaves traces in the files of a database until they are written anew. */
async function sealPlain(services: Uses): Promise<void> {
  const { store, now, log, escrow } = services
  const mark = async (tx: Transaction) =>
    escrowSecret(tx, { enrollment: SERVER, name: UNWIPED, period: 0, secret: new Uint8Array(), at: now() }, services)
  await inBatches(null, services, mark)
  if ((await store.read.secret(SERVER, UNWIPED)) === undefined) return
  try {
    await store.wipe()
  } catch (error) {
    log.warn(
      { err: error },
      'secrets are sealed, but the files of the database may still hold traces of them; tried again at next start',
    )
    return
  }
  await store.transaction(async (tx) => {
    await tx.lockRevision('update')
    if ((await tx.secret(SERVER, UNWIPED)) === undefined) return
    await tx.deleteSecret(SERVER, UNWIPED)
    await audit(tx, now(), 'seal-secrets', { to: escrow.under })
  })
  log.info({ under: escrow.under }, 'the secrets of an earlier version are sealed')
}

/** The authority comes last, in the transaction of the audit entry: so there is one, however often this was interrupted. */
async function leavePrevious(keys: MasterKeys, previous: string, services: Uses): Promise<void> {
  const { store, now, log, escrow } = services
  const { sealed, unopened } = await inBatches(previous, services)
  const authorities = await store.transaction(async (tx) => {
    await tx.lockRevision('update')
    const theirs = (await tx.everyAuthority()).filter(({ sealedKey }) => sealedUnder(sealedKey) === previous)
    for (const authority of theirs) {
      const { privateKey } = openAuthority(authority, keys)
      await tx.sealAuthorityAnew(authority, sealPrivateKey(privateKey, keys.present, authorityLabel(authority.id)))
    }
    if (theirs.length > 0) await audit(tx, now(), 'rotate-master-key', { from: previous, to: escrow.under })
    return theirs.length
  })
  const found = { previous, present: escrow.under, sealed, authorities }
  if (unopened === 0) log.info(found, 'nothing is left under the previous master key: it is needed no more')
  else
    log.error(
      { ...found, unopened },
      'what is left under the previous master key does not open under it: it is damaged',
    )
}

async function warnOfOthers({ present, previous }: MasterKeys, { store, log }: Uses): Promise<void> {
  const ours = [present, previous].flatMap((key) => (key === null ? [] : [nameOf(key)]))
  for (const { under, count } of await store.read.sealedCounts())
    if (under !== null && !ours.includes(under))
      log.error({ under, count }, 'secrets are sealed under a master key that this server does not have')
}

/** Seals anew what lies under a key, or plain. `first` is done in the transaction of the first batch. */
async function inBatches(
  under: string | null,
  { store, escrow, log }: Uses,
  first: (tx: Transaction) => Promise<void> = async () => {},
): Promise<{ readonly sealed: number; readonly unopened: number }> {
  const unopened = new Set<string>()
  let sealed = 0
  for (;;) {
    const done = await store.transaction(async (tx) => {
      await tx.lockRevision('update')
      const rows = (await tx.sealedRows(under, BATCH + unopened.size)).filter((row) => !unopened.has(nameOfRow(row)))
      if (rows.length > 0 && sealed === 0) await first(tx)
      const damaged: SealedRow[] = []
      for (const row of rows) {
        try {
          const secret = under === null ? row.value : escrow.open(row, row.value)
          await tx.sealAnew(row, escrow.seal(row, secret), escrow.under)
        } catch (error) {
          if (!(error instanceof PkiError)) throw error
          damaged.push(row)
        }
      }
      return { rows: rows.length, damaged }
    })
    if (done.rows === 0) return { sealed, unopened: unopened.size }
    sealed += done.rows - done.damaged.length
    for (const row of done.damaged) {
      unopened.add(nameOfRow(row))
      const { value: _value, ...place } = row
      log.error(place, 'a secret does not open under the key that it names')
    }
  }
}

function nameOfRow(row: SealedRow): string {
  return JSON.stringify(
    row.kind === 'secret' ? [row.enrollment, row.name, row.period] : [row.enrollment, row.CommandUUID],
  )
}

async function audit(
  tx: Transaction,
  at: number,
  action: string,
  detail: Readonly<Record<string, string>>,
): Promise<void> {
  await tx.addAudit({ at, actor: 'server', action, target: 'master-key', revision: 0, detail })
}
