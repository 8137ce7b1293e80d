import Foundation
import ONNXGraph

@testable import Backbones
@testable import Setup

/// Reads a weights file and the tensors that the seeds have.
@Sendable func readCheckpoint(_ bytes: [UInt8]) {
  guard let checkpoint = try? TorchCheckpoint(bytes: bytes) else { return }
  let tensors = [
    "plain": [3, 4], "swapped": [4, 3], "tail": [2, 2], "small": [2], "steps": [],
  ]
  for (name, shape) in tensors {
    guard let floats = try? checkpoint.floats(of: name, shape: shape) else { continue }
    precondition(floats.count == shape.reduce(1, *) && floats.allSatisfy(\.isFinite))
  }
}

/// Reads pickles until one is refused or the bytes are used up.
@Sendable func readPickles(_ bytes: [UInt8]) {
  var input = ByteReader(bytes)
  while input.remaining > 0 {
    let before = input.remaining
    guard (try? PickleReader.read(from: &input)) != nil else { return }
    precondition(input.remaining < before, "a pickle of no bytes")
  }
}

/// Reads a model; what can be read can be written and read again.
@Sendable func readModel(_ bytes: [UInt8]) {
  guard let model = try? ONNXModel(bytes: bytes) else { return }
  do {
    _ = try ONNXModel(bytes: model.serialized())
  } catch {
    fatalError("what was read and written cannot be read: \(error)")
  }
}

/// Unpacks the files that the seeds have.
@Sendable func unpackArchive(_ bytes: [UInt8]) {
  guard let archive = try? ZipArchive(Data(bytes)) else { return }
  for name in ["stored", "packed", "empty"] {
    guard let file = try? archive.bytes(of: name, limit: 1_000_000) else { continue }
    precondition(file.count == archive.byteCount(of: name) && file.count <= 1_000_000)
  }
}
