/** The four kinds, as they stand in an Endpoint: the third dot-segment of a declaration's Type. */
export type DeclarationKind = 'activation' | 'asset' | 'configuration' | 'management'

export const declarationKinds: readonly DeclarationKind[] = ['activation', 'asset', 'configuration', 'management']
