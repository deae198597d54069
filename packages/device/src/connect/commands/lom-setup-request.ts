import { acknowledged } from '../command-answer.ts'
import type { Answer } from '../command-subject.ts'

/** @see apple:mdm/commands/lom.setuprequest.yaml */
export const lomSetupRequest: Answer = () =>
  acknowledged({ PrimaryIPv6AddressList: ['fe80::1'], SecondaryIPv6AddressList: [], LOMProtocolVersion: 1 })
