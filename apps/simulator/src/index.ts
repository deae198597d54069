export { type HttpTransportOptions, httpTransport } from './transport/http-transport.ts'
export { TransportError } from './transport/transport-error.ts'
