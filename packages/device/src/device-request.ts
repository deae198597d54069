/** One request of a device, as it went. */
export interface DeviceRequest {
  /** Milliseconds since 1970, when it was sent. */
  readonly at: number
  /** The enrollment id of the channel. */
  readonly channel: string
  /**
   * A check-in by its MessageType, a DeclarativeManagement by its Endpoint (`tokens`, `declaration/asset/x`), a connect by
   * its Status and, of results, RequestType (`Idle`, `Acknowledged DeviceInformation`), a download as `GET <url>`, what SCEP asks
   * as `SCEP <operation>`, what leads to an enrollment profile as `GET service discovery` and `POST enrollment profile`.
   */
  readonly endpoint: string
  /** Of the answer; 0 when there was none. */
  readonly status: number
}
