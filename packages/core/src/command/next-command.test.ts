import { describe, expect, it } from 'vitest'
import { queuedCommand } from '../testing/queued-command.ts'
import type { CommandState, QueuedCommand } from './command.ts'
import { needsWakeLater, nextCommand } from './next-command.ts'

const inOrder = (...commands: readonly Partial<QueuedCommand>[]) =>
  commands.map((but, index) =>
    queuedCommand(but.state ?? 'queued', { sequence: index, CommandUUID: String(index), ...but }),
  )
const states = (...all: readonly CommandState[]) => inOrder(...all.map((state) => ({ state })))
const next = (pending: readonly QueuedCommand[], idle = true) => nextCommand(pending, idle)?.CommandUUID
const command = (RequestType: string, keys = {}): Partial<QueuedCommand> => ({ command: { RequestType, ...keys } })

describe('the next command', () => {
  it.each<[string, readonly CommandState[], boolean, string | undefined]>([
    ['the oldest that waits', ['queued', 'queued'], true, '0'],
    ['the same again until its result comes', ['sent', 'queued'], true, '0'],
    ['the same again also when another result is repeated', ['acknowledged', 'sent'], false, '1'],
    ['after NotNow one that was not refused', ['not-now', 'queued'], false, '1'],
    ['none when all were refused in this connection', ['not-now', 'not-now'], false, undefined],
    ['a refused one at the next Idle', ['not-now', 'queued'], true, '0'],
    [
      'none of those that are done or given up',
      ['acknowledged', 'error', 'format-error', 'cancelled'],
      true,
      undefined,
    ],
    ['none that may have been done', ['unanswered', 'expired', 'cleared'], true, undefined],
  ])('is %s', (_, all, idle, expected) => {
    expect(next(states(...all), idle)).toBe(expected)
  })

  it('is not one that is sent once and was sent', () => {
    const erase = { ...command('EraseDevice'), once: true }
    expect(next(inOrder({ ...erase, state: 'sent' }, {}))).toBe('1')
    expect(next(inOrder({ ...erase, state: 'not-now' }, {}))).toBe('0')
  })

  it('goes by who asked, whatever was queued first', () => {
    const all = inOrder(
      command('DeviceConfigured'),
      command('UserConfigured'),
      command('InstallProfile'),
      { ...command('SecurityInfo'), inventory: true },
      command('InstallProfile', { Payload: new Uint8Array([1]) }),
      command('DeviceInformation'),
    )
    const order: string[] = []
    for (let left = all; left.length > 0; left = left.filter(({ CommandUUID }) => CommandUUID !== order.at(-1)))
      order.push(next(left) ?? '')
    expect(order).toEqual(['4', '5', '3', '2', '0', '1'])
  })
})

describe('a refused command', () => {
  it.each([
    ['NotNow', false],
    ['Idle', false],
    ['Acknowledged', true],
    ['Error', true],
  ] as const)('needs a wake after %s as the last that was said: %s', (said, expected) => {
    expect(needsWakeLater(states('not-now', 'acknowledged'), false, said)).toBe(expected)
    expect(needsWakeLater([], true, said)).toBe(expected)
    expect(needsWakeLater(states('acknowledged', 'sent'), false, said)).toBe(false)
  })
})
