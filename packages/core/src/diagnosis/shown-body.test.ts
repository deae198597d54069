import { encodePlist, type Json, type PlistDict, type PlistValue } from '@edict/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shownBody } from './shown-body.ts'

const MOST = 100_000
const bytes = (text: string) => new TextEncoder().encode(text)
const json = (value: Json) => bytes(JSON.stringify(value))
const shown = (value: PlistDict) => JSON.parse(shownBody(encodePlist(value), MOST) ?? '')

describe('the body of a message', () => {
  it('is shown as JSON, with what is not secret', () => {
    expect(shown({ MessageType: 'TokenUpdate', UDID: 'U', AwaitingConfiguration: true, Count: 3 })).toEqual({
      MessageType: 'TokenUpdate',
      UDID: 'U',
      AwaitingConfiguration: true,
      Count: 3,
    })
  })

  it('has no token, magic or key of a device', () => {
    const Token = new Uint8Array([1, 2, 3, 4])
    expect(shown({ Token, PushMagic: 'magic!', UnlockToken: Token, Topic: 'com.apple.mgmt' })).toEqual({
      Token: '••• (4 octets)',
      PushMagic: '•••',
      UnlockToken: '••• (4 octets)',
      Topic: 'com.apple.mgmt',
    })
  })

  it('has no profile, no password of a command, and no data of a kind that is not known', () => {
    const octets = new Uint8Array(40)
    const Command = { RequestType: 'InstallProfile', Payload: octets, Unlike: octets }
    expect(shown({ Command }).Command).toMatchObject({ Payload: '••• (40 octets)', Unlike: '••• (40 octets)' })
    const set = { RequestType: 'SetRecoveryLock', NewPassword: 'correct horse' }
    expect(shown({ Command: set }).Command).toEqual({ RequestType: 'SetRecoveryLock', NewPassword: '•••' })
    const lock = { RequestType: 'DeviceLock', PIN: '1234', Message: 'Lost: the code is 1234' }
    expect(shown({ Command: lock }).Command).toMatchObject({ PIN: '•••', Message: 'Lost: the code is •••' })
  })

  it('shows what declarative management says inside, with its tokens and without its secrets', () => {
    const Data = json({ SyncTokens: { DeclarationsToken: 'd', Timestamp: '2026-05-19T10:00:00Z' } })
    expect(shown({ Command: { RequestType: 'DeclarativeManagement', Data } }).Command.Data.SyncTokens).toEqual({
      DeclarationsToken: 'd',
      Timestamp: '2026-05-19T10:00:00Z',
    })
    const report = json({ StatusItems: { passcode: { 'is-present': true }, mdm: { 'push-token': 'abcdef' } } })
    expect(shown({ MessageType: 'DeclarativeManagement', Data: report }).Data.StatusItems).toEqual({
      passcode: { 'is-present': true },
      mdm: { 'push-token': '•••' },
    })
    const declaration = { Identifier: 'i', ServerToken: 's', Payload: { Password: 'hunter2', Name: 'Wi-Fi' } }
    expect(JSON.parse(shownBody(json(declaration), MOST) ?? '')).toEqual({
      ...declaration,
      Payload: { Password: '•••', Name: 'Wi-Fi' },
    })
  })

  it('has no URL that lets in whoever has it', () => {
    expect(shown({ URL: 'https://me:pw@host/a?token=abc#x', Text: 'see http://host/b?c=d and that' })).toEqual({
      URL: 'https://•••@host/a?•••#x',
      Text: 'see http://host/b?••• and that',
    })
  })

  it('that cannot be read is only told the size of, and an empty one is none', () => {
    expect(shownBody(bytes('PushMagic=abc'), MOST)).toBe('••• (13 octets)')
    expect(shownBody(encodePlist({ Text: 'a'.repeat(200_000) }), MOST)).toMatch(/^••• \(\d+ octets\)$/)
    expect(shownBody(new Uint8Array(), MOST)).toBeUndefined()
  })

  it('is cut where it is long', () => {
    expect(shownBody(json({ Text: 'b'.repeat(1000) }), 100)).toHaveLength(101)
  })
})

const SECRETS = ['Token', 'PushMagic', 'UnlockToken', 'BootstrapToken', 'AuthToken', 'Password', 'NewPassword', 'PIN']
const names = fc.constantFrom('UDID', 'Status', 'ErrorChain', 'QueryResponses', 'Payload', 'LocalizedDescription', 'a')
/** Unlike everything else in a message. */
const secret = fc.stringMatching(/^[A-Za-z0-9+/ <>&"']{12,40}$/).map((text) => `s3cret ${text}`)

it('whatever secrets a device sends, and wherever it says them again, none is in what is kept', () => {
  const plain: fc.Arbitrary<PlistValue> = fc.letrec<{ value: PlistValue }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.string(),
      fc.boolean(),
      fc.integer(),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(names, tie('value'), { maxKeys: 4 }) as fc.Arbitrary<PlistValue>,
    ),
  })).value
  const places = fc.constantFrom('text', 'data', 'deep', 'report')
  fc.assert(
    fc.property(
      plain,
      fc.constantFrom(...SECRETS),
      secret,
      places,
      fc.boolean(),
      (around, name, text, place, again) => {
        const octets = bytes(text)
        const held: PlistValue =
          place === 'text' ? text : place === 'data' ? octets : place === 'deep' ? [{ Inside: { Deeper: text } }] : text
        const said = place === 'report' ? { Data: json({ StatusItems: { a: { [name]: text } } }) } : { [name]: held }
        const repeated = again
          ? { LocalizedDescription: `it was ${text}, or ${Buffer.from(octets).toString('hex')}` }
          : {}
        const kept = shownBody(encodePlist({ Around: around, List: [said], ...repeated }), MOST) ?? ''
        const forms = [text, JSON.stringify(text).slice(1, -1)]
        const encoded = (['hex', 'base64'] as const).map((encoding) => Buffer.from(octets).toString(encoding))
        for (const form of [...forms, ...(place === 'data' ? encoded : [])]) expect(kept).not.toContain(form)
      },
    ),
  )
})

it('nothing makes it throw', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 500 }), (octets) => void shownBody(octets, 50)))
  fc.assert(fc.property(fc.json(), (text) => void shownBody(bytes(text), 50)))
})
