import { readFile } from 'node:fs/promises'
import { UsageError } from '../failure.ts'
import { parseJson, type ReadText } from '../input.ts'
import { beside, FIXTURE_ENDING, findFiles, isFolder, readDeclarations } from './declaration-files.ts'
import { declaredFrom, refusals } from './declared-from.ts'
import { type Fixture, readFixture } from './fixture.ts'
import { runTest } from './run-test.ts'
import type { TestResult } from './verdict.ts'

/** One fixture with its results. */
export interface FixtureResult {
  readonly file: string
  readonly about: string | null
  readonly tests: readonly TestResult[]
}

/**
 * Runs every fixture of a folder, or the one that is named.
 *
 * @throws UsageError when there is none, or one of them or its declarations cannot be read
 */
export async function runFolder(
  path: string,
  read: ReadText,
  onResult: (result: FixtureResult) => void,
): Promise<void> {
  const files = (await isFolder(path)) ? await findFiles(path, FIXTURE_ENDING) : [path]
  if (files.length === 0) {
    throw new UsageError(
      `Cannot test ${path}: there is no *${FIXTURE_ENDING} in it`,
      'docs/what-it-will-do.md shows one',
    )
  }
  for (const file of files) onResult(await runFixture(readFixture(parseJson(await read(file), file), file), read))
}

async function runFixture(fixture: Fixture, read: ReadText): Promise<FixtureResult> {
  const { file, about, tests } = fixture
  const paths = fixture.declarations.map((path) => beside(file, path))
  const written = await readDeclarations(paths, read)
  if (written.length === 0) throw new UsageError(`Cannot use ${file}: there are no declarations in ${paths.join(', ')}`)
  const declared = declaredFrom(written, fixture.sets)
  const refused = refusals(written, declared)
  if (refused.length > 0) {
    const failure = refused
      .map(({ identifier, problem }) => `${identifier} would be refused: ${problem.message}`)
      .join('\n')
    const result = { file, name: 'its declarations can be sent', passed: false, seconds: 0, steps: [], failure }
    return { file, about, tests: [result] }
  }
  const contents = new Map<string, Uint8Array>()
  for (const [url, from] of fixture.contents) contents.set(url, await contentIn(beside(file, from)))
  const results: TestResult[] = []
  for (const test of tests) {
    results.push(await runTest(test, { file, declared, contents }, () => performance.now() / 1000))
  }
  return { file, about, tests: results }
}

async function contentIn(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path)
  } catch {
    throw new UsageError(`Cannot read ${path}: there is no such file`)
  }
}
