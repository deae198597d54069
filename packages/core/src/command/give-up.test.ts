import { describe, expect, it } from 'vitest'
import { MINUTE, NOW } from '../testing/channel-of.ts'
import { queuedCommand } from '../testing/queued-command.ts'
import { commandStates } from './command.ts'
import { cancelled, confirmed, leftOpen, timedOut } from './give-up.ts'

const expiresAt = NOW + MINUTE

describe('a command whose time is over', () => {
  it.each([
    ['queued', 'expired'],
    ['not-now', 'expired'],
    ['sent', 'unanswered'],
    ['acknowledged', 'acknowledged'],
    ['cancelled', 'cancelled'],
  ] as const)('that was %s is %s', (before, after) => {
    const command = queuedCommand(before, { expiresAt })
    expect(timedOut(command, expiresAt - 1)).toBe(command)
    expect(timedOut(command, expiresAt).state).toBe(after)
  })

  it('does not exist when it has no end', () => {
    const command = queuedCommand('queued')
    expect(timedOut(command, Number.MAX_SAFE_INTEGER)).toBe(command)
  })
})

it('a command that is sent once is unanswered when its device is idle; another is not', () => {
  expect(leftOpen(queuedCommand('sent', { once: true })).state).toBe('unanswered')
  expect(leftOpen(queuedCommand('sent')).state).toBe('sent')
  expect(leftOpen(queuedCommand('queued', { once: true })).state).toBe('queued')
})

it('what can be cancelled is what waits or may have been done', () => {
  const can = commandStates.filter((state) => cancelled(queuedCommand(state)) !== null)
  expect(can).toEqual(['queued', 'sent', 'not-now', 'unanswered'])
  expect(cancelled(queuedCommand('sent'))?.state).toBe('cancelled')
})

it('what can be confirmed is what may have been done: it keeps its UUID and gets a new end', () => {
  const can = commandStates.filter((state) => confirmed(queuedCommand(state), expiresAt) !== null)
  expect(can).toEqual(['unanswered'])
  expect(confirmed(queuedCommand('unanswered'), expiresAt)).toMatchObject({
    state: 'queued',
    CommandUUID: 'a',
    expiresAt,
  })
})
