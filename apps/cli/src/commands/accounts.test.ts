import { describe, expect, it } from 'vitest'
import { edict, listen } from '../captured-cli.ts'

const ada = {
  name: 'ada@school.example',
  managedAppleAccount: 'ada@school.example',
  madeAt: '2026-09-01T08:00:00Z',
  passwordAt: '2026-09-01T08:00:00Z',
}

describe('edict accounts', () => {
  it('adds with a password out of a file, without the line break at its end', async () => {
    await using server = await listen(() => ({ body: ada }))
    const args = ['accounts', 'add', 'ada@school.example', '--password-file', 'pw', '--server', server.url]
    const { stdout, code } = await edict(args, {}, { pw: 'correct horse \r\n' })
    expect(server.asked[0]).toMatchObject({
      method: 'POST',
      path: '/api/v1/accounts',
      body: { name: 'ada@school.example', password: 'correct horse ' },
    })
    expect([stdout, code]).toEqual(['Added ada@school.example, who enrolls devices for ada@school.example\n', 0])
  })

  it('takes no password as an argument', async () => {
    const { code } = await edict(['accounts', 'add', 'ada@school.example', 'correct horse'])
    expect(code).toBe(2)
    expect((await edict(['accounts', 'add', '--help'])).stdout).not.toMatch(/--password(?!-file)/)
  })

  it('lists, removes and signs out', async () => {
    const answers: Record<string, unknown> = {
      GET: { items: [ada], next: null },
      DELETE: { account: ada.name, tokens: 1 },
      POST: { account: ada.name, tokens: 2 },
    }
    await using server = await listen(({ method }) => ({ body: answers[method] }))
    const run = async (...args: string[]) => (await edict(['accounts', ...args, '--server', server.url])).stdout
    expect(await run('list')).toContain('ada@school.example')
    expect(await run('remove', ada.name)).toBe('Removed ada@school.example; 1 access token revoked\n')
    expect(await run('sign-out', ada.name)).toBe('ada@school.example: 2 access tokens revoked\n')
    expect(server.asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /api/v1/accounts?limit=100',
      'DELETE /api/v1/accounts/ada%40school.example',
      'POST /api/v1/accounts/ada%40school.example/sign-out',
    ])
  })
})
