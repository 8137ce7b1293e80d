import Backbones
import ONNXGraph

extension ErrorWording {
  /// The sentence for a network that does not fit its description.
  static func message(for error: EncoderError) -> String {
    switch error {
    case .inputCount(let names):
      names.isEmpty
        ? "The output needs no picture: name another with output."
        : "The output needs more than a picture: \(names.joined(separator: ", ")). Name another with output, or export the image part alone."
    case .inputType(let name, let code):
      "The input \(name) takes neither 32-bit nor 16-bit floats (it is type \(code) of ONNX). Export the network without its own preprocessing."
    case .inputShape(let name, let expected, let found):
      "The input \(name) takes \(found.joined(separator: "×")), not \(expected.joined(separator: "×")). Change size or layout; one picture at a time."
    case .operatorsTooOld(let version, let needed):
      "The network is written for version \(version) of ONNX's operators; \(needed) is needed. Export it again."
    case .needsOneView(let operation):
      "The network decides as it runs (\(operation)) and can see one view only. Add: views = \"centred\""
    case .outputShape(let name, let pooling, let found):
      "The output \(name) has the shape \(found.map(String.init).joined(separator: "×")), which pooling = \"\(pooling.rawValue)\" does not take. \(advice(on: found))"
    case .tooManyNumbers(let count, let limit):
      "An embedding would have \(count) numbers; \(limit) is the limit. Name another output, or pool it."
    }
  }

  private static func advice(on shape: [Int]) -> String {
    switch shape.count {
    case 4: "Use pooling = \"mean\" or \"mean+deviation\"."
    case 3: "Use pooling = \"mean\", \"mean+deviation\" or \"first\"."
    default: "Use pooling = \"none\", or name another output."
    }
  }

  /// The sentence for a file that cannot be built into a graph.
  static func message(for error: ONNXGraphError) -> String {
    switch error {
    case .notAModel: "The model is no ONNX file."
    case .unsupportedPart(let part): "The model has a part that is not supported: \(part)."
    case .unsupportedFormatVersion(let version):
      "The model is written in version \(version) of the ONNX format, which is not read."
    case .unsupportedElementType(let name, let code):
      "\(name) in the model has elements of type \(code) of ONNX, which are not read."
    case .wrongElementCount(let tensor, let expected, let found):
      "The model is damaged: \(tensor) has \(found) elements instead of \(expected)."
    case .invalidShape(let name): "The model is damaged: \(name) has an impossible shape."
    case .undefinedValue(let name, let user):
      "The model is damaged: \(user) uses \(name), which nothing before it makes."
    case .duplicateValue(let name): "The model is damaged: \(name) is made twice."
    case .externalData(let tensor):
      "The model keeps \(tensor) in another file. Save it as one file: onnx.save(onnx.load(PATH), PATH)"
    case .unknownOutput(let name, let known):
      name.isEmpty
        ? "The model declares no output."
        : "The model has no output and no operation \(name); its outputs are \(known.joined(separator: ", "))."
    }
  }
}
