import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { edict, type Running, shell } from './run.ts'

/** A machine that is busy with other tests is slow; the demo itself allows 60 s. */
const PATIENT = ['--deadline', '150']
const TIMEOUT = 180_000

let folder: string
const left: Running[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'edict-of-demo-'))
})
afterAll(async () => {
  for (const { child } of left) child.kill('SIGKILL')
  await rm(folder, { recursive: true, force: true })
})

function demo(...args: readonly string[]): Running {
  const running = edict(['demo', ...args], { TMPDIR: folder })
  left.push(running)
  return running
}

// Two schools take hardly longer than one: most of the time is waiting for people and reports.
describe.concurrent('edict demo', () => {
  it(
    'ends with 0 when the whole school has converged',
    async () => {
      const { code, stdout, stderr } = await demo('--once', ...PATIENT).ended
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expect(stdout).toContain('40 teachers with iPads, 4 of them with a Mac too')
      expect(stdout).toMatch(/sent: 12 declarations, 3 sets, 2 groups, 3 assignments: 20 requests/)
      expect(stdout).toMatch(/sent: the roles of 44 channels in 1 request/)
      expect(stdout).toContain('witness: 44 declarations fetched, 1 by each of 44 channels')
      expect(stdout).toMatch(/passcode\.is-compliant reported true: 39\/39/)
      expect(stdout).toContain('true for 39, false for 1, unsupported for 8')
      expect(stdout).toContain('sent: nothing, not even a push (0)\n   witness: no declaration fetched')
      expect(stdout).toMatch(/witness: Wi-Fi is active on the iPad: 1\/1/)
      expect(stdout).toMatch(/which has not heard of it: wifi\.\w+ is inactive/)
      expect(stdout).toContain('witness: 1 declaration fetched, 1 by one channel')
      expect(stdout).toMatch(/do with each declaration what the server says: 48\/48/)
      expect(stdout).toMatch(/Everything converged after \d/)
    },
    TIMEOUT,
  )

  it(
    'ends with 1 and a picture of what is missing where when the time is up',
    async () => {
      const { code, stderr } = await demo('--once', '--deadline', '0').ended
      expect(code).toBe(1)
      expect(stderr).toContain('Cannot finish within 0 s: "1  The devices arrive" still waits for ')
      expect(stderr).toMatch(/^ {2}[█░]{24} \d+\/48 {2}status subscription in force$/m)
      expect(stderr).toMatch(/^ {4}edict\.status-subscription is .*: (?:iPad|Mac) of \w+ \w+ \(/m)
    },
    TIMEOUT,
  )

  it.each([
    [['--deadline', 'soon'], 'Cannot use --deadline soon'],
    [['--listen', '0.0.0.0:0'], 'Cannot listen on 0.0.0.0:0: the demo is for this machine alone'],
  ])('ends with 2 for %j', async (args, said) => {
    const { code, stderr } = await demo('--once', ...args).ended
    expect(code).toBe(2)
    expect(stderr).toContain(said)
  })

  it(
    'stays open, says what to try, and every line of that works; an interrupt ends it with 0',
    async () => {
      const running = demo(...PATIENT)
      await said(running, 'Ctrl-C ends it all')
      const [, exported = '', ...rest] = /^ {3}export (.*)\n([\s\S]*?)\n\n {3}Server /m.exec(running.said()) ?? []
      const env = Object.fromEntries(exported.split(' ').map((pair) => pair.split('=') as [string, string]))
      const lines = rest
        .join()
        .split('\n')
        .map((line) => line.trim())
      const commands = lines.filter((line) => line !== '' && !line.startsWith('#'))
      expect(commands).toHaveLength(9)
      const tried = commands.map(async (command) => {
        const { code, stdout, stderr } = await shell(command, env).ended
        expect({ command, code, stderr: stderr.replace(/^\d+ (?:shown|value).*\n/gm, '') }).toEqual({
          command,
          code: 0,
          stderr: '',
        })
        expect(stdout).not.toBe('')
      })
      await Promise.all(tried)
      running.child.kill('SIGINT')
      const { code, stdout } = await running.ended
      expect(code).toBe(0)
      expect(stdout).toMatch(/The school is closed\.\n$/)
    },
    TIMEOUT,
  )
})

it('edict demo leaves nothing behind, however it ended', async () => {
  expect(await readdir(folder)).toEqual([])
})

/** Resolves when a program has said something, rejects when it ends before. */
function said({ child, said, ended }: Running, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = () => {
      if (said().includes(text)) resolve()
    }
    child.stdout?.on('data', look)
    ended.then(({ code, stderr }) => reject(new Error(`It ended with ${code} before saying "${text}": ${stderr}`)))
    look()
  })
}
