/// A weights file of PyTorch before version 1.6: five pickles and then the numbers.
///
/// The pickles are a magic number, a protocol number, facts about the writing system, the tensors
/// by name (each a view into a storage) and the order of the storages. Layout as written by
/// `torch.serialization._legacy_save`.
public struct TorchCheckpoint: Sendable {
  private let bytes: [UInt8]
  private let tensors: [String: TensorReference]
  /// Where in `bytes` each storage lies.
  private let storages: [String: Range<Int>]

  /// Reads a file whole; no number is looked at yet.
  ///
  /// Bytes from anywhere are safe to give: nothing in them is run, and work and memory grow with
  /// their count only.
  ///
  /// - Throws: what is wrong with the file; never `.missingTensor`, `.wrongShape` or `.notFinite`.
  public init(bytes: [UInt8]) throws(BackboneError) {
    var input = ByteReader(bytes)
    guard case .long(Self.magic) = try PickleReader.read(from: &input) else {
      throw .malformed(expected: "magic number of a PyTorch file", offset: 0)
    }
    guard case .int(1001) = try PickleReader.read(from: &input) else {
      throw .malformed(expected: "PyTorch protocol 1001", offset: input.offset)
    }
    guard case .dictionary(let system) = try PickleReader.read(from: &input),
      system.contains(where: {
        if case .bool(true) = $0.value { $0.key == "little_endian" } else { false }
      })
    else { throw .malformed(expected: "little-endian system", offset: input.offset) }
    guard case .dictionary(let entries) = try PickleReader.read(from: &input) else {
      throw .malformed(expected: "dictionary of tensors", offset: input.offset)
    }
    var tensors: [String: TensorReference] = [:]
    var references: [String: StorageReference] = [:]
    for (name, value) in entries {
      guard case .tensor(let tensor) = value else {
        throw .malformed(expected: "tensor \(name)", offset: input.offset)
      }
      guard tensors.updateValue(tensor, forKey: name) == nil else { throw .duplicate(name) }
      let known = references.updateValue(tensor.storage, forKey: tensor.storage.key)
      guard known == nil || known == tensor.storage else { throw .duplicate(tensor.storage.key) }
    }
    self.bytes = bytes
    self.tensors = tensors
    self.storages = try Self.readStorages(references, from: &input)
  }

  /// Returns the numbers of one tensor, in row-major order whatever order the file has.
  ///
  /// - Throws: `.missingTensor`, `.wrongShape`, `.outsideStorage` or `.notFinite`.
  public func floats(of name: String, shape: [Int]) throws(BackboneError) -> [Float] {
    guard let tensor = tensors[name], let storage = storages[tensor.storage.key] else {
      throw .missingTensor(name)
    }
    guard tensor.shape == shape, tensor.storage.element == .float else {
      throw .wrongShape(tensor: name, expected: shape, found: tensor.shape)
    }
    guard let last = tensor.lastElement, last < tensor.storage.count else {
      throw .outsideStorage(tensor: name)
    }
    let count = shape.reduce(1, *)
    var values: [Float] = []
    values.reserveCapacity(count)
    bytes.withUnsafeBytes { bytes in
      var index = [Int](repeating: 0, count: shape.count)
      var element = tensor.offset
      for _ in 0..<count {
        let bits = bytes.loadUnaligned(
          fromByteOffset: storage.lowerBound + element * 4, as: UInt32.self)
        values.append(Float(bitPattern: UInt32(littleEndian: bits)))
        // Count up as an odometer does, carrying from the last dimension to the first.
        for dimension in shape.indices.reversed() {
          index[dimension] += 1
          element += tensor.strides[dimension]
          guard index[dimension] == shape[dimension] else { break }
          element -= tensor.strides[dimension] * shape[dimension]
          index[dimension] = 0
        }
      }
    }
    guard values.allSatisfy(\.isFinite) else { throw .notFinite(tensor: name) }
    return values
  }

  /// 0x1950A86A20F9469CFC6C, little-endian.
  private static let magic: [UInt8] = [
    0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19,
  ]

  /// Reads the list of keys and finds where each storage lies; the file must end with the last.
  private static func readStorages(
    _ references: [String: StorageReference], from input: inout ByteReader
  ) throws(BackboneError) -> [String: Range<Int>] {
    let listOffset = input.offset
    guard case .list(let keys) = try PickleReader.read(from: &input) else {
      throw .malformed(expected: "list of storages", offset: listOffset)
    }
    var storages: [String: Range<Int>] = [:]
    for key in keys {
      guard case .text(let key) = key, let reference = references[key] else {
        throw .malformed(expected: "key of a storage", offset: listOffset)
      }
      let countOffset = input.offset
      guard try input.integer(Int64.self) == Int64(reference.count) else {
        throw .malformed(expected: "\(reference.count) elements", offset: countOffset)
      }
      let range = try input.run(of: reference.count * reference.element.size)
      guard storages.updateValue(range, forKey: key) == nil else { throw .duplicate(key) }
    }
    guard input.remaining == 0 else {
      throw .malformed(expected: "end of the file", offset: input.offset)
    }
    for key in references.keys.sorted() where storages[key] == nil {
      throw .malformed(expected: "storage \(key)", offset: input.offset)
    }
    return storages
  }
}

extension TensorReference {
  /// Index in the storage of the last element; `nil` when it cannot be counted.
  fileprivate var lastElement: Int? {
    var last = offset
    for (count, stride) in zip(shape, strides) where count > 0 {
      let (step, stepOverflow) = (count - 1).multipliedReportingOverflow(by: stride)
      let (sum, sumOverflow) = last.addingReportingOverflow(step)
      guard !stepOverflow, !sumOverflow else { return nil }
      last = sum
    }
    return last
  }
}
