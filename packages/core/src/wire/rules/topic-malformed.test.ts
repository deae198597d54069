import { expect, it } from 'vitest'
import { codes, problems } from '../testing/found.ts'
import { soundPlists } from '../testing/sound.ts'

it('warns of the topic of an app', () => {
  expect(problems({ plist: { ...soundPlists.tokenUpdate, Topic: 'org.example.app' } })).toMatchObject([
    { code: 'topic-malformed', severity: 'warning' },
  ])
})

it('takes that of device management', () => {
  expect(codes({ plist: soundPlists.tokenUpdate })).toEqual([])
})
