import { predicateItems, predicateItemsOn } from '@edict/core'
import {
  checkSource,
  evaluate,
  explain,
  explainText,
  formatError,
  type Outcome,
  PredicateError,
  type PredicateNode,
  parse,
  print,
  whatIf,
} from '@edict/predicate'
import type { Command } from 'commander'
import { UsageError } from '../failure.ts'
import { type Cli, foundProblems, guarded } from '../session.ts'
import { readTarget } from './lint/target.ts'
import { differenceText } from './predicate-difference-text.ts'
import { explainedJson } from './predicate-explained-json.ts'
import { addFacts, addWhatIf, type FactsOptions, factsAnd, factsOf } from './predicate-facts.ts'
import { evaluateLines } from './predicate-lines.ts'
import { problemText } from './predicate-problem-text.ts'

/** Works on the text alone: no server is asked. */
export function predicate(noun: Command, cli: Cli): void {
  const checks = noun.command('check').description('say what is wrong with a predicate; exit 1 when something is')
  checks.option('--target <target>', 'what it is for, e.g. iOS:18.1,supervised; give as many as there are', collect, [])
  localAction(
    checks,
    cli,
    async (source, { json, target = [] }: FactsOptions & { readonly target?: readonly string[] }) => {
      const items = target.length === 0 ? predicateItems : predicateItemsOn(target.map(readTarget))
      const problems = checkSource(source, items)
      if (json === true) cli.output.json({ problems })
      else for (const problem of problems) cli.output.line(problemText(source, problem, cli.output.colours))
      if (problems.some(({ severity }) => severity === 'error')) foundProblems(cli)
    },
  )

  const evals = noun.command('eval').description('evaluate a predicate; exit 1 when it is an error')
  evals.argument('[predicate]', TEXT).option('--json', 'print JSON')
  evals.option('--jsonl', 'read lines {id, predicate, object} from standard input, write lines {id, result}')
  addFacts(evals)
  evals.action(async (given: string | undefined, options: FactsOptions & { readonly jsonl?: boolean }) => {
    await guarded(cli, options.json === true, async () => {
      if (options.jsonl === true) return evaluateLines(await cli.read('-'), cli.output, Date.now())
      if (given === undefined) throw new UsageError('Cannot evaluate: there is no predicate', 'give one, or --jsonl')
      const source = await sourceOf(cli, given)
      const outcome = evaluate(source, { ...(await factsOf(cli, options)), random: Math.random })
      if (options.json === true) cli.output.json(outcome)
      else cli.output.line(outcomeText(source, outcome))
      if (outcome.kind === 'error') foundProblems(cli)
    })
  })

  const explains = noun.command('explain').description('say of every part of a predicate what it comes to, and why')
  addFacts(explains)
  addWhatIf(explains)
  localAction(explains, cli, async (source, options) => {
    const tree = orRefused(source, () => parse(source))
    const before = explain(tree, await factsOf(cli, options))
    const isAsked = [...(options.whatIf ?? []), ...(options.whatIfProperty ?? [])].length > 0
    const after = isAsked ? explain(tree, await factsAnd(cli, options)) : undefined
    if (options.json === true) {
      cli.output.json({ ...explainedJson(before), ...(after && { whatIf: explainedJson(after) }) })
    } else {
      cli.output.line(explainText(source, before))
      if (after) cli.output.line(differenceText(source, before, after, whatIf(before, after)))
    }
    if (before.outcome.kind === 'error') foundProblems(cli)
  })

  const formats = noun.command('format').description('print a predicate as Edict would write it')
  localAction(formats, cli, async (source, { json }) => {
    const printed = print(orRefused(source, () => parse(source)))
    if (json === true) cli.output.json({ predicate: printed })
    else cli.output.line(printed)
  })
}

const TEXT = 'the text, or - for standard input'

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value]
}

function localAction(command: Command, cli: Cli, work: (source: string, options: FactsOptions) => Promise<void>): void {
  command.argument('<predicate>', TEXT).option('--json', 'print JSON')
  command.action(async (given: string, options: FactsOptions) => {
    await guarded(cli, options.json === true, async () => work(await sourceOf(cli, given), options))
  })
}

async function sourceOf(cli: Cli, given: string): Promise<string> {
  return given === '-' ? (await cli.read('-')).trimEnd() : given
}

function outcomeText(source: string, outcome: Outcome): string {
  return outcome.kind === 'error' ? formatError(source, outcome) : outcome.kind
}

/** What cannot be parsed is shown with its place and, where it was only damaged in copying, as it was. */
function orRefused(source: string, work: () => PredicateNode): PredicateNode {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof PredicateError)) throw error
    const [problem] = checkSource(source, predicateItems)
    const remedy = problem?.rewrite === undefined ? undefined : `write ${problem.rewrite}`
    throw new UsageError(formatError(source, error), remedy)
  }
}
