import { commonName, readCertificate } from '@edict/pki'
import { acknowledged } from '../command-answer.ts'
import type { Answer } from '../command-subject.ts'

/** Its identity first, then what it was told to trust. @see apple:mdm/commands/certificate.list.yaml */
export const certificateList: Answer = (_command, { certificates, kind }) => {
  const all = kind === 'device' ? certificates() : []
  return acknowledged({
    CertificateList: all.map((Data, index) => ({
      CommonName: commonName(readCertificate(Data).subject) ?? '',
      IsIdentity: index === 0,
      Data,
    })),
  })
}
