import CustomVisionAPI

/// The keys that requests must carry, one for each half of the API.
public struct AccessKeys: Sendable {
  /// Headers that carry a key besides that of the half.
  static let sharedHeader = "Ocp-Apim-Subscription-Key"

  private let keys: [ServiceOperation.Side: [UInt8]]

  /// - Parameters:
  ///   - training: `nil` asks for none.
  ///   - prediction: `nil` asks for none.
  public init(training: String?, prediction: String?) {
    var keys: [ServiceOperation.Side: [UInt8]] = [:]
    keys[.training] = training.map { Array($0.utf8) }
    keys[.prediction] = prediction.map { Array($0.utf8) }
    self.keys = keys
  }

  static func header(of side: ServiceOperation.Side) -> String {
    switch side {
    case .training: "Training-Key"
    case .prediction: "Prediction-Key"
    }
  }

  /// Whether requests of the half must carry a key.
  func asks(for side: ServiceOperation.Side) -> Bool { keys[side] != nil }

  /// Whether a request with this key may do what belongs to the half.
  ///
  /// Takes the same time wherever the key differs.
  func admit(_ given: String?, to side: ServiceOperation.Side) -> Bool {
    guard let key = keys[side] else { return true }
    guard let given, !key.isEmpty else { return false }
    let bytes = Array(given.utf8)
    var difference = UInt8(bytes.count == key.count ? 0 : 1)
    for (index, byte) in bytes.enumerated() { difference |= byte ^ key[index % key.count] }
    return difference == 0
  }
}
