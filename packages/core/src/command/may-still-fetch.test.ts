import { expect, it } from 'vitest'
import { NOW } from '../testing/channel-of.ts'
import { queuedCommand } from '../testing/queued-command.ts'
import { commandStates } from './command.ts'
import { mayStillFetch } from './may-still-fetch.ts'

const WEEK = 7 * 86_400_000

it('a device may fetch what a command refers to until it is done with it, and a week longer when it said that it does it', () => {
  const may = commandStates.filter((state) => mayStillFetch(queuedCommand(state, { answeredAt: NOW }), NOW))
  expect(may).toEqual(['queued', 'sent', 'not-now', 'unanswered', 'acknowledged'])
  const late = commandStates.filter((state) => mayStillFetch(queuedCommand(state, { answeredAt: NOW }), NOW + WEEK + 1))
  expect(late).toEqual(['queued', 'sent', 'not-now', 'unanswered'])
})
