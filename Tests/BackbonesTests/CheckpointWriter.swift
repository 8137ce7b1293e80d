@testable import Backbones

/// Writes weights files in the layout that `TorchCheckpoint` reads.
enum CheckpointWriter {
  typealias Tensor = (name: String, shape: [Int], values: [Float])

  /// A file of contiguous tensors, each in a storage of its own.
  static func file(of tensors: [Tensor]) -> [UInt8] {
    var bytes: [UInt8] = [0x80, 2, 0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8]
    bytes += [0x50, 0x19, 0x2E, 0x80, 2] + int(1001) + [0x2E]
    bytes += [0x80, 2, 0x7D] + text("little_endian") + [0x88, 0x73, 0x2E]
    bytes += [0x80, 2, 0x7D, 0x28]
    for (index, tensor) in tensors.enumerated() {
      bytes += text(tensor.name) + Array("ctorch._utils\n_rebuild_tensor_v2\n".utf8)
      bytes += [0x28, 0x28] + text("storage") + Array("ctorch\nFloatStorage\n".utf8)
      bytes += text("\(index)") + text("cpu") + int(tensor.values.count) + [0x4E, 0x74, 0x51]
      let strides = tensor.shape.indices.map { tensor.shape[($0 + 1)...].reduce(1, *) }
      bytes += int(0) + [0x28] + tensor.shape.flatMap(int) + [0x74]
      bytes += [0x28] + strides.flatMap(int) + [0x74, 0x89, 0x7D, 0x74, 0x52]
    }
    bytes += [0x75, 0x2E, 0x80, 2, 0x5D, 0x28]
    bytes += tensors.indices.flatMap { text("\($0)") } + [0x65, 0x2E]
    for tensor in tensors {
      bytes += little(UInt64(tensor.values.count))
      for value in tensor.values { bytes += little(value.bitPattern) }
    }
    return bytes
  }

  /// A file with every tensor of a network: all ones.
  static func file(of backbone: Backbone) -> [UInt8] {
    var tensors: [Tensor] = []
    func add(_ weights: String, _ norm: String, _ shape: [Int]) {
      tensors.append(("\(weights).weight", shape, ones(shape.reduce(1, *))))
      for part in ["weight", "bias", "running_mean", "running_var"] {
        tensors.append(("\(norm).\(part)", [shape[0]], ones(shape[0])))
      }
    }
    add("_conv_stem", "_bn0", [32, 3, 3, 3])
    for (index, block) in backbone.architecture.stages.joined().enumerated() {
      let (prefix, inner) = ("_blocks.\(index).", block.innerChannelCount)
      if block.expansion > 1 {
        add(prefix + "_expand_conv", prefix + "_bn0", [inner, block.inputChannelCount, 1, 1])
      }
      add(prefix + "_depthwise_conv", prefix + "_bn1", [inner, 1, block.kernel, block.kernel])
      add(prefix + "_project_conv", prefix + "_bn2", [block.outputChannelCount, inner, 1, 1])
    }
    add("_conv_head", "_bn1", [1280, backbone.architecture.lastStageChannelCount, 1, 1])
    return file(of: tensors)
  }

  private static func ones(_ count: Int) -> [Float] { Array(repeating: 1, count: count) }

  private static func text(_ text: String) -> [UInt8] {
    [0x58] + little(UInt32(text.utf8.count)) + Array(text.utf8)
  }

  private static func int(_ value: Int) -> [UInt8] { [0x4A] + little(UInt32(value)) }

  private static func little<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { Array($0) }
  }
}
