import { expect, it } from 'vitest'
import { codes, octets, problems } from '../testing/found.ts'
import { json, sound } from '../testing/sound.ts'

const body = json(sound.declaration)

it('finds a Type of another kind than was asked for', () => {
  expect(problems(body, { asked: { declaration: 'asset', identifier: 'wifi' } })).toMatchObject([
    { code: 'kind-differs', at: '/Type', found: 'configuration' },
  ])
})

it('finds one that the manifest lists as another kind', () => {
  const Assets = sound.manifest.Declarations.Configurations
  const Declarations = { ...sound.manifest.Declarations, Assets, Configurations: [] }
  expect(codes(body, { manifest: octets(json({ ...sound.manifest, Declarations })) })).toEqual(['kind-differs'])
})

it('takes the kind that was asked for', () => {
  expect(codes(body, { asked: { declaration: 'configuration', identifier: 'wifi' } })).toEqual([])
  expect(codes(body, { manifest: octets(json(sound.manifest)) })).toEqual([])
})
