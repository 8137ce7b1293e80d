/// What programs have set for a project besides what the product itself goes by.
public struct ProgramSettings: Hashable, Sendable {
  /// The platforms that its models are meant for, in the programs' words.
  public var exportPlatforms: [String]
  /// The web address that is told when a training or an export ends.
  public var notificationAddress: String?
  /// Where programs would have exported models put. Kept and told; nothing is put there.
  public var exportAddress: String?

  public init(
    exportPlatforms: [String] = [], notificationAddress: String? = nil,
    exportAddress: String? = nil
  ) {
    self.exportPlatforms = exportPlatforms
    self.notificationAddress = notificationAddress
    self.exportAddress = exportAddress
  }
}
