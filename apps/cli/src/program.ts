import { Command, CommanderError } from 'commander'
import manifest from '../package.json' with { type: 'json' }
import { EXIT } from './failure.ts'
import { type Noun, nouns } from './nouns.ts'
import { addServerOptions, type Cli } from './session.ts'

/** Runs one command line; `cli.exit` gets the code. `args` are the words after `edict`. */
export async function program(args: readonly string[], cli: Cli, known: readonly Noun[] = nouns): Promise<void> {
  const { output } = cli
  const edict = new Command('edict')
    .description('Apple device management around declarations')
    .version(manifest.version, '--version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand('help [command]', 'show help for a command')
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => output.raw(text, 'stdout'),
      writeErr: (text) => output.raw(text, 'stderr'),
    })
  addServerOptions(edict)
  for (const { name, summary } of known) edict.command(name).description(summary)
  try {
    await load(edict, args, cli, known)
    await edict.parseAsync(args, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    cli.exit(error.exitCode === 0 ? EXIT.ok : EXIT.usage)
  }
}

/** Loads what the first word takes, or the word after `help`. */
async function load(edict: Command, args: readonly string[], cli: Cli, known: readonly Noun[]): Promise<void> {
  const [first, second] = edict.parseOptions([...args]).operands
  const word = first === 'help' ? second : first
  const noun = known.find(({ name }) => name === word)
  const command = edict.commands.find((one) => one.name() === noun?.name)
  if (noun !== undefined && command !== undefined) (await noun.load())(command, cli)
}
