import { randomBytes } from 'node:crypto'
import type { Command } from 'commander'
import { createClient } from '../client.ts'
import { EXIT, UsageError } from '../failure.ts'
import { addOptions, type Option, type OptionValues, optionValues } from '../option.ts'
import { type Cli, guarded } from '../session.ts'
import { invitation } from './invitation.ts'
import { NotConverged, pictureOf } from './not-converged.ts'
import { type School, startSchool } from './school.ts'
import { createScreen, type Screen } from './screen.ts'
import { story } from './story.ts'

const demoOptions = [
  {
    flag: '--listen <host:port>',
    env: 'EDICT_DEMO_LISTEN',
    description: 'Loopback address of the server; port 0 takes a free one',
    default: '127.0.0.1:0',
  },
  { flag: '--once', env: 'EDICT_DEMO_ONCE', description: 'End when everything has converged' },
  {
    flag: '--deadline <seconds>',
    env: 'EDICT_DEMO_DEADLINE',
    description: 'How long that may take; exit 1 and a picture of what is missing when it takes longer',
    default: '60',
  },
  {
    flag: '--seed <text>',
    env: 'EDICT_DEMO_SEED',
    description: 'Names, roles and identifiers of the school follow from it',
    default: 'edict',
  },
] as const satisfies readonly Option[]

/** `edict demo`: a school in one process, shown in the terminal. */
export function demo(command: Command, cli: Cli): void {
  addOptions(command, demoOptions).action(async () => {
    await guarded(cli, false, async () => run(optionValues(demoOptions, command.opts(), cli.env), cli))
  })
}

async function run(options: OptionValues, cli: Cli): Promise<void> {
  const { output, signal } = cli
  const begun = performance.now()
  const seed = String(options.seed)
  const deadline = secondsOf(options)
  const listen = loopbackOf(options)
  const token = cli.env.EDICT_ADMIN_TOKEN || randomBytes(24).toString('hex')
  const { isTTY = false, columns = 100 } = process.stdout
  const screen = createScreen(output, { isTTY, columns: () => process.stdout.columns ?? columns })
  const school = await startSchool({ listen, seed, token })
  try {
    introduce(school, seed, screen)
    const client = createClient({ server: school.url, token, signal })
    const converged = await shown(() => story(school, seed, { client, screen, signal, deadline, begun }), cli)
    if (!converged) cli.exit(EXIT.problems)
    else screen.step(`Everything converged after ${((performance.now() - begun) / 1000).toFixed(1)} s`)
    if (options.once === true) return
    explore(school, token, screen)
    await ended(signal)
    screen.step('The school is closed.')
  } finally {
    await school.close()
  }
}

function introduce({ url, teachers, channels }: School, seed: string, screen: Screen): void {
  const macs = teachers.filter(({ mac }) => mac).length
  screen.title(
    `Edict demo: ${teachers.length} teachers with iPads, ${macs} of them with a Mac too (seed "${seed}")`,
    'Server, push service and devices are simulated or run in this process; nothing leaves this machine.',
    `The server listens at ${url}; ${channels.length} channels will enroll.`,
  )
}

/** Whether the story came to its end. */
async function shown(tell: () => Promise<void>, { output }: Cli): Promise<boolean> {
  try {
    await tell()
    return true
  } catch (error) {
    if (!(error instanceof NotConverged)) throw error
    for (const line of pictureOf(error)) output.note(line)
    return false
  }
}

function explore(school: School, token: string, screen: Screen): void {
  screen.step('The school stays open. In another terminal, in this folder:')
  screen.line('')
  for (const line of invitation(school, token)) screen.line(line)
  screen.line('')
  screen.line(`Server ${school.url}, admin token ${token}. Ctrl-C ends it all; nothing is kept.`)
}

function secondsOf({ deadline }: OptionValues): number {
  const seconds = Number(deadline)
  if (Number.isFinite(seconds) && seconds >= 0 && deadline !== '') return seconds
  throw new UsageError(`Cannot use --deadline ${deadline}: expected a number of seconds`)
}

/** Its invitation lets anybody in who reaches it, and the school is of no use to others. */
function loopbackOf({ listen }: OptionValues): string {
  const address = String(listen)
  if (/^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\]):\d+$/.test(address)) return address
  throw new UsageError(`Cannot listen on ${address}: the demo is for this machine alone; use 127.0.0.1:0`)
}

function ended(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
