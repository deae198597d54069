import { describe, expect, it } from 'vitest'
import { readDraft } from './read-draft.ts'

const draft = {
  identifier: 'on',
  type: 'com.apple.activation.simple',
  payload: { StandardConfigurations: ['p'], Predicate: '@property(role) == "head"' },
  extra: {},
}

const listing = (predicate: string) => `{
  "Type": "com.apple.activation.simple",
  "Identifier": "on",
  "Payload": {
    "StandardConfigurations": ["p"],
    "Predicate": ${predicate}
  }
}`

describe('the text of a declaration', () => {
  it('is JSON with Type, Identifier and Payload', () => {
    expect(readDraft(listing('"@property(role) == \\"head\\""'))).toEqual({ draft, problems: [] })
    expect(readDraft('{"Type":"a","Identifier":"b","Payload":{},"Predicate":"x"}').draft?.extra).toEqual({
      Predicate: 'x',
    })
  })

  it('with quotes inside a string is told so, with the line as it should be', () => {
    expect(readDraft(listing('"@property(role) == "head""')).problems).toMatchObject([
      {
        code: 'quotes-unescaped',
        at: '6:38',
        remedy: 'write "Predicate": "@property(role) == \\"head\\""',
      },
    ])
    expect(readDraft(listing('"@property(role) IN {"head", "staff"}"')).problems[0]?.remedy).toBe(
      'write "Predicate": "@property(role) IN {\\"head\\", \\"staff\\"}"',
    )
  })

  it('with typographic quotes is told so', () => {
    expect(readDraft(listing('“@property(role) == 1”')).problems).toMatchObject([
      { code: 'quotes-curly', at: '6:18', remedy: 'write "Predicate": "@property(role) == 1"' },
    ])
    expect(readDraft(listing('“@property(role) == “head””')).problems).toMatchObject([
      { code: 'quotes-curly', remedy: 'write "Predicate": "@property(role) == \\"head\\""' },
    ])
  })

  it('that is no JSON for other reasons is told where', () => {
    const [problem] = readDraft('{"Type": "a",').problems
    expect(problem).toMatchObject({ code: 'declaration-malformed', severity: 'error' })
    expect(problem?.at).toBeDefined()
  })

  it.each([
    ['[]', 'declaration-malformed', ''],
    ['{"Identifier":"b","Payload":{}}', 'declaration-malformed', '/Type'],
    ['{"Type":"a","Identifier":1,"Payload":{}}', 'declaration-malformed', '/Identifier'],
    ['{"Type":"a","Identifier":"b"}', 'declaration-malformed', '/Payload'],
    ['{"Type":"a","Identifier":"b","payload":{}}', 'envelope-misplaced', '/payload'],
  ])('that is %s is refused as %s', (text, code, at) => {
    expect(readDraft(text).problems).toMatchObject([{ code, at }])
  })

  it('is read in bounded time, whatever it is', () => {
    for (const text of ['"'.repeat(200_000), '{"a":"'.repeat(40_000), `{"a": "${'x", '.repeat(60_000)}`]) {
      expect(readDraft(text).draft).toBeUndefined()
    }
  })
})
