import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { connect } from 'node:http2'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { manualClock } from '@edict/device'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OptionValues } from '../option.ts'
import { apnsDouble } from './apns-double.ts'
import { simulate } from './simulate.ts'
import { type SmallServer, startSmallServer } from './small-server.ts'

interface Running {
  readonly lines: readonly string[]
  readonly said: readonly string[]
  /** The line of stdout, once it is there. */
  ready(): Promise<{ readonly [key: string]: string }>
  stop(): Promise<number>
}

let folder: string
let server: SmallServer
const running: Running[] = []

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'edict-simulate-'))
  server = await startSmallServer()
})

afterEach(async () => {
  for (const one of running.splice(0)) await one.stop()
  await server.close()
})

function start(command: typeof apnsDouble, options: OptionValues): Running {
  const lines: string[] = []
  const said: string[] = []
  const ending = new AbortController()
  const io = {
    stdout: (line: string) => lines.push(line),
    stderr: (line: string) => said.push(line),
    signal: ending.signal,
  }
  const code = command({ meet: join(folder, 'meet'), ...options }, io)
  const started: Running = {
    lines,
    said,
    ready: async () => {
      await expect.poll(() => lines[0]).toBeDefined()
      return JSON.parse(lines[0] ?? '')
    },
    stop: () => {
      ending.abort()
      return code
    },
  }
  running.push(started)
  return started
}

const fleet = (options: OptionValues = {}) =>
  start(simulate, { server: server.url, count: '3', aggregate: '0', ...options })

async function push(url: string, token: string): Promise<number> {
  const session = connect(url)
  const stream = session.request({ ':method': 'POST', ':path': `/3/device/${token}`, 'apns-topic': 't' })
  stream.end(JSON.stringify({ mdm: server.magics.get(token) ?? 'unknown' }))
  const status = await new Promise<number>((resolve) =>
    stream.on('response', (headers) => resolve(Number(headers[':status']))),
  )
  session.destroy()
  return status
}

const came = (path: string) => server.seen.filter((line) => line.endsWith(path))

