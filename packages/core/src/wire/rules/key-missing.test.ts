import { expect, it } from 'vitest'
import { codes, found, problems } from '../testing/found.ts'
import { json, sound, soundPlists } from '../testing/sound.ts'

it('finds an array of a manifest that is missing', () => {
  const { Management: _, ...three } = sound.manifest.Declarations
  expect(problems(json({ ...sound.manifest, Declarations: three }))).toMatchObject([
    { code: 'key-missing', at: '/Declarations/Management', place: { line: 2 }, remedy: 'write "Management": []' },
  ])
})

it('finds what a served declaration lacks, and what a draft lacks', () => {
  const { ServerToken: _, ...draft } = sound.declaration
  expect(found('key-missing', json(draft), { kind: 'declaration' })).toEqual(['/ServerToken 1:1'])
  expect(codes(json(draft))).toEqual([])
  expect(found('key-missing', '{"Type": "com.apple.asset.data"}')).toEqual(['/Payload 1:1'])
})

it('finds what property lists lack', () => {
  expect(found('key-missing', { plist: { Command: { RequestType: 'InstallProfile' } } })).toEqual([
    '/CommandUUID 4:1',
    '/Command/Payload 6:2',
  ])
  const { PushMagic: _, ...quiet } = soundPlists.tokenUpdate
  expect(codes({ plist: quiet })).toEqual(['key-missing'])
})

it('takes a Mac and an iPhone, each with its keys', () => {
  const { tokenUpdate } = soundPlists
  expect(codes({ plist: tokenUpdate })).toEqual([])
  expect(codes({ plist: { ...tokenUpdate, UserID: 'u', UserLongName: 'U', NotOnConsole: false } })).toEqual([])
})
