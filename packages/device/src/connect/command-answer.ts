import type { ErrorChainItem, PlistDict } from '@edict/protocol'

export type CommandAnswer =
  | {
      readonly Status: 'Acknowledged'
      readonly response: PlistDict
      /** What follows, once the result has been sent. */
      readonly afterwards?: () => void
    }
  | { readonly Status: 'Error'; readonly ErrorChain: readonly ErrorChainItem[] }
  | { readonly Status: 'CommandFormatError'; readonly ErrorChain: readonly ErrorChainItem[] }

export function acknowledged(response: PlistDict = {}): CommandAnswer {
  return { Status: 'Acknowledged', response }
}

/** Done once the result has been sent. */
export function acknowledgedThen(afterwards: () => void): CommandAnswer {
  return { Status: 'Acknowledged', response: {}, afterwards }
}

/** Of a command that the device does not have. */
export function unknownCommand(RequestType: string): CommandAnswer {
  return refused('MCMDMErrorDomain', 12021, `Unknown command: ${RequestType}`)
}

/** Of a command whose keys are not those of Apple's schema. */
export function malformed(description: string): CommandAnswer {
  return { Status: 'CommandFormatError', ErrorChain: [errorItem(ownDomain, 6, description)] }
}

export function refused(ErrorDomain: string, ErrorCode: number, description: string): CommandAnswer {
  return { Status: 'Error', ErrorChain: [errorItem(ErrorDomain, ErrorCode, description)] }
}

// Apple does not list its codes: this says that the reason is the simulation's own.
const ownDomain = 'EdictDeviceErrorDomain'

/** For a reason that Apple has no code for. */
export function cannot(ErrorCode: number, description: string): CommandAnswer {
  return refused(ownDomain, ErrorCode, description)
}

export function errorItem(ErrorDomain: string, ErrorCode: number, description: string): ErrorChainItem {
  return { ErrorDomain, ErrorCode, LocalizedDescription: description, USEnglishDescription: description }
}

/** An item of the simulation's own. */
export function ownError(ErrorCode: number, description: string): ErrorChainItem {
  return errorItem(ownDomain, ErrorCode, description)
}
