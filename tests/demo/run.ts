import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'

/** What a program said and ended with. */
export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A program that runs. */
export interface Running {
  readonly child: ChildProcess
  /** What it said on stdout so far. */
  said(): string
  readonly ended: Promise<Ended>
}

const EDICT = join(import.meta.dirname, '../../apps/cli/bin/edict.js')

/** Starts `edict` as a person does, without a terminal. */
export function edict(args: readonly string[], env: Readonly<Record<string, string>> = {}): Running {
  return run(process.execPath, [EDICT, ...args], env)
}

/** A line of a shell, in which `npx edict` is the one of this checkout. */
export function shell(line: string, env: Readonly<Record<string, string>>): Running {
  return run('sh', ['-c', line.replaceAll('npx edict', `'${process.execPath}' '${EDICT}'`)], env)
}

function run(program: string, args: readonly string[], env: Readonly<Record<string, string>>): Running {
  const { EDICT_ADMIN_TOKEN: _token, EDICT_URL: _url, ...inherited } = process.env
  const child = spawn(program, args, { env: { ...inherited, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  const text = { stdout: '', stderr: '' }
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].setEncoding('utf8').on('data', (chunk: string) => {
      text[stream] += chunk
    })
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, ...text }))
  })
  return { child, said: () => text.stdout, ended }
}
