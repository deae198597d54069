import type { EndpointResponse } from '@edict/api'
import type { Command } from 'commander'
import { UsageError } from '../failure.ts'
import { given } from '../given.ts'
import { type Cli, type Session, serverAction, text } from '../session.ts'

const PAGE = 1000

type Row = EndpointResponse<'export-enrollments'>['items'][number]

/** What a secret is called in a row. */
const keys = { 'unlock-token': 'UnlockToken', 'bootstrap-token': 'BootstrapToken' } as const

export function exportEnrollments(noun: Command, cli: Cli): void {
  const command = noun.command('export').description('print enrollments as import takes them, one a line')
  command.option('--secrets', 'with what devices have escrowed; the audit log has each that was read')
  command.option('--reason <text>', 'of --secrets, for the audit log')
  serverAction(command, cli, exportAll)
}

async function exportAll(session: Session): Promise<void> {
  const secrets = session.options.secrets === true
  const reason = text(session.options.reason)
  if (secrets && reason?.trim() === '') throw new UsageError('Cannot use an empty --reason: leave it out, or say why')
  let cursor: string | null = null
  do {
    const query: { limit: number; cursor?: string } = { limit: PAGE, ...(cursor === null ? {} : { cursor }) }
    const page: EndpointResponse<'export-enrollments'> = await session.client.call('export-enrollments', { query })
    for (const row of page.items) session.output.jsonLine(secrets ? await withSecrets(session, row, reason) : row)
    cursor = page.next
  } while (cursor !== null)
}

/** Only devices escrow; what is of an enrollment that is over is of no use elsewhere. */
async function withSecrets(session: Session, row: Row, reason: string | undefined): Promise<Row> {
  const id = row.UDID ?? row.EnrollmentID
  if (id === undefined || row.UserID !== undefined || row.EnrollmentUserID !== undefined) return row
  const { items } = await session.client.call('list-secrets', { params: { id } })
  const told: [string, string][] = []
  for (const { name, period, state } of items) {
    // An activation lock's bypass code is of the device, and nothing that another server takes over.
    if (state !== 'current' || name === 'activation-lock-bypass-code') continue
    const body = { period, ...given({ reason }) }
    const { value } = await session.client.call('read-secret', { params: { id, name }, body })
    told.push([keys[name], value])
  }
  return { ...row, ...Object.fromEntries(told) }
}
