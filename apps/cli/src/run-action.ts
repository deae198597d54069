import type { Command } from 'commander'
import { addOptions, type Option, type OptionValues, optionValues } from './option.ts'
import { type Cli, guarded } from './session.ts'

/** A program that runs until it is done or the signal is aborted, and gives its exit code. */
export type Run = (
  options: OptionValues,
  io: {
    readonly stdout: (line: string) => void
    readonly stderr: (line: string) => void
    readonly signal: AbortSignal
  },
) => Promise<number>

/** Makes a command that runs such a program, with the options that it lists. */
export function runAction(command: Command, cli: Cli, options: readonly Option[], run: Run): Command {
  return addOptions(command, options).action(async () => {
    await guarded(cli, false, async () => {
      const values = optionValues(options, command.opts(), cli.env)
      cli.exit(await run(values, { stdout: cli.output.line, stderr: cli.output.note, signal: cli.signal }))
    })
  })
}
