import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { edict, listen } from '../captured-cli.ts'

const wifi = {
  name: 'wifi.mobileconfig',
  sha256: 'a'.repeat(64),
  size: 3 * 1024 * 1024,
  type: 'application/x-apple-aspen-config',
  addedAt: '2026-09-01T08:00:00Z',
  url: `https://mdm.example.org/content/${'a'.repeat(64)}/wifi.mobileconfig`,
}
const change = { revision: 7, problems: [], effects: { declarations: ['wifi'], cohorts: 2, channels: null } }

describe('edict content', () => {
  let folder: string
  let file: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'edict-cli-content-'))
    file = join(folder, 'wifi.mobileconfig')
    await writeFile(file, Buffer.alloc(wifi.size, 'edict'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('adds a file as octets, under its name and by what its ending says it is', async () => {
    await using server = await taking({
      ...change,
      content: { ...wifi, manifest: null, earlier: [], usedBy: ['wifi'] },
    })
    const { stdout, code } = await edict(['content', 'add', file, '--server', server.url])
    expect([stdout, code]).toEqual([
      `Added wifi.mobileconfig, 3.0 MiB (revision 7): 1 declaration, 2 cohorts will hold something else\n${wifi.url}\n`,
      0,
    ])
    expect(server.asked).toEqual({
      request: 'PUT /api/v1/content/wifi.mobileconfig?type=application%2Fx-apple-aspen-config',
      type: 'application/octet-stream',
      sha256: createHash('sha256').update(Buffer.alloc(wifi.size, 'edict')).digest('hex'),
    })
    await edict(['content', 'add', file, '--name', 'net', '--type', 'text/plain', '--server', server.url])
    expect(server.asked?.request).toBe('PUT /api/v1/content/net?type=text%2Fplain')
  })

  it('rotates the key of content, on the revision that was planned on, and says whom that reaches', async () => {
    await using server = await taking({ ...change, secret: 2 })
    const { stdout, code } = await edict(['content', 'rotate-key', '--if-match', '6', '--server', server.url])
    expect([stdout, code]).toEqual([
      'Rotated the key of content, to secret 2 (revision 7): 1 declaration, 2 cohorts will hold something else\n',
      0,
    ])
    expect(server.asked?.request).toBe('POST /api/v1/content-key/rotate')
  })

  it('says of a package what its manifest is to say, and where that is', async () => {
    const manifest = 'https://mdm.example.org/content/b/tool.pkg.plist'
    await using server = await taking({ ...change, content: { ...wifi, manifest, earlier: [], usedBy: [] } })
    const facts = ['--bundle-id', 'com.example.tool', '--bundle-version', '1.2', '--title', 'The Tool']
    const { stdout, code } = await edict([
      'content',
      'add',
      file,
      '--name',
      'tool.pkg',
      ...facts,
      '--server',
      server.url,
    ])
    expect([stdout.split('\n').at(-2), code]).toEqual([manifest, 0])
    const { pathname, searchParams } = new URL(server.asked?.request.split(' ')[1] ?? '', server.url)
    expect([pathname, Object.fromEntries(searchParams)]).toEqual([
      '/api/v1/content/tool.pkg',
      {
        type: 'application/x-apple-aspen-config',
        bundleIdentifier: 'com.example.tool',
        bundleVersion: '1.2',
        title: 'The Tool',
      },
    ])
  })

  it('says what is wrong with a file, and where no server is', async () => {
    const missing = await edict(['content', 'add', join(folder, 'none')])
    expect([missing.code, missing.stderr]).toEqual([2, expect.stringContaining('there is no such file')])
    const nobody = await edict(['content', 'add', file, '--server', 'http://127.0.0.1:9'])
    expect([nobody.code, nobody.stderr]).toEqual([3, expect.stringContaining('nothing listens there')])
  })

  it('lists, shows and removes', async () => {
    const answers: Record<string, unknown> = {
      'GET /api/v1/content?limit=100': { items: [wifi], next: null },
      'GET /api/v1/content/wifi.mobileconfig': { ...wifi, manifest: null, earlier: [], usedBy: ['wifi'] },
      'DELETE /api/v1/content/wifi.mobileconfig': { content: wifi.name },
    }
    await using server = await listen(({ method, path }) => ({ body: answers[`${method} ${path}`] }))
    const run = async (...args: string[]) => (await edict(['content', ...args, '--server', server.url])).stdout
    expect(await run('list')).toMatch(/^wifi\.mobileconfig +application\/x-apple-aspen-config +3\.0 MiB/m)
    expect(await run('show', wifi.name)).toMatch(/^used by +wifi$/m)
    expect(await run('remove', wifi.name)).toBe('Removed wifi.mobileconfig\n')
  })
})

/** A server that takes octets. */
async function taking(answer: unknown) {
  let asked:
    | { readonly request: string; readonly type: IncomingHttpHeaders['accept']; readonly sha256: string }
    | undefined
  const server = createServer(async (request, response) => {
    const hash = createHash('sha256')
    for await (const chunk of request) hash.update(chunk as Buffer)
    const { method, url, headers } = request
    asked = { request: `${method} ${url}`, type: headers['content-type'], sha256: hash.digest('hex') }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get asked() {
      return asked
    },
    [Symbol.asyncDispose]: async () => void (await new Promise((resolve) => server.close(resolve))),
  }
}
