/// Why a weights file did not become a network.
public enum BackboneError: Error, Equatable, Sendable {
  /// The file ends inside the thing that begins at `offset`.
  case truncated(offset: Int)
  /// An instruction that weights do not need; nothing was run.
  case unexpectedOpcode(UInt8, offset: Int)
  /// A Python name that weights do not need, as `os.system`.
  case unexpectedGlobal(String, offset: Int)
  /// Something else stands where `expected` had to.
  case malformed(expected: String, offset: Int)
  /// Values inside values beyond the limit.
  case tooDeep(limit: Int, offset: Int)
  /// A number in the file beyond what the file itself can hold.
  case tooLarge(Int, limit: Int, offset: Int)
  /// Two storages, or two tensors, of one name.
  case duplicate(String)
  /// A tensor whose elements lie outside the storage that it names.
  case outsideStorage(tensor: String)
  /// The network has a tensor that the file lacks.
  case missingTensor(String)
  /// A tensor of another shape, or of integers where the network has fractions.
  case wrongShape(tensor: String, expected: [Int], found: [Int])
  /// A weight that is not a finite number.
  case notFinite(tensor: String)
}
