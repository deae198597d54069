import { seededBytes } from '../../seeded.ts'
import { acknowledged, cannot } from '../command-answer.ts'
import type { Answer } from '../command-subject.ts'

/** A personal key comes back encrypted, as the simulation's own octets. @see apple:mdm/commands/rotate.file.vault.key.yaml */
export const rotateFileVaultKey: Answer = ({ KeyType, ReplyEncryptionCertificate }, { model, seed }) => {
  if (!model.fileVault) return cannot(20, 'FileVault is off')
  model.commanded.recoveryKeys++
  if (KeyType !== 'personal' || !(ReplyEncryptionCertificate instanceof Uint8Array)) return acknowledged()
  const key = seededBytes(seed, 'recovery-key', model.commanded.recoveryKeys)
  return acknowledged({ RotateResult: { EncryptedNewRecoveryKey: key } })
}
