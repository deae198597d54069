import type { Command } from 'commander'
import { type Cli, type Session, serverAction } from '../session.ts'

const PAGE = 1000

export function exportEnrollments(noun: Command, cli: Cli): void {
  const command = noun
    .command('export')
    .description('print enrollments as import takes them, one a line, without secrets')
  serverAction(command, cli, exportAll)
}

async function exportAll(session: Session): Promise<void> {
  let cursor: string | null = null
  do {
    const query: { limit: number; cursor?: string } = { limit: PAGE, ...(cursor === null ? {} : { cursor }) }
    const page = await session.client.call('export-enrollments', { query })
    for (const row of page.items) session.output.jsonLine(row)
    cursor = page.next
  } while (cursor !== null)
}
