import { createSelfSigned, createSignedData } from '@edict/pki'
import { encodePlist } from '@edict/protocol'
import type { CoreDevice } from '../core-device.ts'
import { osBuild } from '../status/values.ts'
import type { KeySource } from './key-source.ts'

/** What a device says of itself when it asks for an enrollment profile. */
export interface MachineInfo {
  /** Apple's name for the family: `iPad`, `Mac`, `RealityDevice` … */
  readonly modelFamily: string
  /** `mdm-byod` where the person owns the device, `mdm-adde` where the organization does. */
  readonly version: 'mdm-byod' | 'mdm-adde'
  /** CMS signed data over the property list. */
  signed(): Promise<Uint8Array>
}

type Self = Pick<CoreDevice, 'identity' | 'traits' | 'model' | 'clock'>

/**
 * The MachineInfo of a device. User enrollment keeps its identifiers out of it. A real device signs with the key that Apple gave
 * it; a simulated one has none, and signs with one of its own.
 *
 * @see apple:other/machineinfo.yaml
 */
export function machineInfo({ identity, traits, model, clock }: Self, keys: KeySource): MachineInfo {
  const { udid, serialNumber, productName } = identity
  const content = {
    LANGUAGE: 'en',
    PRODUCT: productName,
    VERSION: osBuild(model),
    OS_VERSION: model.osVersion,
    ...(udid === null ? {} : { UDID: udid }),
    ...(serialNumber === null ? {} : { SERIAL: serialNumber }),
  }
  return {
    modelFamily: traits.modelFamily,
    version: traits.enrollment === 'user' ? 'mdm-byod' : 'mdm-adde',
    signed: async () => {
      const privateKey = await keys(2048)
      const signer = await createSelfSigned([{ type: 'CN', value: productName }], privateKey, clock.now())
      return createSignedData(encodePlist(content), { signer, signingTime: clock.now() })
    },
  }
}
