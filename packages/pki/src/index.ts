export type { Digest } from './algorithm/digest.ts'
export { appleDeviceAuthorities } from './apple-device-authority.ts'
export { appleDeviceMarker } from './apple-device-marker.ts'
export { decodeBase64, encodeBase64 } from './base64.ts'
export { type Certificate, readCertificate, serialNumber } from './certificate/certificate.ts'
export { type ReadCertificate, rememberCertificates } from './certificate/certificate-cache.ts'
export { anyPurpose, type ChainOptions, clientAuth } from './certificate/chain-options.ts'
export { readClientCertHeader, readEscapedCertHeader } from './certificate/client-certificate-header.ts'
export type { Extension, KeyUsage } from './certificate/extensions.ts'
export { isSelfSigned } from './certificate/is-self-signed.ts'
export {
  commonName,
  encodeName,
  maximumAttributeLength,
  type NameAttribute,
  type NameType,
  nameValues,
} from './certificate/name.ts'
export { decodePem, encodePem } from './certificate/pem.ts'
export { verifyChain } from './certificate/verify-chain.ts'
export { refuseWeakKey } from './certificate/weak-key.ts'
export { readCertificatesOnly, writeCertificatesOnly } from './cms/certificates-only.ts'
export type { ContentCipher } from './cms/content-cipher.ts'
export { createEnvelopedData } from './cms/create-enveloped-data.ts'
export { createSignedData, type SignOptions } from './cms/create-signed-data.ts'
export { decryptEnvelopedData } from './cms/decrypt-enveloped-data.ts'
export type { KeyPair } from './cms/key-pair.ts'
export { type Verified, type VerifyOptions, verifySignedData } from './cms/verify-signed-data.ts'
export { type AuthorityOptions, createAuthority } from './issue/authority.ts'
export { type CertificateRequest, readCertificateRequest } from './issue/certificate-request.ts'
export { createCertificateRequest, type RequestOptions } from './issue/create-certificate-request.ts'
export { type IssueOptions, issueDeviceCertificate, issueIdentity, issueScepAgent } from './issue/issue-certificate.ts'
export { type KeyType, newPrivateKey } from './issue/key-type.ts'
export { createRevocationList, type Revocation, type RevocationListOptions } from './issue/revocation-list.ts'
export { createSelfSigned } from './issue/self-signed.ts'
export {
  type MachineInfoOptions,
  type SignedMachineInfo,
  verifyMachineInfo,
} from './machine-info.ts'
export { createMdmSignature, type MdmSignatureOptions, type MdmSigner, verifyMdmSignature } from './mdm-signature.ts'
export { PkiError, type PkiEvidence } from './pki-error.ts'
export {
  type AuthorityCertificates,
  readAuthorityCertificates,
  writeAuthorityCertificates,
} from './scep/authority-certificates.ts'
export { readScepCapabilities, scepCapabilities, writeScepCapabilities } from './scep/capabilities.ts'
export {
  type Challenge,
  type ChallengeAttempt,
  type ChallengeDecision,
  createChallenge,
  hashChallenge,
  judgeChallenge,
  maximumChallengeLifetime,
} from './scep/challenge.ts'
export { createScepReply, type ScepAnswer } from './scep/create-reply.ts'
export { createScepRequest, type ScepRequestOptions, writePoll } from './scep/create-request.ts'
export type { FailInfo } from './scep/fail-info.ts'
export { readPkiOperationQuery } from './scep/pki-operation-query.ts'
export { readScepReply, type ScepReply, type ScepReplyOptions } from './scep/read-reply.ts'
export { type RefusedScepRequest, readScepRequest, type ScepExchange, type ScepRequest } from './scep/read-request.ts'
export { type MasterKey, masterKey, readMasterKey } from './seal/master-key.ts'
export { sealPrivateKey, unsealPrivateKey } from './seal/private-key.ts'
export { seal, sealedUnder, unseal } from './seal/seal.ts'
