public import Dataset

/// One operation on the tags of some images, shown at once and marked until it is saved.
public struct LabelChange: Hashable, Sendable {
  public let id: ChangeID
  /// The images concerned: at least one, none twice.
  public let images: [ImageID]
  public let operation: LabelOperation

  public init(id: ChangeID, images: [ImageID], operation: LabelOperation) {
    self.id = id
    self.images = images
    self.operation = operation
  }
}
