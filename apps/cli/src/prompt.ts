import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { UsageError } from './failure.ts'

/** Asks at the terminal whether to go on; anything but a yes is a no. */
export async function askYesOrNo(question: string): Promise<boolean> {
  const lines = createInterface({ input: process.stdin, output: process.stderr, terminal: true })
  try {
    return /^y(es)?$/i.test((await lines.question(`${question} [y/N] `)).trim())
  } finally {
    lines.close()
  }
}

/**
 * Asks at the terminal for something that nobody else shall see there.
 *
 * @throws UsageError when who was asked gave up (Ctrl-C, Ctrl-D)
 */
export async function askPassword(question: string): Promise<string> {
  process.stderr.write(question)
  // What is typed would be written back here.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true })
  const givenUp = new AbortController()
  lines.on('SIGINT', () => givenUp.abort()).on('close', () => givenUp.abort())
  try {
    return await lines.question('', { signal: givenUp.signal })
  } catch (error) {
    if (!givenUp.signal.aborted) throw error
    throw new UsageError('Cannot go on: no password was typed')
  } finally {
    lines.close()
    process.stderr.write('\n')
  }
}
