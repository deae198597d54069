/**
 * What devices escrow.
 *
 * @see apple:mdm/checkin/setbootstraptoken.yaml, apple:mdm/checkin/tokenupdate.yaml (UnlockToken),
 * apple:mdm/commands/passcode.unlocktoken.yaml, apple:mdm/commands/device.activationlock.bypasscode.yaml
 */
export const secretNames = ['bootstrap-token', 'unlock-token', 'activation-lock-bypass-code'] as const
export type SecretName = (typeof secretNames)[number]

/** Whose secrets are the server's own: no device can have this id and a secret by their names. */
export const SERVER = 'edict.server'
