import type { Json, JsonObject } from '@edict/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MAIL_TYPE, PASSCODE_TYPE } from '../testing/declared-of.ts'
import { renderPayload } from './render.ts'
import { valuesFor } from './values-for.ts'

const UNKNOWN_TYPE = 'com.apple.configuration.of-tomorrow'

function made(payload: JsonObject, properties: JsonObject = {}, type = UNKNOWN_TYPE) {
  const find = valuesFor({ 'device.serial-number': 'C02X' }, new Map(Object.entries(properties)), () => 'key')
  return renderPayload(type, payload, find)
}

describe('a payload', () => {
  it('is made with values in place of variables, wherever text stands', () => {
    const payload = { a: 'iPad ${device.serial-number}', b: [{ c: '${property.room}' }, 1, null], d: 'as it is' }
    expect(made(payload, { room: '12' })).toEqual({
      payload: { a: 'iPad C02X', b: [{ c: '12' }, 1, null], d: 'as it is' },
    })
  })

  it('keeps the type of a property that stands alone', () => {
    const payload = { port: '${property.port}', on: '${property.on}', text: 'port ${property.port}, ${property.on}' }
    expect(made(payload, { port: 993, on: true })).toEqual({
      payload: { port: 993, on: true, text: 'port 993, true' },
    })
  })

  it('has text where the schema wants text, whatever the property is', () => {
    const payload = { VisibleName: '${property.room}', OutgoingServer: { Port: '${property.port}' } }
    const { payload: mail } = made(payload, { room: 12, port: 587 }, MAIL_TYPE) as { payload: JsonObject }
    expect(mail).toEqual({ VisibleName: '12', OutgoingServer: { Port: 587 } })
  })

  it('cannot be made while a variable stands for nothing: the first is named, with what to do', () => {
    const reason = '${property.email} stands for nothing: give this enrollment the property email'
    expect(made({ a: 'x ${property.email}', b: '${property.other}' })).toEqual({ missing: reason })
    expect(made({ a: '${property.a}' }, { a: { b: 1 } })).toEqual({
      missing:
        '${property.a} stands for nothing: the property a is a dictionary, and has to be text, a number, true or false',
    })
    expect(made({ a: '${user.short-name}' })).toMatchObject({ missing: expect.stringContaining('channel of a user') })
  })

  it('finds a property inside another, as predicates do', () => {
    expect(made({ a: '${property.mail.user}' }, { mail: { user: 'ada' } })).toEqual({ payload: { a: 'ada' } })
    expect(made({ a: '${property.mail.user}' }, { 'mail.user': 'bob', mail: { user: 'ada' } })).toEqual({
      payload: { a: 'bob' },
    })
  })

  it('cannot be made where it would break the schema, and the value is named', () => {
    const wrong = made({ MinimumLength: '${property.length}' }, { length: 99 }, PASSCODE_TYPE)
    expect(wrong).toEqual({
      missing:
        '${property.length} makes what cannot be sent: cannot use 99 for MinimumLength: it has to be an integer from 0 to 16',
    })
    expect(made({ MinimumLength: '${property.length}' }, { length: '8' }, PASSCODE_TYPE)).toHaveProperty('missing')
    expect(made({ MinimumLength: '${property.length}' }, { length: 8 }, PASSCODE_TYPE)).toEqual({
      payload: { MinimumLength: 8 },
    })
  })

  it('is not judged where nothing was made in it: that was done when it was written', () => {
    const payload = { MinimumLength: 99, Unknown: '${device.serial-number}' }
    expect(made(payload, {}, PASSCODE_TYPE)).toEqual({ payload: { MinimumLength: 99, Unknown: 'C02X' } })
  })

  it('leaves what is no variable as it was written', () => {
    expect(made({ a: '${nothing} ${', b: '$${device.serial-number} ${$}{x}' })).toEqual({
      payload: { a: '${nothing} ${', b: '$C02X ${x}' },
    })
  })

  it('takes a value as it is: nothing in it is looked at again', () => {
    expect(made({ a: '${property.a}' }, { a: '${property.a} ${device.serial-number}' })).toEqual({
      payload: { a: '${property.a} ${device.serial-number}' },
    })
  })

  it('does not grow without bound', () => {
    const many = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`k${index}`, '${property.a}']))
    expect(made({ a: '${property.a}'.repeat(3) }, { a: 'x'.repeat(30_000) })).toMatchObject({
      missing: expect.stringContaining('too long'),
    })
    expect(made(many, { a: 'x'.repeat(30_000) })).toMatchObject({ missing: expect.stringContaining('too long') })
  })

  it('without variables is itself, whatever it holds', () => {
    const text = fc.string({ unit: fc.constantFrom('$', '{', 'a', '"', '__proto__') })
    const { value } = fc.letrec<{ value: Json }>((tie) => ({
      value: fc.oneof(text, fc.integer(), fc.boolean(), fc.array(tie('value')), fc.dictionary(text, tie('value'))),
    }))
    fc.assert(
      fc.property(fc.dictionary(text, value), (payload) => {
        expect(made(payload as JsonObject)).toEqual({ payload })
      }),
    )
  })

  it('is made of any values without an exception, and never with a variable that stands for nothing', () => {
    const texts = fc.array(fc.constantFrom('${property.a}', '${property.b.c}', '${device.serial-number}', '${', 'x'))
    const value = fc.oneof(fc.string(), fc.double({ noNaN: true }), fc.boolean(), fc.constant(null), fc.object())
    fc.assert(
      fc.property(fc.array(texts), fc.dictionary(fc.constantFrom('a', 'b'), value), (all, properties) => {
        const payload = Object.fromEntries(all.map((parts, index) => [`k${index}`, parts.join('')]))
        const result = made(payload, properties as JsonObject)
        const asks = JSON.stringify(payload).includes('${property.a}')
        if (asks && !Object.hasOwn(properties, 'a')) expect(result).toHaveProperty('missing')
      }),
    )
  })
})
