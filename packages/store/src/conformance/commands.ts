import type { App, QueuedCommand } from '@edict/core'
import { PlistReal } from '@edict/protocol'
import { describe, expect, it } from 'vitest'
import { databases, nodeOf } from './databases.ts'

describe.each(databases)('commands on $name', (database) => {
  const node = nodeOf(database)
  const transaction: typeof node.store.transaction = (work) => node.store.transaction(work)
  const command = (enrollment: string, uuid: string): Omit<QueuedCommand, 'sequence'> => ({
    CommandUUID: uuid,
    enrollment,
    command: { RequestType: 'InstallApplication', iTunesStoreID: 361309726 },
    state: 'queued',
    queuedAt: 1,
    sentAt: null,
    answeredAt: null,
    result: null,
  })

  it('keeps a queue in order, with all that property lists can say', async () => {
    const rich = {
      ...command('q1', 'u1'),
      command: {
        RequestType: 'Settings',
        data: new Uint8Array([0, 255]),
        date: new Date(86_400_000),
        big: 2n ** 63n,
        real: new PlistReal(1),
        list: [true, 'x', { $data: 'not data', nested: { $dict: 1 } }],
      },
    }
    const first = await transaction((tx) => tx.addCommand(rich))
    const second = await transaction((tx) => tx.addCommand(command('q1', 'u2')))
    expect(second.sequence).toBeGreaterThan(first.sequence)
    expect(await node.store.read.commands('q1', 'pending')).toEqual([first, second])
    expect(await node.store.read.command('q1', 'u1')).toEqual({ ...rich, sequence: first.sequence })
    expect(await node.store.read.command('q1', 'none')).toBeUndefined()
    expect(await node.store.read.command('q2', 'u1')).toBeUndefined()
  })

  it('takes an answered command out of the queue and keeps it', async () => {
    const added = await transaction((tx) => tx.addCommand(command('q3', 'u1')))
    const sent: QueuedCommand = { ...added, state: 'sent', sentAt: 5 }
    await transaction((tx) => tx.saveCommand(sent))
    expect(await node.store.read.commands('q3', 'pending')).toEqual([sent])
    const result = {
      UDID: 'q3',
      Status: 'Error',
      CommandUUID: 'u1',
      ErrorChain: [{ ErrorCode: 12, ErrorDomain: 'd', LocalizedDescription: 'nein' }],
      response: { Raw: new Uint8Array([1, 2]) },
    } as const
    const answered: QueuedCommand = { ...sent, state: 'error', answeredAt: 9, result }
    await transaction((tx) => tx.saveCommand(answered))
    expect(await node.store.read.commands('q3', 'pending')).toEqual([])
    expect(await node.store.read.commands('q3', 'all')).toEqual([answered])
  })

  it('keeps the last 200 that are finished, and all that wait', async () => {
    await transaction(async (tx) => {
      const waiting = await tx.addCommand(command('q4', 'waits'))
      await tx.saveCommand({ ...waiting, state: 'not-now' })
      for (let index = 0; index < 210; index += 1) {
        const added = await tx.addCommand(command('q4', `u${index}`))
        await tx.saveCommand({ ...added, state: 'acknowledged' })
      }
    })
    const kept = (await node.store.read.commands('q4', 'all')).map((one) => one.CommandUUID)
    expect(kept).toHaveLength(201)
    expect(kept.slice(0, 2)).toEqual(['waits', 'u10'])
  })

  it('keeps when a command is not wanted any more, and finds those whose time is over', async () => {
    const times = { expiresAt: 100, once: true, inventory: true } as const
    const added = await transaction((tx) => tx.addCommand({ ...command('q6', 'soon'), ...times }))
    await transaction((tx) => tx.addCommand({ ...command('q6', 'later'), expiresAt: 200 }))
    const done = await transaction((tx) => tx.addCommand({ ...command('q6', 'done'), expiresAt: 50 }))
    await transaction((tx) => tx.saveCommand({ ...done, state: 'acknowledged' }))
    expect(await node.store.read.command('q6', 'soon')).toEqual({ ...added, ...times })
    expect(await node.store.read.timedOutCommands(99, 10)).toEqual([])
    const soon = { enrollment: 'q6', CommandUUID: 'soon' }
    expect(await node.store.read.timedOutCommands(100, 10)).toEqual([soon])
    expect(await node.store.read.timedOutCommands(200, 10)).toEqual([soon, { enrollment: 'q6', CommandUUID: 'later' }])
    expect(await node.store.read.timedOutCommands(200, 1)).toEqual([soon])
    await transaction((tx) => tx.saveCommand({ ...added, expiresAt: 1_000 }))
    expect(await node.store.read.timedOutCommands(100, 10)).toEqual([])
    await transaction((tx) => tx.forget(['q6']))
  })

  it('drops by age what does not wait', async () => {
    await transaction(async (tx) => {
      await tx.addCommand(command('q7', 'waits'))
      await tx.saveCommand({ ...(await tx.addCommand(command('q7', 'old'))), state: 'acknowledged' })
      await tx.saveCommand({ ...(await tx.addCommand({ ...command('q7', 'young'), queuedAt: 9 })), state: 'expired' })
    })
    expect(await transaction((tx) => tx.dropCommands(9))).toBeGreaterThan(0)
    expect((await node.store.read.commands('q7', 'all')).map((one) => one.CommandUUID)).toEqual(['waits', 'young'])
  })

  it('keeps the apps of a channel until its next period', async () => {
    const app: App = {
      identifier: 'a.b',
      managedBy: 'command',
      state: 'managed',
      name: 'B',
      version: null,
      shortVersion: null,
      declaration: null,
      reasons: ['x'],
      at: 1,
      once: { state: 'failed', reasons: [], at: 0 },
    }
    expect(await node.store.read.apps('q8')).toEqual([])
    await transaction((tx) => tx.saveApps('q8', [app]))
    await transaction((tx) => tx.saveApps('q8', [app, { ...app, identifier: 'c' }]))
    expect(await node.store.read.apps('q8')).toEqual([app, { ...app, identifier: 'c' }])
    await transaction((tx) => tx.forget(['q8']))
    expect(await node.store.read.apps('q8')).toEqual([])
  })

  it('a new period empties the queue and keeps what was answered', async () => {
    await transaction(async (tx) => {
      await tx.addCommand(command('q5', 'waits'))
      await tx.saveCommand({ ...(await tx.addCommand(command('q5', 'done'))), state: 'acknowledged' })
      await tx.forget(['q5'])
    })
    expect((await node.store.read.commands('q5', 'all')).map((one) => one.CommandUUID)).toEqual(['done'])
  })
})
