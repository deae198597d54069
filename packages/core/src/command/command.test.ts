import type { CommandResult } from '@edict/protocol'
import { describe, expect, it } from 'vitest'
import { MINUTE, NOW } from '../testing/channel-of.ts'
import {
  type CommandState,
  commandAnswered,
  commandStates,
  isPending,
  nextCommand,
  type QueuedCommand,
} from './command.ts'

const queued = (CommandUUID: string, state: CommandState = 'queued'): QueuedCommand => ({
  CommandUUID,
  enrollment: 'ipad-1',
  sequence: 1,
  command: { RequestType: 'DeviceInformation' },
  state,
  queuedAt: NOW,
  sentAt: null,
  answeredAt: null,
  result: null,
})
const result = (Status: CommandResult['Status']): CommandResult => ({ Status, CommandUUID: 'a', response: {} })

describe('the next command', () => {
  const next = (states: readonly CommandState[], idle: boolean) =>
    nextCommand(
      states.map((state, index) => queued(String(index), state)),
      idle,
    )?.CommandUUID

  it('is the oldest that waits, and the same again until its result comes', () => {
    expect(next(['queued', 'queued'], true)).toBe('0')
    expect(next(['sent', 'queued'], true)).toBe('0')
    expect(next(['acknowledged', 'queued'], false)).toBe('1')
  })

  it('is after NotNow one that was not refused', () => {
    expect(next(['not-now', 'queued'], false)).toBe('1')
    expect(next(['not-now', 'not-now'], false)).toBeUndefined()
  })

  it('is at the next Idle a refused one again: the device does not remember it', () => {
    expect(next(['not-now', 'queued'], true)).toBe('0')
  })

  it('is none when nothing waits', () => {
    expect(next([], true)).toBeUndefined()
    expect(next(['acknowledged', 'error', 'format-error', 'cleared'], true)).toBeUndefined()
  })
})

describe('a result', () => {
  it.each([
    ['Acknowledged', 'acknowledged'],
    ['Error', 'error'],
    ['CommandFormatError', 'format-error'],
    ['NotNow', 'not-now'],
  ] as const)('%s leaves the command %s, and is kept', (status, state) => {
    const answered = commandAnswered(queued('a', 'sent'), result(status), NOW + MINUTE)
    expect(answered).toMatchObject({ state, answeredAt: NOW + MINUTE, result: { Status: status } })
  })

  it('that comes twice changes nothing the second time', () => {
    const once = commandAnswered(queued('a', 'sent'), result('Acknowledged'), NOW)
    expect(commandAnswered(once, result('Acknowledged'), NOW + MINUTE)).toBe(once)
    expect(commandAnswered(once, result('NotNow'), NOW + MINUTE)).toBe(once)
  })

  it('after NotNow is the real one', () => {
    const refused = commandAnswered(queued('a', 'sent'), result('NotNow'), NOW)
    expect(isPending(refused)).toBe(true)
    expect(commandAnswered(refused, result('Error'), NOW).state).toBe('error')
  })

  it('of a cleared command is kept, and the command stays cleared', () => {
    const late = commandAnswered(queued('a', 'cleared'), result('Acknowledged'), NOW)
    expect(late).toMatchObject({ state: 'cleared', result: { Status: 'Acknowledged' } })
  })
})

it('a command waits until it has a result or was cleared', () => {
  expect(commandStates.filter((state) => isPending(queued('a', state)))).toEqual(['queued', 'sent', 'not-now'])
})
