import { describe, expect, it } from 'vitest'
import type { Draft } from '../declaration/draft.ts'
import { serverToken } from '../declaration/server-token.ts'
import type { Eligibility } from '../eligibility/eligibility.ts'
import { IPAD, keyOf } from '../testing/channel-of.ts'
import { activation, declaredOf, draftOf, mail, PASSCODE_TYPE, passcode, person } from '../testing/declared-of.ts'
import { cohortManifest } from './cohort-manifest.ts'

const FILE_TYPE = 'com.apple.configuration.services.configuration-files'
const macOnly = (identifier: string) => draftOf(identifier, FILE_TYPE, { ServiceType: 'com.apple.sshd' })

function made(drafts: readonly Draft[], who: Eligibility = IPAD, members = drafts.map(({ identifier }) => identifier)) {
  const manifest = cohortManifest(keyOf(['all'], who), declaredOf({ drafts, sets: { all: members } }), null)
  const sent = manifest.half.items.filter(({ own }) => !own)
  return { manifest, sent: sent.map(({ identifier }) => identifier), leftOut: manifest.leftOut }
}

describe('what a channel cannot have', () => {
  it('is left out alone, with its reason', () => {
    const { sent, leftOut } = made([macOnly('sshd'), passcode('passcode')])
    expect(sent).toEqual(['passcode'])
    expect(leftOut).toEqual([
      {
        kind: 'configuration',
        identifier: 'sshd',
        cause: { code: 'left-out-ineligible', reason: `${FILE_TYPE} does not exist on iOS` },
      },
    ])
  })

  it('takes the configurations that need it with it, and an activation of nothing else', () => {
    const asset = draftOf('logo', 'com.apple.asset.data', { Reference: { DataURL: 'https://example.org/a' } })
    const legacy = draftOf('wifi', 'com.apple.configuration.legacy', { ProfileAssetReference: 'logo' })
    const { sent, leftOut } = made([asset, legacy, activation('on', ['wifi'])], { ...IPAD, osVersion: '16.4' })
    const reason = 'com.apple.asset.data needs iOS 17.0, this is 16.4'
    expect(sent).toEqual([])
    expect(leftOut).toEqual([
      { kind: 'activation', identifier: 'on', cause: { code: 'left-out-configurations', reason, of: 'logo' } },
      { kind: 'asset', identifier: 'logo', cause: { code: 'left-out-ineligible', reason } },
      { kind: 'configuration', identifier: 'wifi', cause: { code: 'left-out-asset', reason, of: 'logo' } },
    ])
  })

  it('is pruned from an activation, which is sent with the ServerToken of what is sent', () => {
    const { manifest, sent, leftOut } = made([
      macOnly('sshd'),
      passcode('passcode'),
      activation('on', ['sshd', 'passcode']),
    ])
    expect(sent).toEqual(['on', 'passcode'])
    expect(leftOut.map(({ identifier }) => identifier)).toEqual(['sshd'])
    const payload = '{"StandardConfigurations":["passcode"]}'
    const type = 'com.apple.activation.simple'
    const token = serverToken({ kind: 'activation', identifier: 'on', type, payload, reapply: 0 })
    expect(manifest.half.items.find(({ identifier }) => identifier === 'on')?.hash).toBe(token)
    expect(manifest.bodies.find(({ identifier }) => identifier === 'on')).toMatchObject({ payload, serverToken: token })
  })

  it('keeps the predicate of an activation that is pruned', () => {
    const on = activation('on', ['sshd', 'passcode'], '@status(passcode.is-present) == TRUE')
    const { manifest } = made([macOnly('sshd'), passcode('passcode'), on])
    expect(manifest.bodies.find(({ identifier }) => identifier === 'on')?.payload).toBe(
      '{"Predicate":"@status(passcode.is-present) == TRUE","StandardConfigurations":["passcode"]}',
    )
  })

  it('never costs a device what has nothing to do with it', () => {
    const { sent } = made([macOnly('sshd'), activation('sshd-on', ['sshd']), passcode('p'), activation('p-on', ['p'])])
    expect(sent).toEqual(['p-on', 'p'])
  })

  it('names the first cause: the declaration itself before what it refers to', () => {
    const { leftOut } = made([person('ada'), mail('mail', 'ada')], { ...IPAD, osVersion: '14.8' })
    expect(leftOut.find(({ identifier }) => identifier === 'mail')?.cause).toEqual({
      code: 'left-out-ineligible',
      reason: 'com.apple.configuration.account.mail needs iOS 15.0, this is 14.8',
    })
  })

  it('includes what refers to a declaration that does not exist', () => {
    const { sent, leftOut } = made([mail('mail', 'nobody'), activation('on', ['mail'])])
    expect(sent).toEqual([])
    const reason = 'nobody does not exist'
    expect(leftOut.map(({ cause }) => cause)).toEqual([
      { code: 'left-out-configurations', reason, of: 'nobody' },
      { code: 'left-out-asset', reason, of: 'nobody' },
    ])
  })

  it('is said of all of them, whatever the activation that comes first', () => {
    const forward = made([activation('a', ['sshd']), macOnly('sshd'), activation('b', ['sshd'])])
    const backward = made([activation('b', ['sshd']), macOnly('sshd'), activation('a', ['sshd'])])
    expect(forward.leftOut).toEqual(backward.leftOut)
    expect(forward.leftOut.map(({ identifier }) => identifier)).toEqual(['a', 'b', 'sshd'])
  })

  it('leaves an untouched activation as it was written', () => {
    const { manifest } = made([passcode('passcode'), activation('on', ['passcode'])])
    const written = declaredOf({ drafts: [activation('on', ['passcode'])] }).declarations.get('on')
    expect(manifest.half.items.find(({ identifier }) => identifier === 'on')?.hash).toBe(written?.contentHash)
    expect(manifest.half.items.some(({ type }) => type === PASSCODE_TYPE)).toBe(true)
  })
})
