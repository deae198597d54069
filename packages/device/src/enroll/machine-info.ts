import { compareVersions, type Platform } from '@edict/catalogue'
import { createSelfSigned, createSignedData, type KeyPair } from '@edict/pki'
import { type MachineInfo as Content, encodeMachineInfo } from '@edict/protocol'
import type { CoreDevice } from '../core-device.ts'
import { imei } from '../imei.ts'
import { osBuild } from '../status/values.ts'
import type { KeySource } from './key-source.ts'

/** What a device says of itself when it asks for an enrollment profile. */
export interface MachineInfo {
  /** Apple's name for the family: `iPad`, `Mac`, `RealityDevice` … */
  readonly modelFamily: string
  /** `mdm-byod` where the person owns the device, `mdm-adde` where the organization does. */
  readonly version: 'mdm-byod' | 'mdm-adde'
  /** Null where a user enrolls. */
  readonly udid: string | null
  /** CMS signed data over the property list. */
  signed(more?: Pick<Content, 'PAIRING_TOKEN'>): Promise<Uint8Array>
}

type Self = Pick<CoreDevice, 'identity' | 'traits' | 'model' | 'clock' | 'seed'>

/**
 * The MachineInfo of a device. User enrollment keeps its identifiers out of it. A real device signs with the key that Apple gave
 * it; a simulated one with `own`, or where it has none with a key of its own making.
 *
 * @see apple:other/machineinfo.yaml
 */
export function machineInfo(self: Self, own: KeyPair | null, keys: KeySource): MachineInfo {
  const { identity, traits, clock } = self
  return {
    modelFamily: traits.modelFamily,
    version: traits.enrollment === 'user' ? 'mdm-byod' : 'mdm-adde',
    udid: identity.udid,
    signed: async (more = {}) => {
      const signer = own ?? (await selfMade(identity.productName, keys, clock.now()))
      return createSignedData(encodeMachineInfo({ ...contentOf(self), ...more }), { signer, signingTime: clock.now() })
    },
  }
}

async function selfMade(name: string, keys: KeySource, now: number): Promise<KeyPair> {
  return createSelfSigned([{ type: 'CN', value: name }], await keys(2048), now)
}

/** From which OS on a key is there, by platform. */
const introduced = {
  OS_VERSION: { iOS: '17', macOS: '14', tvOS: '17', visionOS: '1.1', watchOS: '10' },
  MDM_CAN_REQUEST_SOFTWARE_UPDATE: { iOS: '17', macOS: '14', visionOS: '26' },
  SOFTWARE_UPDATE_DEVICE_ID: { iOS: '17.4', macOS: '14.4', visionOS: '26' },
  MDM_CAN_REQUEST_PSSO_CONFIG: { macOS: '26' },
} as const satisfies Partial<Record<keyof Content, { readonly [P in Platform]?: string }>>

function contentOf({ identity, traits, model, seed }: Self): Content {
  const { udid, serialNumber, productName } = identity
  const has = (key: keyof typeof introduced): boolean => {
    const since: string | undefined = (introduced[key] as { readonly [P in Platform]?: string })[traits.platform]
    return since !== undefined && compareVersions(model.osVersion, since) >= 0
  }
  return {
    PRODUCT: productName,
    VERSION: osBuild(model),
    LANGUAGE: 'en',
    ...(udid === null ? {} : { UDID: udid }),
    ...(serialNumber === null ? {} : { SERIAL: serialNumber }),
    ...(traits.modelFamily === 'iPhone' && serialNumber !== null ? { IMEI: imei(seed) } : {}),
    ...(has('OS_VERSION') ? { OS_VERSION: model.osVersion } : {}),
    ...(has('MDM_CAN_REQUEST_SOFTWARE_UPDATE') ? { MDM_CAN_REQUEST_SOFTWARE_UPDATE: true } : {}),
    ...(has('SOFTWARE_UPDATE_DEVICE_ID') ? { SOFTWARE_UPDATE_DEVICE_ID: `${productName}AP` } : {}),
    ...(has('MDM_CAN_REQUEST_PSSO_CONFIG') ? { MDM_CAN_REQUEST_PSSO_CONFIG: true } : {}),
  }
}
