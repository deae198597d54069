import { stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Command } from 'commander'
import { UsageError } from '../failure.ts'
import { type Cli, foundProblems, guarded, type Options, text } from '../session.ts'
import { changesIn } from '../test-run/changes-in.ts'

/** Runs the fixtures beside declarations on simulated devices: no server is asked. */
export function test(noun: Command, cli: Cli): void {
  noun
    .argument('<path>', 'a folder with *.test.json files beside declarations, or one such file')
    .option('--junit <file>', 'also write the results as JUnit XML')
    .option('--json', 'print the results as JSON')
    .option('--watch', 'run again whenever something in the folder changes')
  noun.action(async (path: string, options: Options) => {
    await guarded(cli, options.json === true, async () => {
      if (options.watch === true) await watchFolder(path, options, cli)
      else if (!(await runOnce(path, options, cli))) foundProblems(cli)
    })
  })
}

/** Whether everything passed. */
async function runOnce(path: string, options: Options, cli: Cli): Promise<boolean> {
  const [{ runFolder }, { fixtureText, summary }] = await Promise.all([
    import('../test-run/run-folder.ts'),
    import('../test-run/text.ts'),
  ])
  const { output } = cli
  const results: Parameters<Parameters<typeof runFolder>[2]>[0][] = []
  await runFolder(path, cli.read, (result) => {
    results.push(result)
    if (options.json !== true) for (const line of fixtureText(result, output.colours)) output.line(line)
  })
  const passed = results.every(({ tests }) => tests.every((one) => one.passed))
  if (options.json === true) output.json({ passed, fixtures: results })
  else output.line(`\n${summary(results, output.colours)}`)
  const file = text(options.junit)
  if (file !== undefined) await writeJunit(file, results)
  return passed
}

async function writeJunit(file: string, results: Parameters<typeof import('../test-run/junit.ts').junit>[0]) {
  const { junit } = await import('../test-run/junit.ts')
  try {
    await writeFile(file, junit(results))
  } catch (error) {
    throw new UsageError(`Cannot write ${file}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** Milliseconds: an editor writes a file in several goes. */
const QUIET = 100

async function watchFolder(path: string, options: Options, cli: Cli): Promise<void> {
  const again = async () => {
    // What cannot be read now may be halfway through being written.
    await guarded(cli, false, async () => void (await runOnce(path, options, cli)))
    cli.output.note('Watching; Ctrl-C ends it')
  }
  const changes = quiet(changesIn(await folderOf(path), text(options.junit), cli.signal), QUIET)
  try {
    // Asked for before the first run, so that what changes meanwhile counts.
    let change = changes.next()
    do {
      await again()
      const { done } = await change
      if (done === true) break
      change = changes.next()
    } while (!cli.signal.aborted)
  } catch (error) {
    if (!cli.signal.aborted) throw error
  }
  cli.exit(0)
}

/** Beside a fixture stand the declarations. */
async function folderOf(path: string): Promise<string> {
  try {
    return (await stat(path)).isDirectory() ? path : dirname(path)
  } catch (error) {
    throw new UsageError(`Cannot watch ${path}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** One of each burst of events, when it is over. */
async function* quiet<T>(events: AsyncIterable<T>, wait: number): AsyncGenerator<T> {
  const iterator = events[Symbol.asyncIterator]()
  let next = iterator.next()
  for (let event = await next; event.done !== true; event = await next) {
    next = iterator.next()
    for (let isMore = true; isMore; ) {
      const over = Promise.withResolvers<boolean>()
      const timer = setTimeout(() => over.resolve(false), wait)
      isMore = await Promise.race([over.promise, next.then(({ done }) => done !== true)])
      clearTimeout(timer)
      if (isMore) next = iterator.next()
    }
    yield event.value
  }
}
