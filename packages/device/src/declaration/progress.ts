import type { AssetState, ProfileState } from '../content/download.ts'
import { textAt } from '../json-object.ts'
import { assetReferences } from './asset-references.ts'
import type { Held } from './held.ts'
import { isA } from './is-a.ts'
import { reasons } from './reasons.ts'
import type { Progress } from './states.ts'

const done: Progress = { phase: 'done', reasons: [] }
const working: Progress = { phase: 'working', reasons: [] }

/** Whether a configuration brings a profile, and waits for its download. */
export function profileUrlOf({ declaration }: Held): string | undefined {
  const legacy = declaration?.Type.startsWith('com.apple.configuration.legacy') === true
  return legacy ? textAt(declaration.Payload, 'ProfileURL') : undefined
}

/** The manifest by which a configuration brings an app or a package. That it fails is told of the app or package, not of the configuration. */
export function manifestUrlOf({ declaration }: Held): string | undefined {
  const brings =
    declaration !== null &&
    (isA(declaration, 'com.apple.configuration.package') || isA(declaration, 'com.apple.configuration.app.managed'))
  return brings ? textAt(declaration.Payload, 'ManifestURL') : undefined
}

/** How far an active configuration is: it waits for its assets and its profile, and fails with them. */
export function progressOf(
  held: Held,
  assets: ReadonlyMap<string, AssetState>,
  profiles: ReadonlyMap<string, ProfileState>,
): Progress {
  const { declaration } = held
  if (declaration === null) return working
  for (const identifier of assetReferences(declaration)) {
    const state = assets.get(identifier)
    if (state?.phase === 'failed') {
      return failed(`The asset “${identifier}” is not available.`)
    }
    if (state?.phase !== 'done') return working
  }
  if (profileUrlOf(held) !== undefined) {
    const state = profiles.get(held.identifier)
    if (state?.phase === 'failed') return failed(state.problem ?? 'Profile Installation Failed')
    return state?.phase === 'done' && state.serverToken === held.serverToken ? done : working
  }
  return isA(declaration, 'com.apple.configuration.management.test') ? tested(held, assets) : done
}

/** The engine's self-test says what it is told to say. Which code an echo without failure has, Apple does not say. */
function tested({ declaration }: Held, assets: ReadonlyMap<string, AssetState>): Progress {
  const payload = declaration?.Payload ?? {}
  const reference = textAt(payload, 'EchoDataAssetReference')
  const fromAsset = reference === undefined ? undefined : assets.get(reference)?.content?.text
  const echo = fromAsset ?? textAt(payload, 'Echo') ?? ''
  if (textAt(payload, 'ReturnStatus') === 'Failed') return failed(echo)
  return { phase: 'done', reasons: [{ code: 'Info.Echo', description: echo, details: { Echo: echo } }] }
}

function failed(problem: string): Progress {
  return { phase: 'failed', reasons: [reasons.configurationCannotBeApplied(problem)] }
}
