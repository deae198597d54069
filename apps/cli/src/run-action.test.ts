import { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { createOutput } from './output.ts'
import { type Run, runAction } from './run-action.ts'

const options = [{ flag: '--count <n>', env: 'EDICT_COUNT', description: 'how many', default: '1' }]

async function started(run: Run, env: Readonly<Record<string, string>> = {}) {
  let stdout = ''
  let stderr = ''
  const codes: number[] = []
  const output = createOutput({ write: (text) => (stdout += text) }, { write: (text) => (stderr += text) }, {})
  const exit = (code: number) => void codes.push(code)
  const cli = { env, output, exit, read: async () => '', signal: new AbortController().signal }
  await runAction(new Command('x'), cli, options, run).parseAsync(['--count', '3'], { from: 'user' })
  return { stdout, stderr, codes }
}

describe('runAction()', () => {
  it('gives the program its options and ends with its code', async () => {
    const ended = await started(async ({ count }, io) => {
      io.stdout(`{"count":${count}}`)
      io.stderr('ready')
      return io.signal.aborted ? 9 : 1
    })
    expect(ended).toEqual({ stdout: '{"count":3}\n', stderr: 'ready\n', codes: [1] })
  })

  it('does not hide a bug', async () => {
    const run = async () => {
      throw new TypeError('a bug')
    }
    await expect(started(run)).rejects.toThrow('a bug')
  })
})
