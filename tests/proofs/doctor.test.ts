import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDevice, systemClock } from '@edict/device'
import { httpTransport } from '@edict/simulator'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { edict } from '../demo/run.ts'
import { activation, testConfiguration } from '../harness/declarations.ts'
import { eventually } from '../harness/eventually.ts'
import { giveSet, putSet } from '../harness/give.ts'
import { openWorld, type World } from '../harness/world.ts'

let world: World
beforeAll(async () => {
  world = await openWorld('sqlite')
})
afterAll(() => world.close())

it('edict doctor stands in front of a server, hears what a device and it say, and finds it healthy', async () => {
  const file = join(tmpdir(), `edict-doctor-${process.pid}.jsonl`)
  let said = ''
  const running = edict(['doctor', '--listen', '127.0.0.1:0', '--upstream', world.url, '--record', file, '--json'])
  running.child.stderr?.on('data', (chunk: string) => {
    said += chunk
  })
  const address = await eventually('the doctor listens', async () => /http:\/\/\S+/.exec(said)?.[0])
  const device = createDevice({
    kind: 'ipad',
    seed: 'heard',
    transport: httpTransport(address),
    clock: systemClock,
    aggregate: 0,
  })
  await device.enroll()
  await putSet(world.admin, 'heard', {
    'heard.test': testConfiguration('heard'),
    'heard.on': activation(['heard.test']),
  })
  await giveSet(world.admin, 'heard', device.id)
  await eventually('everything is in force', async () => {
    await device.connect()
    await device.settled()
    const { items } = await world.admin('get-conditions', { params: { id: device.id } })
    return items.length > 0 && items.every(({ condition }) => condition === 'in-force')
  })
  device.stop()
  running.child.kill('SIGINT')
  const { code, stdout, stderr } = await running.ended
  expect(JSON.parse(stdout), stderr).toMatchObject({ channel: device.id, stage: 'in-force', healthy: true, causes: [] })
  expect(code).toBe(0)

  const again = await edict(['doctor', '--trace', file, '--json']).ended
  expect(JSON.parse(again.stdout)).toMatchObject({ channel: device.id, stage: 'in-force', healthy: true })
  expect(await readFile(file, 'utf8')).not.toContain('mdm-signature')
})

it('a server that cannot be reached is answered for with 502, and the device is found unheard', async () => {
  const running = edict(['doctor', '--listen', '127.0.0.1:0', '--upstream', 'http://127.0.0.1:9', '--json'])
  let said = ''
  running.child.stderr?.on('data', (chunk: string) => {
    said += chunk
  })
  const address = await eventually('the doctor listens', async () => /http:\/\/\S+/.exec(said)?.[0])
  const answer = await fetch(`${address}/mdm/checkin`, { method: 'PUT', body: 'x' })
  expect(answer.status).toBe(502)
  expect(await answer.text()).toContain('Cannot reach http://127.0.0.1:9')
  running.child.kill('SIGINT')
  await running.ended
})