describe('simulate', () => {
  it('enrolls its devices, is ready, and obeys pushes', async () => {
    const one = fleet({ apns: '127.0.0.1:0', apnsLog: join(folder, 'log') })
    const { event, devices, control, apns } = await one.ready()
    expect([event, devices]).toEqual(['ready', 3])
    expect(came('TokenUpdate')).toHaveLength(3)
    expect(one.said).toContain('enrolled 3/3, synced 0/3')
    for (const token of server.tokens.values()) expect(await push(apns ?? '', token)).toBe(200)
    await expect.poll(() => server.reports.length).toBeGreaterThanOrEqual(3)
    await expect.poll(() => came('declaration')).toHaveLength(3)
    const view = await fetch(`${control}/devices/0`).then((answer) => answer.json())
    expect(view).toMatchObject({ token: 't', held: [{ identifier: 'subscription', serverToken: '1', loaded: true }] })
    expect(readFileSync(join(folder, 'log'), 'utf8').split('\n')).toHaveLength(4)
    expect(await one.stop()).toBe(0)
    expect(one.lines).toHaveLength(1)
  })

  it('goes on where it was, with the same devices, when its state is kept', async () => {
    const state = join(folder, 'state')
    const first = fleet({ state })
    await first.ready()
    expect(await first.stop()).toBe(0)
    const before = server.seen.length
    const second = fleet({ state, apns: '127.0.0.1:0', count: '4' })
    const { apns } = await second.ready()
    expect(server.seen.slice(before).filter((line) => line.endsWith('Authenticate'))).toHaveLength(1)
    expect(server.tokens.size).toBe(4)
    const [[id, token] = ['', '']] = server.tokens
    await push(apns ?? '', token)
    await expect.poll(() => server.seen).toContain(`${id} Idle`)
  })

  it('lets the script happen after it is ready', async () => {
    const script = join(folder, 'script')
    writeFileSync(script, '{"at":0,"device":"all","type":"lock"}\n')
    const { control } = await fleet({ script }).ready()
    const view = () => fetch(`${control}/devices/2`).then((answer) => answer.json())
    await expect.poll(view).toMatchObject({ locked: true })
  })

  it('ends with 3 when nobody answers in a while', async () => {
    const { url } = server
    await server.close()
    const clock = manualClock(0)
    const one = start((options, io) => simulate(options, io, clock), { server: url })
    const lastSaid = () => {
      clock.advance(1_000)
      return one.said.at(-1)
    }
    await expect.poll(lastSaid).toBe('Cannot enroll: no answer to Authenticate, expected 200')
    expect([await one.stop(), one.lines]).toEqual([3, []])
  })

  it('ends with 4 when the server takes nobody', async () => {
    const refusing = await startSmallServer(400)
    const one = fleet({ server: refusing.url, count: '20' })
    await expect.poll(() => one.said.at(-1)).toBe('Cannot enroll: status 400 to Authenticate, expected 200')
    expect([await one.stop(), one.lines]).toEqual([4, []])
    await refusing.close()
  })

  it.each([
    [{ server: undefined }, 'expected --server URL'],
    [{ server: 'localhost:80' }, 'expected an http:// or https:// URL'],
    [{ kind: 'toaster' }, 'Cannot simulate toaster: expected one of ipad, '],
    [{ count: '0' }, 'Cannot use 0 for count: expected a whole number from 1 to'],
    [{ aggregate: 'x' }, 'Cannot use x for aggregate'],
    [{ osVersion: 'new' }, 'Cannot use new for osVersion'],
    [{ script: '/no/such/file' }, 'Cannot read the script /no/such/file: ENOENT'],
    [{ state: tmpdir() }, 'Cannot read the state'],
    [{ control: '0.0.0.0:0' }, 'Cannot open the control door on 0.0.0.0'],
    [{ apns: 'nowhere' }, 'Cannot listen on nowhere'],
    [{ apns: '127.0.0.1:0', apnsFault: '200' }, 'Cannot fail with 200'],
  ])('ends with 2 and a reason when it cannot use an option: %j', async (options, reason) => {
    const one = fleet(options)
    expect(await one.stop()).toBe(2)
    expect(one.said.join('\n')).toContain(reason)
    expect(server.seen).toEqual([])
  })

  it('ends with 3 when its address is taken', async () => {
    const { control } = await fleet().ready()
    const second = fleet({ control: new URL(control ?? '').host })
    await expect.poll(() => second.said.at(-1)).toContain('Cannot listen on')
    expect(await second.stop()).toBe(3)
  })
})

describe('apns-double', () => {
  it('wakes the devices of every simulation on this machine, started before it or after', async () => {
    const before = fleet({ seed: 'before' })
    await before.ready()
    const double = start(apnsDouble, { listen: '127.0.0.1:0', log: join(folder, 'log') })
    const { event, url } = await double.ready()
    expect(event).toBe('listening')
    const after = fleet({ seed: 'after' })
    await after.ready()
    for (const token of server.tokens.values()) expect(await push(url ?? '', token)).toBe(200)
    await expect.poll(() => came('Idle')).toHaveLength(6)
    expect(readFileSync(join(folder, 'log'), 'utf8').trim().split('\n')).toHaveLength(6)
    await before.stop()
    await after.stop()
    expect(readdirSync(join(folder, 'meet'))).toEqual([])
    expect(await double.stop()).toBe(0)
    expect(double.said).toEqual(['6 pushes'])
  })

  it('wakes one simulation when told which', async () => {
    const { control } = await fleet({ meet: join(folder, 'elsewhere') }).ready()
    const { url } = await start(apnsDouble, { listen: '127.0.0.1:0', forward: `${control}/push` }).ready()
    for (const token of server.tokens.values()) await push(url ?? '', token)
    await expect.poll(() => came('Idle')).toHaveLength(3)
  })

  it('ends with 2 or 3 and a reason when it cannot start', async () => {
    const taken = new URL(server.url).host
    const tries = [{ listen: 'x' }, { fault: 'x' }, { forward: 'x' }, { log: '/no/such/folder/log' }, { listen: taken }]
    const ends = tries.map((options) => start(apnsDouble, { listen: '127.0.0.1:0', ...options }))
    expect(await Promise.all(ends.map((one) => one.stop()))).toEqual([2, 2, 2, 2, 3])
    for (const { said } of ends) expect(said).toEqual([expect.stringMatching(/^Cannot /)])
  })
})
