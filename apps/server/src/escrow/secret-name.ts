/** What devices escrow. @see apple:mdm/checkin/setbootstraptoken.yaml, apple:mdm/checkin/tokenupdate.yaml (UnlockToken) */
export type SecretName = 'bootstrap-token' | 'unlock-token'

/** Whose secrets are the server's own: no device can have this id and a secret by their names. */
export const SERVER = 'edict.server'
