import { describe, expect, it } from 'vitest'
import { webhookSecretText, webhookSignature } from './webhook-signature.ts'

/** The example that the libraries of the standard are tested with. */
const secret = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64')
const delivery = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1614265330, body: '{"test": 2432232314}' }

describe('the signature of a delivery', () => {
  it('is that of the standard', () => {
    expect(webhookSignature(delivery, [secret])).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
  })

  it('is made with each secret, the present one first', () => {
    const [present, before, ...more] = webhookSignature(delivery, [Buffer.alloc(32), secret]).split(' ')
    expect(present).toMatch(/^v1,[A-Za-z0-9+/]{43}=$/)
    expect([before, more]).toEqual(['v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=', []])
  })

  it('is another when the id, the time or one octet of the body is', () => {
    const changes = [{ id: 'msg_2' }, { timestamp: 1614265331 }, { body: '{"test": 2432232315}' }]
    const signatures = [{}, ...changes].map((change) => webhookSignature({ ...delivery, ...change }, [secret]))
    expect(new Set(signatures).size).toBe(4)
  })
})

it('a secret is told in base64, after whsec_', () => {
  expect(webhookSecretText(secret)).toBe('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')
})
