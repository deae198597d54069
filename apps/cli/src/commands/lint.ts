import { jsonKinds, type MessageKind, plistKinds } from '@edict/core'
import type { Command } from 'commander'
import manifest from '../../package.json' with { type: 'json' }
import { UsageError } from '../failure.ts'
import { type Cli, foundProblems, guarded } from '../session.ts'
import type { Report } from './lint/finding.ts'
import { readStates } from './lint/input.ts'
import { lintState } from './lint/lint-state.ts'
import { printReport } from './lint/print.ts'
import { sarifOf } from './lint/sarif.ts'
import { readTarget } from './lint/target.ts'

/** Looks at files: no server is asked. */
export function lint(command: Command, cli: Cli): void {
  command.argument('<path...>', 'files (- for standard input), and directories, each one declared state')
  command.option('--target <target>', 'what it is for, e.g. iOS:18.1,supervised or macOS:15,user-channel', collect, [])
  command.option('--property <key>', 'a property that enrollments have; give as many as there are', collect, [])
  command.option('--as <kind>', `what the files are: ${[...jsonKinds, ...plistKinds].join(', ')}`)
  command.option('--strict', 'end with 1 on warnings too')
  command.option('--json', 'print JSON').option('--sarif', 'print SARIF 2.1.0')
  command.action(async (paths: readonly string[], options: Given) => {
    await guarded(cli, options.json === true, async () => {
      if (options.json === true && options.sarif === true) throw new UsageError('Cannot print JSON and SARIF at once')
      const kind = kindGiven(options.as)
      const known = {
        targets: options.target.map(readTarget),
        properties: options.property,
        ...(kind === undefined ? {} : { kind }),
      }
      const states = await readStates(paths, async () => new TextEncoder().encode(await cli.read('-')))
      const reports = states.map((state) => lintState(state, known))
      const report = {
        files: reports.flatMap(({ files }) => files),
        findings: reports.flatMap(({ findings }) => findings),
      }
      show(report, options, cli)
      const counts = ({ severity }: { readonly severity: string }) => severity === 'error' || options.strict === true
      if (report.findings.some(counts)) foundProblems(cli)
    })
  })
}

interface Given {
  readonly target: readonly string[]
  readonly property: readonly string[]
  readonly as?: string
  readonly strict?: true
  readonly json?: true
  readonly sarif?: true
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value]
}

function kindGiven(kind: string | undefined): MessageKind | undefined {
  const kinds: readonly MessageKind[] = [...jsonKinds, ...plistKinds]
  const known = kinds.find((one) => one === kind)
  if (kind !== undefined && known === undefined) {
    throw new UsageError(`Cannot use --as ${kind}: expected ${kinds.join(', ')}`)
  }
  return known
}

function show(report: Report, { json, sarif }: Given, cli: Cli): void {
  if (sarif === true) cli.output.json(sarifOf(report, manifest.version))
  else if (json === true) cli.output.json(jsonOf(report))
  else printReport(report, cli.output)
}

function jsonOf(report: Report): object {
  const errors = report.findings.filter(({ severity }) => severity === 'error').length
  return {
    problems: report.findings.map(({ place, path, ...finding }) => ({
      path,
      ...(place === undefined ? {} : { line: place.line, column: place.column }),
      ...finding,
    })),
    files: report.files.map(({ path, kind }) => ({ path, kind })),
    errors,
    warnings: report.findings.length - errors,
  }
}
