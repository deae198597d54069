import type { Device } from '@edict/device'
import { decodeDeclaration, decodeDeclarationItems, decodeJson, decodeTokensResponse } from '@edict/protocol'
import { httpTransport } from '@edict/simulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { activation, softwareUpdateSettings } from '../harness/declarations.ts'
import { eventually } from '../harness/eventually.ts'
import { giveSet, putSet } from '../harness/give.ts'
import { grounds } from '../harness/grounds.ts'
import { conditionOf, declarative, statusOf } from '../harness/said.ts'
import { type Heard, wiretap } from '../harness/wiretap.ts'
import { disagreements } from '../harness/witness.ts'
import { openWorld, type World } from '../harness/world.ts'

const ACTIVATION = 'seed.activation'
const SETTINGS = 'seed.softwareupdate'

describe.each(grounds)('S1: a supervised iPad meets Edict on %s', (ground) => {
  describe.each([true, false])('tokens as Data of the command: %s', (commandData) => {
    let world: World
    let device: Device
    let heard: readonly Heard[]
    beforeAll(async () => {
      world = await openWorld(ground, { commandData })
      await putSet(world.admin, 'seed', {
        [SETTINGS]: softwareUpdateSettings,
        [ACTIVATION]: activation([SETTINGS]),
      })
      const tapped = wiretap(httpTransport(world.url))
      heard = tapped.heard
      device = await world.enroll({ kind: 'ipad', osVersion: '26.4.2', transport: tapped.transport })
      const queries = { RequestType: 'DeviceInformation', Queries: ['IsSupervised', 'OSVersion', 'SerialNumber'] }
      await world.admin('send-command', { params: { id: device.id }, body: queries })
      // A set given before the first sync asks for tokens would bring them with its command, and make that request needless.
      await world.inSync(device)
      await giveSet(world.admin, 'seed', device.id)
      await world.inSync(device)
      await acknowledged('DeviceInformation')
    })
    afterAll(() => world.close())

    const acknowledgements = (command: string) =>
      device.requests.filter(({ endpoint }) => endpoint === `Acknowledged ${command}`).length
    const acknowledged = (command: string, times = 1) =>
      eventually(`${command} is acknowledged`, () => acknowledgements(command) >= times)
    const answers = (endpoint: string) =>
      heard.filter((each) => each.endpoint === endpoint && each.answer.status === 200).map(({ answer }) => answer.body)
    const last = (endpoint: string) => {
      const body = answers(endpoint).at(-1)
      if (body === undefined) throw new Error(`Nothing was answered to ${endpoint}`)
      return body
    }
    /** What a resync makes the device ask about declarations. */
    const askedInResync = async () => {
      const before = declarative(device).length
      const times = acknowledgements('DeclarativeManagement')
      await world.admin('resync-enrollment', { params: { id: device.id } })
      await acknowledged('DeclarativeManagement', times + 1)
      await device.settled()
      return declarative(device).slice(before)
    }

    it('enrolls, is offered DeclarativeManagement, and reports before it asks for tokens and manifest', () => {
      const connects = device.requests
        .map(({ endpoint }) => endpoint)
        .filter((one) => !one.startsWith('SCEP'))
        .filter((each) => /^[A-Z]/.test(each))
      expect(connects.slice(0, 3)).toEqual(['Authenticate', 'TokenUpdate', 'Idle'])
      expect(connects).toContain('Acknowledged DeclarativeManagement')
      expect(declarative(device).slice(0, 3)).toEqual(['status', 'tokens', 'declaration-items'])
      expect(device.requests.every(({ status }) => status === 200)).toBe(true)
    })

    it('collects each body exactly once, the activation before its configuration', () => {
      const bodies = declarative(device).filter((endpoint) => endpoint.startsWith('declaration/'))
      expect(bodies.toSorted()).toEqual(
        [
          `declaration/activation/${ACTIVATION}`,
          'declaration/activation/edict.status-subscription.activation',
          `declaration/configuration/${SETTINGS}`,
          'declaration/configuration/edict.status-subscription',
        ].toSorted(),
      )
      expect(bodies.indexOf(`declaration/activation/${ACTIVATION}`)).toBeLessThan(
        bodies.indexOf(`declaration/configuration/${SETTINGS}`),
      )
    })

    it('is known as a supervised iPad with its OS, from what it says itself', async () => {
      expect(await world.admin('get-enrollment', { params: { id: device.id } })).toMatchObject({
        state: 'enrolled',
        platform: 'iOS',
        osVersion: '26.4.2',
        supervised: true,
        enrollmentType: 'supervised',
        serialNumber: device.inspect().serialNumber,
      })
    })

    it('reports, and the server believes what the device has', async () => {
      expect(await disagreements(world, device)).toEqual([])
      for (const identifier of [ACTIVATION, SETTINGS])
        expect(await conditionOf(world.admin, device.id, identifier)).toMatchObject({
          condition: 'in-force',
          reason: { code: 'reported-active' },
        })
      expect(await statusOf(world.admin, device.id, 'device.operating-system.version')).toMatchObject({
        answer: 'value',
        value: '26.4.2',
      })
    })

    it('an empty Management array does not keep it from the bodies; all four arrays are there', () => {
      const { Declarations } = decodeDeclarationItems(last('declaration-items'), 'strict')
      expect(Declarations.Management).toEqual([])
      expect(Object.keys(Declarations).toSorted()).toEqual(['Activations', 'Assets', 'Configurations', 'Management'])
      for (const item of [...Declarations.Activations, ...Declarations.Configurations])
        expect(Object.keys(item).toSorted()).toEqual(['Identifier', 'ServerToken'])
    })

    it('the token of tokens and of declaration-items is byte-identical, and the Timestamp has whole seconds', () => {
      const { SyncTokens } = decodeTokensResponse(last('tokens'), 'strict')
      expect(decodeDeclarationItems(last('declaration-items')).DeclarationsToken).toBe(SyncTokens.DeclarationsToken)
      expect(SyncTokens.Timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
    })

    it('the activation links to a configuration of the manifest, each body with the ServerToken that was advertised', () => {
      const { Declarations } = decodeDeclarationItems(last('declaration-items'))
      const link = decodeDeclaration(last(`declaration/activation/${ACTIVATION}`))
      const linked = decodeDeclaration(last(`declaration/configuration/${SETTINGS}`))
      expect(link.Payload).toEqual({ StandardConfigurations: [SETTINGS] })
      expect(Declarations.Activations).toContainEqual({ Identifier: ACTIVATION, ServerToken: link.ServerToken })
      expect(Declarations.Configurations).toContainEqual({ Identifier: SETTINGS, ServerToken: linked.ServerToken })
      expect(decodeJson(last(`declaration/configuration/${SETTINGS}`))).toEqual({
        ...softwareUpdateSettings,
        Identifier: SETTINGS,
        ServerToken: linked.ServerToken,
      })
    })

    it(`a second sync with nothing changed costs ${commandData ? 'no request about declarations' : 'one tokens'}`, async () => {
      expect(await askedInResync()).toEqual(commandData ? [] : ['tokens'])
      expect(await world.admin('get-enrollment', { params: { id: device.id } })).toMatchObject({ behind: false })
    })

    it('fetches nothing after a manifest of which it holds every pair, and the server shows why that is well', async () => {
      await world.admin('put-declaration', { params: { identifier: 'seed.extra' }, body: softwareUpdateSettings })
      const put = (declarations: string[]) =>
        world.admin('put-set', { params: { name: 'seed' }, body: { declarations } })
      await put([ACTIVATION, SETTINGS, 'seed.extra'])
      await world.inSync(device)
      const before = declarative(device).length
      await put([ACTIVATION, SETTINGS])
      await world.inSync(device)
      const asked = declarative(device).slice(before)
      expect(asked.filter((endpoint) => endpoint.startsWith('declaration/'))).toEqual([])
      expect(asked.slice(commandData ? 0 : 1)).toEqual(['declaration-items', 'tokens', 'status'])
      expect(await disagreements(world, device)).toEqual([])
    })
  })
})
