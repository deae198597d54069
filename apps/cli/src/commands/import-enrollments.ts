import type { EndpointResponse } from '@edict/api'
import type { Command } from 'commander'
import { type JsonRow, jsonRows, textOf } from '../json-rows.ts'
import { type Cli, foundProblems, type Session, serverAction, show } from '../session.ts'

/** Rows a request, and characters. The server takes more, but enrolls nobody while it takes them. */
const BATCH = 250
const BATCH_SIZE = 8 * 1024 * 1024

type Answer = EndpointResponse<'import-enrollments'>['items'][number]
type Refusal = Omit<Answer, 'index' | 'result' | 'code'> & { readonly line: number; readonly code: string }

export function importEnrollments(noun: Command, cli: Cli): void {
  const command = noun.command('import').description('take over devices that another server enrolled')
  command.argument('<file>', 'a JSON array, or JSON Lines; - for standard input')
  command.option('--dry-run', 'say what would become of each row, and change nothing')
  command.option('--trust-first-contact', 'take devices without certificateHash: the first good certificate is theirs')
  command.option('--wake', 'push those that have not been heard of here')
  serverAction(command, cli, importFile)
}

async function importFile(session: Session, file = ''): Promise<void> {
  const total = { imported: 0, unchanged: 0, refused: 0 }
  const refusals: Refusal[] = []
  const refuse = (refusal: Refusal) => {
    total.refused += 1
    refusals.push(refusal)
    if (!session.json) session.output.line(refusalText(refusal))
  }
  for await (const batch of batches(jsonRows(textOf(file)))) {
    for (const row of batch)
      if ('flaw' in row) refuse({ line: row.line, enrollment: null, code: 'row-unreadable', detail: row.flaw })
    const rows = batch.filter((row) => 'value' in row)
    if (rows.length === 0) continue
    const answer = await session.client.call('import-enrollments', {
      body: { ...wish(session), rows: rows.map(({ value }) => value) },
    })
    total.imported += answer.imported
    total.unchanged += answer.unchanged
    for (const { index, result, code = 'refused', ...rest } of answer.items)
      if (result === 'refused') refuse({ line: rows[index]?.line ?? 0, code, ...rest })
    session.output.progress(`${total.imported + total.unchanged + total.refused} rows`)
  }
  session.output.progress(null)
  await show(session, { ...total, items: refusals }, () => session.output.line(totalText(session, total)))
  if (total.refused > 0) foundProblems(session)
}

function wish({ options }: Session) {
  return {
    ...(options.dryRun === true ? { dryRun: true } : {}),
    ...(options.trustFirstContact === true ? { trustFirstContact: true } : {}),
    ...(options.wake === true ? { wake: true } : {}),
  }
}

async function* batches(rows: AsyncIterable<JsonRow>): AsyncGenerator<readonly JsonRow[]> {
  let batch: JsonRow[] = []
  let size = 0
  for await (const row of rows) {
    const more = 'size' in row ? row.size : 0
    if (batch.length >= BATCH || (batch.length > 0 && size + more > BATCH_SIZE)) {
      yield batch
      batch = []
      size = 0
    }
    batch.push(row)
    size += more
  }
  if (batch.length > 0) yield batch
}

function refusalText({ line, code, detail, at, found, expected, remedy }: Refusal): string {
  const evidence = [
    at === undefined ? undefined : `at ${at}`,
    found === undefined ? undefined : `found ${JSON.stringify(found)}`,
    expected === undefined ? undefined : `expected ${expected}`,
    remedy === undefined ? undefined : `do: ${remedy}`,
  ].filter((part) => part !== undefined)
  return [`line ${line}: ${detail ?? code} (${code})`, ...evidence.map((part) => `  ${part}`)].join('\n')
}

function totalText({ options }: Session, total: Record<'imported' | 'unchanged' | 'refused', number>): string {
  const { imported, unchanged, refused } = total
  const would = options.dryRun === true ? ' (nothing was changed)' : ''
  return `${imported} imported, ${unchanged} unchanged, ${refused} refused${would}`
}
