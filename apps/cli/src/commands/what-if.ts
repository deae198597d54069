import type { Command } from 'commander'
import { UsageError } from '../failure.ts'
import { keyValues, readObject } from '../input.ts'
import { type Cli, type Session, serverAction, show } from '../session.ts'

/** Says what a change would turn on and off. Without an enrollment no server is asked. */
export function whatIf(command: Command, cli: Cli): void {
  command
    .argument('[enrollment]', 'begin from what it should hold and last reported')
    .option('--facts <file>', 'begin from {"status": {…}, "properties": {…}}, or from what `status --json` printed')
    .option('--declarations <path>', 'a file or folder; with an enrollment, what changes of its own', collected)
    .option('--without <identifier>', 'take a declaration away', collected)
    .option('--set <item=value>', 'change a status item, as passcode.is-compliant=true; null is no value', collected)
    .option('--property <key=value>', 'change an own property, as roles=\'["Lower"]\'; null takes it away', collected)
  serverAction(command, cli, (session, enrollment?: string) => tell(session, enrollment, command.opts<Given>()))
}

/** Each may be given several times. */
interface Given {
  readonly facts?: string
  readonly declarations?: readonly string[]
  readonly without?: readonly string[]
  readonly set?: readonly string[]
  readonly property?: readonly string[]
}

function collected(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value]
}

async function tell(session: Session, enrollment: string | undefined, options: Given): Promise<void> {
  const [core, { readDeclarations }, changes, facts, { givenStatus }, shown] = await Promise.all([
    import('@edict/core'),
    import('../test-run/declaration-files.ts'),
    import('../what-if/change.ts'),
    import('../what-if/file-facts.ts'),
    import('../what-if/given-status.ts'),
    import('../what-if/text.ts'),
  ])
  const { output, read, client } = session
  const written = await readDeclarations(options.declarations ?? [], read)
  if (enrollment === undefined && written.length === 0) {
    const remedy = 'name an enrollment, or give --declarations with a file or folder'
    throw new UsageError('Cannot say anything: there are no declarations', remedy)
  }
  const { facts: path } = options
  const file = path === undefined ? undefined : facts.factsIn(await readObject(read, path), path)
  const { enrollmentGround } = await import('../what-if/enrollment-ground.ts')
  const known = enrollment === undefined ? undefined : await enrollmentGround(client, enrollment)
  const items = new Map([...(known?.facts.items ?? []), ...(file?.items ?? [])])
  const ground = {
    facts: known === undefined ? facts.deviceFacts(items) : { ...known.facts, items },
    declarations: known?.declarations ?? written.map(({ draft }) => changes.heldFrom(draft)),
    properties: { ...known?.properties, ...file?.properties },
    said: known?.said ?? new Map<string, boolean>(),
  }
  const predicates = [...ground.declarations, ...written.map(({ draft }) => draft)].flatMap(
    ({ payload: { Predicate } }) => (typeof Predicate === 'string' ? [Predicate] : []),
  )
  const change = {
    status: givenStatus(options.set ?? [], predicates),
    properties: keyValues(options.property ?? []),
    declarations: known === undefined ? [] : written,
    without: options.without ?? [],
  }
  const differences = core.whatIf(changes.situation(ground), changes.changed(ground, change), ground.said)
  await show(session, shown.differencesJson(differences), () => {
    for (const line of shown.differenceLines(differences, output.colours)) output.line(line)
  })
}
