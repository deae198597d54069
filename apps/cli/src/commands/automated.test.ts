import { expect, it } from 'vitest'
import { edict, listen } from '../captured-cli.ts'

const device = {
  serial: 'ZZ0000000001',
  awaits: true,
  shared: false,
  note: '5b',
  expectedAt: '2026-09-01T08:00:00.000Z',
  enrollment: null,
  givenAt: null,
}

async function run(args: readonly string[], files = {}) {
  const answers = { expect: { expected: 2 }, list: { items: [device], next: null }, forget: { forgotten: 1 } }
  await using peer = await listen(() => ({ body: answers[args[0] as keyof typeof answers] }))
  const ended = await edict(['automated', ...args], { EDICT_URL: peer.url, EDICT_ADMIN_TOKEN: 'secret' }, files)
  return { ...ended, asked: peer.asked.map(({ method, path, body }) => ({ method, path, body })) }
}

it('edict automated expect names devices, and how they are set up', async () => {
  const { asked, stdout } = await run(['expect', 'ZZ0000000001', 'ZZ0000000002', '--await', '--note', '5b'])
  const body = { serials: ['ZZ0000000001', 'ZZ0000000002'], awaits: true, note: '5b' }
  expect(asked).toEqual([{ method: 'POST', path: '/api/v1/automated/devices', body }])
  expect(stdout).toContain('2 devices')
})

it('edict automated expect --file reads serial numbers, and sends thousands in parts', async () => {
  const lines = Array.from({ length: 10_001 }, (_, index) => `ZZ${index}`)
  const { asked } = await run(['expect', '--file', 'serials'], { serials: ['# class 5b', ...lines].join('\n') })
  const counts = asked.map(({ body }) => (body as { readonly serials: readonly string[] }).serials.length)
  expect(counts).toEqual([10_000, 1])
})

it('edict automated expect without anybody ends with 2, before anybody is asked', async () => {
  const { code, asked } = await run(['expect'])
  expect({ code, asked }).toEqual({ code: 2, asked: [] })
})

it('edict automated list and forget', async () => {
  expect((await run(['list'])).stdout).toContain('ZZ0000000001')
  expect((await run(['forget', 'ZZ0000000001'])).asked[0]).toMatchObject({
    method: 'POST',
    path: '/api/v1/automated/devices/forget',
    body: { serials: ['ZZ0000000001'] },
  })
})
