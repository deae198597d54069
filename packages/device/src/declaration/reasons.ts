import type { Json, JsonObject, StatusReason } from '@edict/protocol'

/** The declaration a reason speaks of. */
export interface Named {
  readonly identifier: string
  readonly serverToken: string
}

/**
 * Reasons in the shapes of real reports: curly quotes in descriptions, and lists of identifiers as one text.
 *
 * @see apple:declarative/declarations/declarationbase.yaml (reasons)
 */
export const reasons = {
  activationFailed: (activation: Named) =>
    reason('Error.ActivationFailed', `Activation “${activation.identifier}” failed`, named(activation)),
  configurationFailed: (configuration: Named) =>
    reason('Error.ConfigurationFailed', `Configuration “${configuration.identifier}” failed`, named(configuration)),
  configurationNotSupported: (configuration: Named) =>
    reason(
      'Error.ConfigurationNotSupported',
      `Configuration “${configuration.identifier}” is not supported for this platform, scope, or enrollment type`,
      named(configuration),
    ),
  invalidPayload: (declaration: Named) =>
    reason('Error.InvalidPayload', `Declaration “${declaration.identifier}” is not fully loaded`, named(declaration)),
  missingAssets: (configuration: Named, assets: readonly string[], asText: boolean) =>
    reason('Error.MissingAssets', `Configuration “${configuration.identifier}” references assets that are missing`, {
      ...named(configuration),
      AssetIdentifiers: list(assets, asText),
    }),
  missingConfigurations: (activation: Named, configurations: readonly string[], asText: boolean) =>
    reason(
      'Error.MissingConfigurations',
      `Activation “${activation.identifier}” references configurations that are missing`,
      { ...named(activation), ConfigurationIdentifiers: list(configurations, asText) },
    ),
  predicateFalse: (activation: Named, Predicate: string) =>
    reason('Info.Predicate', 'Predicate evaluated to false', { ...named(activation), Predicate }),
  unableToEvaluatePredicate: (activation: Named, Predicate: string) =>
    reason('Error.UnableToEvaluatePredicate', 'Predicate cannot be evaluated', { ...named(activation), Predicate }),
  unableToParsePredicate: (activation: Named, Predicate: string, customOperator: boolean) =>
    reason(
      customOperator ? 'Error.UnableToParsePredicateWithCustomOperator' : 'Error.UnableToParsePredicate',
      'Predicate cannot be parsed',
      { ...named(activation), Predicate },
    ),
  notReferencedByActivation: (configuration: Named) =>
    reason(
      'Info.NotReferencedByActivation',
      `Configuration “${configuration.identifier}” is not referenced by an activation`,
      named(configuration),
    ),
  notReferencedByConfiguration: (asset: Named) =>
    reason(
      'Info.NotReferencedByConfiguration',
      `Asset “${asset.identifier}” is not referenced by a configuration`,
      named(asset),
    ),
  assetCannotBeDeserialized: (error: string) =>
    reason('Error.AssetCannotBeDeserialized', 'Asset cannot be deserialized', { Error: error }),
  assetCannotBeDownloaded: (error: string) =>
    reason('Error.AssetCannotBeDownloaded', 'Asset cannot be downloaded', { Error: error }),
  assetCannotBeVerified: (error: string) =>
    reason('Error.AssetCannotBeVerified', 'Asset cannot be verified', { Error: error }),
  configurationCannotBeApplied: (error: string) =>
    reason('Error.ConfigurationCannotBeApplied', 'Configuration cannot be applied', { Error: error }),
  configurationCannotBeDeserialized: (error: string) =>
    reason('Error.ConfigurationCannotBeDeserialized', 'Configuration cannot be deserialized', { Error: error }),
  unknownDeclarationType: (UnknownDeclarationType: string) =>
    reason('Error.UnknownDeclarationType', 'Unknown declaration type', { UnknownDeclarationType }),
  unknownPayloadKeys: (UnknownPayloadKeys: readonly string[]) =>
    reason('Error.UnknownPayloadKeys', 'Unknown payload keys', { UnknownPayloadKeys }),
  unsupportedSettings: (Settings: readonly string[]) =>
    reason('Info.UnsupportedSettings', 'Unsupported settings', { Settings }),
} as const

function reason(code: string, description: string, details: JsonObject): StatusReason {
  return { code, description, details }
}

function named({ identifier, serverToken }: Named): JsonObject {
  return { Identifier: identifier, ServerToken: serverToken }
}

function list(identifiers: readonly string[], asText: boolean): Json {
  const sorted = [...identifiers].sort()
  return asText ? sorted.join(', ') : sorted
}
