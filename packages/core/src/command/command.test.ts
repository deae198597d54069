import type { CommandResult } from '@edict/protocol'
import { describe, expect, it } from 'vitest'
import { MINUTE, NOW } from '../testing/channel-of.ts'
import { queuedCommand as queued } from '../testing/queued-command.ts'
import { applies, commandAnswered, commandStates, isPending } from './command.ts'

const result = (Status: CommandResult['Status']): CommandResult => ({ Status, CommandUUID: 'a', response: {} })

describe('a result', () => {
  it.each([
    ['Acknowledged', 'acknowledged'],
    ['Error', 'error'],
    ['CommandFormatError', 'format-error'],
    ['NotNow', 'not-now'],
  ] as const)('%s leaves the command %s, and is kept', (status, state) => {
    const answered = commandAnswered(queued('sent'), result(status), NOW + MINUTE)
    expect(answered).toMatchObject({ state, answeredAt: NOW + MINUTE, result: { Status: status } })
  })

  it('that comes twice changes nothing the second time', () => {
    const once = commandAnswered(queued('sent'), result('Acknowledged'), NOW)
    expect(commandAnswered(once, result('Acknowledged'), NOW + MINUTE)).toBe(once)
    expect(commandAnswered(once, result('NotNow'), NOW + MINUTE)).toBe(once)
  })

  it('after NotNow is the real one', () => {
    const refused = commandAnswered(queued('sent'), result('NotNow'), NOW)
    expect(isPending(refused)).toBe(true)
    expect(commandAnswered(refused, result('Error'), NOW).state).toBe('error')
  })

  it('that comes when nobody hoped for it any more still counts', () => {
    expect(commandAnswered(queued('unanswered'), result('Acknowledged'), NOW).state).toBe('acknowledged')
  })

  it.each(['cancelled', 'expired', 'cleared'] as const)(
    'of a command that is %s is kept once, and does not count',
    (state) => {
      const late = commandAnswered(queued(state), result('Acknowledged'), NOW)
      expect(late).toMatchObject({ state, result: { Status: 'Acknowledged' } })
      expect(applies(late)).toBe(false)
      expect(commandAnswered(late, result('Error'), NOW + MINUTE)).toBe(late)
    },
  )
})

it('a command waits until it has a result, was given up, or may have been done', () => {
  expect(commandStates.filter((state) => isPending(queued(state)))).toEqual(['queued', 'sent', 'not-now'])
})
