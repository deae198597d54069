import { exec } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import type { Command } from 'commander'
import { groups } from '../conformance/check.ts'
import { checks } from '../conformance/checks.ts'
import { type Examination, examine, type Result } from '../conformance/examine.ts'
import { type Coming, examiner } from '../conformance/examiner.ts'
import { junit } from '../conformance/junit.ts'
import { openLine } from '../conformance/line.ts'
import { resultText, summaryText } from '../conformance/text.ts'
import { UsageError } from '../failure.ts'
import { type Cli, foundProblems, guarded } from '../session.ts'

interface Given {
  readonly checkin?: string
  readonly connect?: string
  readonly udid?: string
  readonly profile?: string
  readonly account?: string
  readonly passwordFile?: string
  readonly discovery?: string
  readonly changeCommand?: string
  readonly wait: string
  readonly only?: readonly string[]
  readonly junit?: string
  readonly list?: true
  readonly json?: true
}

/** Milliseconds that an answer may take. */
const PATIENCE = 30_000

/** Examines any server of device management with a simulated device: it needs nothing of Edict on the other side. */
export function conformance(command: Command, cli: Cli): void {
  command
    .option('--checkin <url>', 'CheckInURL of the server')
    .option('--connect <url>', 'ServerURL of the server, where it is another')
    .option('--udid <udid>', 'the UDID that the device says; a new one by default')
    .option('--profile <file>', 'an enrollment profile: it says where the server is, and gives an identity')
    .option('--account <user@domain>', 'enroll by signing in, as Settings does')
    .option('--password-file <file>', 'with --account: the file that holds the password')
    .option('--discovery <url>', 'with --account: asked in place of the domain')
    .option(
      '--change-command <command>',
      'run by a shell in the middle of a synchronization: changes what the device should hold',
    )
    .option('--wait <seconds>', 'for what the server does in its own time: an offer, a change', '5')
    .option('--only <code...>', 'make these checks only')
    .option('--junit <file>', 'also write the results as JUnit XML')
    .option('--list', 'say what is examined, and examine nothing')
    .option('--json', 'print JSON')
  command.action(async (given: Given) => {
    await guarded(cli, given.json === true, async () => {
      if (given.list === true) list(given, cli)
      else if (!(await examined(given, cli))) foundProblems(cli)
    })
  })
}

/** Whether there was no error. */
async function examined(given: Given, cli: Cli): Promise<boolean> {
  const [only, wait] = [onlyOf(given), waitOf(given)]
  const { changeCommand } = given
  const who = await examiner(await comingOf(given), given.udid)
  const line = openLine(PATIENCE)
  const change = changeCommand === undefined ? null : () => runChange(changeCommand)
  try {
    const heard = hearing(given, cli)
    const results = await examine({ who, line, wait, change }, { only, signal: cli.signal, ...heard })
    if (given.junit !== undefined) await written(given.junit, junit(results))
    const passed = results.every(({ outcome }) => outcome !== 'fail')
    if (given.json === true) cli.output.json({ passed, device: who.keys, checks: results })
    else cli.output.line(`\n${summaryText(results, cli.output.colours)}`)
    return passed
  } finally {
    cli.output.progress(null)
    line.close()
  }
}

/** Shows how far it is, and each result under the name of its group. */
function hearing({ json }: Given, { output }: Cli): Pick<Examination, 'begins' | 'ends'> {
  let last: Result['group'] | undefined
  return {
    begins: ({ code }, number, of) => output.progress(`${number}/${of} ${code}`),
    ends: (result) => {
      output.progress(null)
      if (json === true) return
      if (result.group !== last) output.line(output.colours.bold(groups[result.group]))
      last = result.group
      for (const text of resultText(result, output.colours)) output.line(text)
    },
  }
}

function list({ json }: Given, { output }: Cli): void {
  const known = checks.map(({ code, group, severity, must, source }) => ({ code, group, severity, must, source }))
  if (json === true) output.json(known)
  else for (const { code, must } of known) output.line(`${code.padEnd(26)}${must}`)
}

function onlyOf({ only = [] }: Given): readonly string[] {
  const unknown = only.find((code) => checks.every((check) => check.code !== code))
  if (unknown !== undefined) throw new UsageError(`Cannot examine ${unknown}: there is no such check`, 'see --list')
  return only
}

/** Milliseconds. */
function waitOf({ wait }: Given): number {
  const seconds = Number(wait)
  if (wait.trim() === '' || !(seconds >= 0 && seconds <= 3600))
    throw new UsageError(`Cannot wait ${wait}: expected seconds, 0 to 3600`)
  return seconds * 1000
}

async function comingOf(given: Given): Promise<Coming> {
  const { checkin, connect, profile, account, passwordFile, discovery } = given
  if ([checkin, profile, account].filter((one) => one !== undefined).length !== 1)
    throw new UsageError(
      'Cannot examine: say one way to the server',
      'its URLs with --checkin URL and --connect URL, --profile FILE, or --account USER@DOMAIN',
    )
  if (profile !== undefined) return { kind: 'profile', profile: await contentOf(profile) }
  if (account !== undefined) {
    if (passwordFile === undefined) throw new UsageError('Cannot sign in: there is no --password-file beside --account')
    const password = (await contentOf(passwordFile)).toString().trimEnd()
    return { kind: 'account', account, password, discovery }
  }
  const checkInUrl = urlOf(checkin ?? '')
  return { kind: 'unproven', checkInUrl, connectUrl: connect === undefined ? checkInUrl : urlOf(connect) }
}

function urlOf(text: string): string {
  const url = URL.parse(text)
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new UsageError(`Cannot examine ${text}: expected http://… or https://…`)
  return url.href
}

async function contentOf(file: string): Promise<Buffer> {
  try {
    return await readFile(file)
  } catch (error) {
    throw new UsageError(`Cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

async function written(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text)
  } catch (error) {
    throw new UsageError(`Cannot write ${file}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** What it prints is kept for its failure: the results are on stdout. */
async function runChange(line: string): Promise<void> {
  try {
    await promisify(exec)(line)
  } catch (error) {
    const { code, stderr } = error as { readonly code?: number | string; readonly stderr?: string }
    throw new UsageError(
      `Cannot change anything: the command ended with ${code ?? 'an error'}`,
      stderr?.trim() || undefined,
    )
  }
}
