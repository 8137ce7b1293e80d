/// Turns a head's scores into calibrated ones: `scale[k] · score + offset[k]` for class `k`.
///
/// Multiclass heads have one scale for all classes (the inverse of the temperature) and no offsets;
/// multilabel heads have a scale and an offset for each class.
public struct Calibration: Equatable, Sendable {
  /// One for each class; above 0, so that calibration never changes an order.
  public let scales: [Float]
  /// One for each class.
  public let offsets: [Float]

  public init(scales: [Float], offsets: [Float]) {
    precondition(
      scales.count == offsets.count, "\(scales.count) scales, \(offsets.count) offsets")
    self.scales = scales
    self.offsets = offsets
  }

  /// Leaves scores as they are.
  static func identity(classCount: Int) -> Calibration {
    Calibration(
      scales: [Float](repeating: 1, count: classCount),
      offsets: [Float](repeating: 0, count: classCount))
  }
}
