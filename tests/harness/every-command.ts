import type { JsonObject } from '@edict/protocol'

const profile = `<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0"><dict>
<key>PayloadType</key><string>Configuration</string><key>PayloadVersion</key><integer>1</integer>
<key>PayloadIdentifier</key><string>com.example.wifi</string><key>PayloadUUID</key><string>0F1E</string>
<key>PayloadContent</key><array/></dict></plist>`
const octets = (text: string) => ({ $data: Buffer.from(text).toString('base64') })
const pages = 'com.apple.Pages'

/** Keys with which each of Apple's commands is well formed, where it needs any. */
const keys: Readonly<Record<string, JsonObject>> = {
  ApplyRedemptionCode: { Identifier: pages, RedemptionCode: 'code' },
  ClearPasscode: { UnlockToken: octets('token') },
  DeleteUser: { UserName: 'nobody' },
  DeviceInformation: { Queries: ['OSVersion', 'DeviceName'] },
  EnableLostMode: { Message: 'Please bring it back' },
  InstallApplication: { Identifier: pages },
  InstallEnterpriseApplication: { ManifestURL: 'https://apps.example/manifest.plist' },
  InstallMedia: { iTunesStoreID: 1, MediaType: 'Book' },
  InstallProfile: { Payload: octets(profile) },
  InstallProvisioningProfile: { ProvisioningProfile: octets('profile') },
  InviteToProgram: { ProgramID: 'com.apple.cloudvpp', InvitationURL: 'https://buy.itunes.apple.com/x' },
  LOMDeviceRequest: {
    RequestList: [
      {
        DeviceRequestType: 'PowerON',
        DeviceRequestUUID: 'A',
        DeviceDNSName: 'mac.example',
        PrimaryIPv6AddressList: ['fe80::1'],
        SecondaryIPv6AddressList: [],
        LOMProtocolVersion: 1,
      },
    ],
  },
  ManagedApplicationAttributes: { Identifiers: [pages] },
  ManagedApplicationConfiguration: { Identifiers: [pages] },
  ManagedApplicationFeedback: { Identifiers: [pages] },
  RefreshCellularPlans: { eSIMServerURL: 'https://esim.example' },
  RemoveApplication: { Identifier: pages },
  RemoveMedia: { MediaType: 'Book', iTunesStoreID: '1' },
  RemoveProfile: { Identifier: 'com.example.wifi' },
  RemoveProvisioningProfile: { UUID: 'none' },
  RotateFileVaultKey: { KeyType: 'personal', FileVaultUnlock: { Password: 'x' } },
  ScheduleOSUpdate: { Updates: [{ ProductKey: 'x', InstallAction: 'Default' }] },
  SetAutoAdminPassword: { GUID: 'none', passwordHash: octets('hash') },
  SetFirmwarePassword: { NewPassword: 'x' },
  SetRecoveryLock: { NewPassword: 'x' },
  Settings: { Settings: [] },
  TriggerEnhancedLogCollection: { AppleCareToken: 'x' },
  UnlockUserAccount: { UserName: 'nobody' },
  VerifyFirmwarePassword: { Password: 'x' },
  VerifyRecoveryLock: { Password: 'x' },
}

/** A command that is well formed, in the JSON of the admin API. */
export function soundCommand(RequestType: string): JsonObject & { readonly RequestType: string } {
  return { RequestType, ...keys[RequestType] }
}
