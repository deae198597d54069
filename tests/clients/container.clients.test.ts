import { execFile, spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../harness/eventually.ts'
import { freePort } from '../soak/server-process.ts'
import { build, type Image } from './dockerfile.ts'

const run = promisify(execFile)
const project = join(import.meta.dirname, '../..')

/** The steps of the Dockerfile, with the npm and the Node of this machine instead of those of its base image. */
describe('what the Dockerfile builds', () => {
  let folder: string
  let image: Image
  const ran: string[] = []
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'edict-container-'))
    image = await build(project, folder, async (command, workdir) => {
      ran.push(command)
      if (command.startsWith('npm ')) await run('sh', ['-c', command], { cwd: workdir })
    })
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  const start = (command: readonly string[], env: Readonly<Record<string, string>>) => {
    const [, ...args] = command
    const inherited = { PATH: process.env.PATH, TMPDIR: folder }
    const child = spawn(process.execPath, args, {
      cwd: join(image.root, image.workdir),
      env: { ...inherited, ...image.env, EDICT_DATA: join(image.root, image.env.EDICT_DATA ?? ''), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk))
    const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
    return { child, ended, said: () => said }
  }

  it('holds no tests, and nothing that only developers need', async () => {
    const files = await readdir(join(image.root, image.workdir), { recursive: true })
    const own = files.filter((file) => !file.startsWith('node_modules/'))
    expect(own.filter((file) => file.endsWith('.test.ts') || file.startsWith('tests'))).toEqual([])
    const { devDependencies } = JSON.parse(await readFile(join(project, 'package.json'), 'utf8'))
    const installed = new Set(files.filter((file) => file.startsWith('node_modules/')))
    expect(Object.keys(devDependencies).filter((name) => installed.has(`node_modules/${name}`))).toEqual([])
  })

  it('runs as nobody in particular, in a folder of its own', () => {
    expect(image.user).toBe('node')
    expect(ran.at(-1)).toBe('install --directory --owner=node --group=node --mode=0700 /data')
  })

  it('starts, is healthy, and ends in order by its signal', async () => {
    const env = { EDICT_LISTEN: `127.0.0.1:${await freePort()}` }
    const health = () => start(image.health, env).ended
    expect(await health()).toBe(1)
    const server = start([...image.entrypoint, ...image.command], env)
    await eventually(`it is healthy (${server.said()})`, async () => (await health()) === 0)
    expect(server.said()).toContain('The admin token, shown this once')
    server.child.kill(image.stopSignal as NodeJS.Signals)
    expect(await server.ended).toBe(0)
    expect((await readdir(join(image.root, 'data'))).sort()).toEqual(['edict.db', 'master.key'])
    expect(await health()).toBe(1)
  })

  it('lacks nothing when it runs: a school converges in it', async () => {
    const demo = start([...image.entrypoint, 'demo', '--once', '--deadline', '100'], {})
    expect({ code: await demo.ended, said: demo.said().slice(-300) }).toMatchObject({ code: 0 })
  })
})
