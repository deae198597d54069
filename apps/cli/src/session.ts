import type { Command } from 'commander'
import type { Client } from './client.ts'
import { EXIT, exitCodeOf } from './failure.ts'
import type { ReadText } from './input.ts'
import type { Output } from './output.ts'

/** The process, as far as a command needs it. */
export interface Cli {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly output: Output
  readonly read: ReadText
  /** Asks whoever sits at the terminal; absent where nobody does. */
  readonly ask?: (question: string) => Promise<boolean>
  /** Aborted by the first SIGINT or SIGTERM. */
  readonly signal: AbortSignal
  /** What the program will end with. */
  exit(code: number): void
}

/** One command that talks to a server. */
export interface Session extends Cli {
  readonly client: Client
  /** Print resources as they came. */
  readonly json: boolean
  readonly options: Options
}

export type Options = Readonly<Record<string, string | boolean | undefined>>

/** Arguments as they were written, variadic ones in place. */
type Work = (session: Session, ...args: string[]) => Promise<void>

const DEFAULT_SERVER = 'http://127.0.0.1:8080'

/** Options of every command that talks to a server. They may also stand before the noun. */
export function addServerOptions(command: Command): Command {
  return command
    .option('--server <url>', `server to talk to (EDICT_URL, default ${DEFAULT_SERVER})`)
    .option('--json', 'print what the server answers, as JSON')
}

/** Makes a command that talks to a server: adds its options and does `work` with a client. */
export function serverAction(command: Command, cli: Cli, work: Work): Command {
  return addServerOptions(command).action(async () => {
    const options = { ...ancestors(command), ...command.opts<Options>() }
    const json = options.json === true
    const args = command.processedArgs.flat().filter((arg): arg is string => typeof arg === 'string')
    await guarded(cli, json, async () => {
      const { createClient } = await import('./client.ts')
      const server = text(options.server) ?? cli.env.EDICT_URL ?? DEFAULT_SERVER
      const token = cli.env.EDICT_ADMIN_TOKEN || undefined
      const client = createClient({ server, token, signal: cli.signal })
      await work({ ...cli, client, json, options }, ...args)
    })
  })
}

/** Does something and turns what it throws into a message and an exit code; a bug goes on up. */
export async function guarded(cli: Cli, json: boolean, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (cli.signal.aborted) return cli.exit(INTERRUPTED)
    const code = exitCodeOf(error)
    if (code === undefined) throw error
    cli.output.failure(error, json)
    cli.exit(code)
  }
}

/** What a shell reports of a program that SIGINT ended. */
const INTERRUPTED = 130

/** Tells the caller of the program that problems were found. */
export function foundProblems(cli: Cli): void {
  cli.exit(EXIT.problems)
}

/** The value of an option that takes one. */
export function text(option: string | boolean | undefined): string | undefined {
  return typeof option === 'string' ? option : undefined
}

/** Shows a resource: raw for `--json`, otherwise as a person reads it. */
export async function show(session: Session, resource: unknown, human: () => Promise<void> | void): Promise<void> {
  if (session.json) return session.output.json(resource)
  await human()
}

function ancestors(command: Command): Options {
  const parent = command.parent
  return parent === null ? {} : { ...ancestors(parent), ...parent.opts<Options>() }
}
