/** Where the server's certificate (PEM, with its intermediates) and private key (PEM) are. */
export interface TlsFiles {
  readonly cert: string
  readonly key: string
}
