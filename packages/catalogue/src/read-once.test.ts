import { expect, it } from 'vitest'
import { readOnce } from './read-once.ts'

it('closes a table that contains itself where its text says so', () => {
  const look = readOnce({
    tree: '{"type":"dictionary","keys":{"Branch":{"type":"array","item":{"$same":["keys","Branch"]}}}}',
  })
  const branch = look('tree')?.keys?.Branch
  expect(branch?.item).toBe(branch)
})

it('leaves a text unread until it is asked for', () => {
  const look = readOnce({ good: '{"type":"string"}', bad: 'not JSON' })
  expect(look('good')).toEqual({ type: 'string' })
  expect(() => look('bad')).toThrow(SyntaxError)
})
