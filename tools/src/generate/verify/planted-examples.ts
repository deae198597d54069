/** Examples of our own where a checkout has Apple's, by path below `examples/declarative`. */
export const plantedExamples: Readonly<Record<string, string>> = {
  'declarations/activations/simple/one.json': declaration('com.apple.activation.simple', {
    StandardConfigurations: ['not.there'],
    Predicate: '@status(passcode.is-compliant) == TRUE',
  }),
  'declarations/assets/credentials/acme/one.json': '{"DirectoryURL": "https://acme.example.com"}',
  'declarations/configurations/account.mail/one.json': declaration('com.apple.configuration.account.mail', {
    UserIdentityAssetReference: 'not.there.either',
    IncomingServer: { ServerType: 'IMAP', HostName: 'mail.example.com', AuthenticationMethod: 'None' },
    OutgoingServer: { HostName: 'mail.example.com', AuthenticationMethod: 'None' },
  }),
  'declarations/management/properties/one.json': declaration('com.apple.management.properties', { age: 17 }),
  'status/passcode.is-compliant/one.json': '{"passcode": {"is-compliant": true}}',
  'status/statusreason/one.json': '{"code": "Error.Broken"}',
}

export function declaration(Type: string, Payload: object): string {
  return JSON.stringify({ Type, Identifier: 'example', ServerToken: 'token', Payload })
}
