/// The classification domains of the service: programs hold their ids as constants.
public struct ServiceDomain: Hashable, Sendable {
  public let id: String
  public let name: String
  public let exportable: Bool
  /// Retired domains are accepted, and not offered.
  public let enabled: Bool

  private init(_ id: String, _ name: String, exportable: Bool = false, enabled: Bool = true) {
    self.id = id
    self.name = name
    self.exportable = exportable
    self.enabled = enabled
  }

  public static let general = ServiceDomain("ee85a74c-405e-4adc-bb47-ffa8ca0c9f31", "General")
  public static let generalCompact = ServiceDomain(
    "0732100f-1a38-4e49-a514-c9b44c697ab5", "General (compact)", exportable: true)

  public static let all = [
    general,
    ServiceDomain("a8e3c40f-fb4a-466f-832a-5e457ae4a344", "General [A1]"),
    ServiceDomain("2e37d7fb-3a54-486a-b4d6-cfc369af0018", "General [A2]"),
    ServiceDomain("c151d5b5-dd07-472a-acc8-15d29dea8518", "Food"),
    ServiceDomain("ca455789-012d-4b50-9fec-5bb63841c793", "Landmarks"),
    ServiceDomain("b30a91ae-e3c1-4f73-a81e-c270bff27c39", "Retail"),
    generalCompact,
    ServiceDomain(
      "a1db07ca-a19a-4830-bae8-e004a42dc863", "General (compact) [S1]", exportable: true),
    ServiceDomain(
      "8882951b-82cd-4c32-970b-d5f8cb8bf6d7", "Food (compact)", exportable: true, enabled: false),
    ServiceDomain(
      "b5cfd229-2ac7-4b2b-8d0a-2b0661344894", "Landmarks (compact)", exportable: true,
      enabled: false),
    ServiceDomain(
      "6b4faeda-8396-481b-9f8b-177b9fa3097f", "Retail (compact)", exportable: true, enabled: false),
    ServiceDomain("45badf75-3591-4f26-a705-45678d3e9f5f", "Adult", enabled: false),
  ]

  /// The domains of object detection, which is not done here.
  public static let detectionIDs: Set = [
    "da2e3a8a-40a5-4171-82f4-58522f70fbc1", "9c616dff-2e7d-ea11-af59-1866da359ce6",
    "1d8ffafe-ec40-4fb2-8f90-72b3b6cecea4", "3780a898-81c3-4516-81ae-3a139614e1f3",
    "a27d5ca5-bb19-49d8-a70a-fec086c47f5b", "7ec2ac80-887b-48a6-8df9-8b1357765430",
  ]

  /// The domain with this id, in either case of letters.
  public static func with(id: String) -> ServiceDomain? {
    let id = id.lowercased()
    return all.first { $0.id == id }
  }
}
