import { rootCertificates } from 'node:tls'
import { encodePem } from '@edict/pki'
import type { Config } from '../config.ts'
import { readDeviceCa } from '../trust/read-device-ca.ts'
import { allowedAddresses } from './allowed-address.ts'
import { type WebhookClient, webhookClient } from './webhook-client.ts'

/**
 * Makes what posts to receivers, as the options say.
 *
 * @throws ConfigError when the file of authorities cannot be used
 */
export async function openWebhooks(
  { webhookCa, webhookAllow, webhookTimeout }: Pick<Config, 'webhookCa' | 'webhookAllow' | 'webhookTimeout'>,
  now: () => number,
): Promise<WebhookClient> {
  const own = webhookCa === null ? [] : await readDeviceCa(webhookCa, '--webhook-ca')
  const ca =
    own.length === 0 ? undefined : [...rootCertificates, ...own.map(({ der }) => encodePem(der, 'CERTIFICATE'))]
  return webhookClient({ ca, timeout: webhookTimeout, isAllowed: allowedAddresses(webhookAllow), now })
}
