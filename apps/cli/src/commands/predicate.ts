import { statusItems } from '@edict/catalogue'
import {
  check,
  decodeFacts,
  evaluate,
  formatError,
  type Outcome,
  PredicateError,
  type PredicateProblem,
  parse,
  print,
  statusContext,
  type Value,
} from '@edict/predicate'
import type { Command } from 'commander'
import { UsageError } from '../failure.ts'
import { type Cli, foundProblems, guarded, type Options, text } from '../session.ts'

/** Works on the text alone: no server is asked. */
export function predicate(noun: Command, cli: Cli): void {
  const checks = noun.command('check').description('say what is wrong with a predicate; exit 1 when something is')
  localAction(checks, cli, async (source, { json }) => {
    const problems = problemsOf(source)
    if (json === true) cli.output.json({ problems })
    else for (const problem of problems) cli.output.line(problemText(source, problem))
    if (problems.some(({ severity }) => severity === 'error')) foundProblems(cli)
  })

  const evals = noun.command('eval').description('evaluate a predicate; exit 1 when it is an error')
  evals.option('--status <file>', 'JSON object of status items, nested or by dotted name')
  evals.option('--properties <file>', 'JSON object of properties')
  localAction(evals, cli, async (source, options) => {
    const status = await factsIn(cli, text(options.status))
    const outcome = evaluate(source, statusContext(status, await factsIn(cli, text(options.properties))))
    if (options.json === true) cli.output.json(outcome)
    else cli.output.line(outcomeText(source, outcome))
    if (outcome.kind === 'error') foundProblems(cli)
  })

  const formats = noun.command('format').description('print a predicate as Edict would write it')
  localAction(formats, cli, async (source, { json }) => {
    const printed = orRefused(source, () => print(parse(source)))
    if (json === true) cli.output.json({ predicate: printed })
    else cli.output.line(printed)
  })
}

function localAction(command: Command, cli: Cli, work: (source: string, options: Options) => Promise<void>): void {
  command.argument('<predicate>', 'the text, or - for standard input').option('--json', 'print JSON')
  command.action(async (given: string, options: Options) => {
    await guarded(cli, options.json === true, async () => {
      await work(given === '-' ? (await cli.read('-')).trimEnd() : given, options)
    })
  })
}

const items = { has: (name: string) => statusItems.has(name), names: () => statusItems.keys() }

type Found = Pick<PredicateProblem, 'code' | 'severity' | 'message' | 'at' | 'rewrite'>

function problemsOf(source: string): readonly Found[] {
  try {
    return check(parse(source), items)
  } catch (error) {
    if (!(error instanceof PredicateError)) throw error
    const { code, message, at } = error
    return [{ code, severity: 'error', message, at }]
  }
}

function problemText(source: string, problem: Found): string {
  const shown = `${problem.severity}: ${formatError(source, problem)}`
  return problem.rewrite === undefined ? shown : `${shown}\n  write: ${problem.rewrite}`
}

function outcomeText(source: string, outcome: Outcome): string {
  return outcome.kind === 'error' ? formatError(source, outcome) : outcome.kind
}

function orRefused<Answer>(source: string, work: () => Answer): Answer {
  try {
    return work()
  } catch (error) {
    if (error instanceof PredicateError) throw new UsageError(formatError(source, error))
    throw error
  }
}

async function factsIn(cli: Cli, file: string | undefined): Promise<{ readonly [key: string]: Value }> {
  if (file === undefined) return {}
  const value = factsOf(await cli.read(file), file)
  if (isFacts(value)) return value
  throw new UsageError(`Cannot use ${file}: it is not a JSON object`)
}

function factsOf(json: string, file: string): Value {
  try {
    return decodeFacts(json)
  } catch (error) {
    throw new UsageError(`Cannot read ${file} as JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function isFacts(value: Value): value is { readonly [key: string]: Value } {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}
