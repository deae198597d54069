/** One thing that can be set when the server starts: on the command line, or by its environment variable. */
export interface Option {
  /** As commander writes it: `--listen <host:port>`. */
  readonly flag: string
  readonly env: string
  readonly description: string
  readonly default?: string
}

/** Every option of `edict serve`; docs/operate/options.md is made from this list. */
export const serveOptions = [
  { flag: '--data <dir>', env: 'EDICT_DATA', description: 'Directory of the embedded database', default: './data' },
  { flag: '--listen <host:port>', env: 'EDICT_LISTEN', description: 'Address to listen on', default: '127.0.0.1:8080' },
  {
    flag: '--database <url>',
    env: 'EDICT_DATABASE',
    description: 'PostgreSQL to use instead of the embedded database, postgres://…',
  },
  {
    flag: '--content <dir>',
    env: 'EDICT_CONTENT',
    description:
      'Directory of the content that devices download; several servers on one database share it. content in --data when absent',
  },
  {
    flag: '--content-size <MiB>',
    env: 'EDICT_CONTENT_SIZE',
    description: 'How large one content may be',
    default: '4096',
  },
  {
    flag: '--master-key <file>',
    env: 'EDICT_MASTER_KEY_FILE',
    description:
      'Key under which secrets are stored; only its owner may read the file. EDICT_MASTER_KEY holds the key itself. Without both, master.key in --data is used, and made at first start',
  },
  {
    flag: '--previous-master-key <file>',
    env: 'EDICT_PREVIOUS_MASTER_KEY_FILE',
    description:
      'The master key before this one: what lies under it is sealed anew at start. EDICT_PREVIOUS_MASTER_KEY holds the key itself',
  },
  {
    flag: '--apns <url>',
    env: 'EDICT_APNS',
    description:
      "Base URL of the push service; http:// is HTTP/2 with prior knowledge and without a certificate. Without it Apple's, as soon as there is a push certificate",
  },
  {
    flag: '--url <url>',
    env: 'EDICT_PUBLIC_URL',
    description:
      'Where devices reach this server, https://…; it stands in their enrollment profiles and cannot change later. On a loopback address, that address when absent',
  },
  {
    flag: '--topic <topic>',
    env: 'EDICT_TOPIC',
    description:
      'Topic of the push certificate, to be sure of it: without this the certificate decides, and before there is one com.apple.mgmt.External.edict. It stands in enrollment profiles and cannot change later',
  },
  {
    flag: '--accept-new-reach',
    env: 'EDICT_ACCEPT_NEW_REACH',
    description: 'Start with another --url or --topic than enrolled devices have in their profiles',
  },
  {
    flag: '--device-path <paths>',
    env: 'EDICT_DEVICE_PATH',
    description:
      'Further paths, separated by commas, at which devices find this server: those in the profiles of an earlier one, such as /mdm/server',
  },
  {
    flag: '--insecure-devices',
    env: 'EDICT_INSECURE_DEVICES',
    description: 'Believe what devices claim to be; only on a loopback address',
  },
  {
    flag: '--tls-cert <file>',
    env: 'EDICT_TLS_CERT',
    description: 'Certificate to listen with, in PEM, its chain after it; SIGHUP reads it and its key anew',
  },
  { flag: '--tls-key <file>', env: 'EDICT_TLS_KEY', description: 'Private key of --tls-cert, in PEM' },
  {
    flag: '--device-ca <file>',
    env: 'EDICT_DEVICE_CA',
    description: 'PEM file of other authorities whose certificates devices may have',
  },
  {
    flag: '--machine-info-ca <file>',
    env: 'EDICT_MACHINE_INFO_CA',
    description:
      'PEM file of authorities beside Apple whose devices may ask for a profile by automated enrollment; for simulated devices only',
  },
  {
    flag: '--automated-sign-in',
    env: 'EDICT_AUTOMATED_SIGN_IN',
    description:
      'Let somebody sign in before a device gets its profile by automated enrollment; only configuration_web_url works then',
  },
  {
    flag: '--proxy-header <name>',
    env: 'EDICT_PROXY_HEADER',
    description: 'Header in which a proxy tells the client certificate: client-cert or ssl-client-escaped-cert',
  },
  {
    flag: '--trusted-proxy <networks>',
    env: 'EDICT_TRUSTED_PROXY',
    description: 'Addresses and networks of the proxies that may, separated by commas',
  },
  {
    flag: '--lenient-signatures',
    env: 'EDICT_LENIENT_SIGNATURES',
    description: 'Take an Mdm-Signature with the body inside, or with SHA-1, which devices do not send',
  },
  {
    flag: '--lenient-scep',
    env: 'EDICT_LENIENT_SCEP',
    description: 'Take SHA-1 and single DES in SCEP requests, which some clients send and devices do not',
  },
  {
    flag: '--scep-challenge-file <file>',
    env: 'EDICT_SCEP_CHALLENGE_FILE',
    description:
      'A SCEP challenge that anybody who knows it may use again and again, for clients that cannot be given one each',
  },
  {
    flag: '--ade-token-key <file>',
    env: 'EDICT_ADE_TOKEN_KEY',
    description:
      'Private key of the automated enrollment server token, in PEM; only its owner may read the file. By it devices get tokens for Managed Apple Accounts',
  },
  {
    flag: '--ade-server-uuid <uuid>',
    env: 'EDICT_ADE_SERVER_UUID',
    description: 'Id of this server at Apple (server_uuid), which stands in those tokens',
  },
  {
    flag: '--wifi-profile <file>',
    env: 'EDICT_WIFI_PROFILE',
    description:
      'Profile by which a device that returns to service joins a Wi-Fi network; only its owner may read the file',
  },
  {
    flag: '--account-driven <modes>',
    env: 'EDICT_ACCOUNT_DRIVEN',
    description:
      'Let people enroll devices by signing in: byod for their own, adde for those of the organization, or both with the preferred one first (byod,adde)',
  },
  {
    flag: '--oidc-issuer <url>',
    env: 'EDICT_OIDC_ISSUER',
    description:
      'OpenID provider at which people sign in, https://…; without it they sign in with accounts of this server',
  },
  {
    flag: '--oidc-client-id <id>',
    env: 'EDICT_OIDC_CLIENT_ID',
    description: 'What this server is called at the OpenID provider',
  },
  {
    flag: '--oidc-client-secret <file>',
    env: 'EDICT_OIDC_CLIENT_SECRET_FILE',
    description:
      'Its secret there; only its owner may read the file. EDICT_OIDC_CLIENT_SECRET holds the secret itself. Without both it is a public client',
  },
  {
    flag: '--oidc-account-claim <name>',
    env: 'EDICT_OIDC_ACCOUNT_CLAIM',
    description: 'Claim that has the Managed Apple Account; an email has to be verified',
    default: 'email',
  },
  {
    flag: '--no-command-data',
    env: 'EDICT_NO_COMMAND_DATA',
    description: 'Send DeclarativeManagement without the tokens, so that devices ask for them',
  },
  {
    flag: '--hold-while-awaiting',
    env: 'EDICT_HOLD_WHILE_AWAITING',
    description: 'Offer no DeclarativeManagement while a device awaits configuration',
  },
  {
    flag: '--wake-rate <per second>',
    env: 'EDICT_WAKE_RATE',
    description: 'How many pushes a second a change may cause',
    default: '500',
  },
  {
    flag: '--wake-window <ms>',
    env: 'EDICT_WAKE_WINDOW',
    description: 'How long wakes of one device wait to become one push, at most 2000',
    default: '1000',
  },
  {
    flag: '--second-push <seconds>',
    env: 'EDICT_SECOND_PUSH',
    description:
      'How long a device that has just enrolled has to come before it is pushed once more, at most 60; 0: never',
    default: '10',
  },
  {
    flag: '--keep-reports <count>',
    env: 'EDICT_KEEP_REPORTS',
    description: 'Status reports kept of each channel',
    default: '20',
  },
  {
    flag: '--keep-trace <count>',
    env: 'EDICT_KEEP_TRACE',
    description:
      'Entries kept of what each channel and the server said, for at most 30 days; 0: none, and no diagnosis can tell',
    default: '500',
  },
  {
    flag: '--trace-bodies',
    env: 'EDICT_TRACE_BODIES',
    description:
      'Keep with the last 100 entries of each channel what went over the wire, without what is known to be secret; for looking into one problem, not for every day',
  },
  {
    flag: '--webhook-ca <file>',
    env: 'EDICT_WEBHOOK_CA',
    description:
      'PEM file with authorities, beside those that Node.js knows, for the certificates of webhook receivers',
  },
  {
    flag: '--webhook-allow <networks>',
    env: 'EDICT_WEBHOOK_ALLOW',
    description:
      'Networks, separated by commas, that webhooks may go to though they are link-local, multicast or where clouds tell credentials',
  },
  {
    flag: '--webhook-timeout <seconds>',
    env: 'EDICT_WEBHOOK_TIMEOUT',
    description: 'How long a receiver has to answer, at most 60',
    default: '20',
  },
  {
    flag: '--webhook-backlog <count>',
    env: 'EDICT_WEBHOOK_BACKLOG',
    description: 'How many deliveries may wait for each webhook; beyond it the oldest tenth is given up',
    default: '100000',
  },
  {
    flag: '--log-level <level>',
    env: 'EDICT_LOG_LEVEL',
    description: 'trace, debug, info, warn, error or silent',
    default: 'info',
  },
] as const satisfies readonly Option[]

/** Read from the environment only, so that they do not show in the list of processes. */
export const ADMIN_TOKEN_ENV = 'EDICT_ADMIN_TOKEN'
export const MASTER_KEY_ENV = 'EDICT_MASTER_KEY'
export const PREVIOUS_MASTER_KEY_ENV = 'EDICT_PREVIOUS_MASTER_KEY'
export const OIDC_CLIENT_SECRET_ENV = 'EDICT_OIDC_CLIENT_SECRET'
