import { expect, it } from 'vitest'
import { keptAnswer } from './kept-answer.ts'

function asked() {
  let now = 0
  let made = 0
  const answer = keptAnswer<number>(() => now)
  const ask = (takes: number, failing = false) =>
    answer(async () => {
      await Promise.resolve()
      now += takes
      made += 1
      if (failing) throw new Error('no')
      return made
    })
  return {
    ask,
    wait: (time: number) => {
      now += time
    },
  }
}

it('whoever asks while it is made gets what is made', async () => {
  const { ask } = asked()
  expect(await Promise.all([ask(10), ask(10), ask(10)])).toEqual([1, 1, 1])
})

it('what was made is given again for four times as long as it took, and then made anew', async () => {
  const { ask, wait } = asked()
  await ask(10)
  wait(39)
  expect(await ask(10)).toBe(1)
  wait(1)
  expect(await ask(10)).toBe(2)
})

it('what could not be made is not kept', async () => {
  const { ask } = asked()
  await expect(ask(10, true)).rejects.toThrow('no')
  expect(await ask(10)).toBe(2)
})
