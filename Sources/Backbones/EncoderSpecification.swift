/// An image encoder that a person adds: which ONNX file, and how it wants its pictures.
public struct EncoderSpecification: Hashable, Sendable, Codable {
  /// Where the colours of a pixel stand.
  public enum Layout: String, Sendable, CaseIterable, Codable {
    /// A plane for each colour: [1, 3, side, side].
    case planes = "NCHW"
    /// The colours of a pixel side by side: [1, side, side, 3].
    case pixels = "NHWC"
  }

  public enum Channels: String, Sendable, CaseIterable, Codable {
    case rgb = "RGB"
    case bgr = "BGR"
  }

  /// What becomes of the network's output.
  public enum Pooling: String, Sendable, CaseIterable, Codable {
    /// It is a vector already.
    case none
    /// The mean over positions of a map, or over tokens.
    case mean
    /// The mean, and beside it, weighted 0.7, the root of the standard deviation.
    case meanAndDeviation = "mean+deviation"
    /// The first token, where such a network gathers what it sees.
    case first
  }

  /// The squares that it sees of a picture; the same words as those of `EmbeddingView`.
  public enum View: String, Sendable, CaseIterable, Codable {
    case squeezed, centred
  }

  /// A folder's name, too: see `isName`.
  public var name: String
  /// Path of the ONNX file, relative to the folder of the description.
  public var model: String
  /// Pixels across and down.
  public var side: Int
  public var layout = Layout.planes
  public var channels = Channels.rgb
  /// Taken from values of 0…255, in the order of `channels`: three numbers.
  public var mean: [Float]
  /// What remains is divided by it: three numbers above zero.
  public var deviation: [Float]
  /// Name of a value or an operation; `nil` for the first output of the file.
  public var output: String?
  public var pooling: Pooling
  /// One or both, in the order of their inputs.
  public var views: [View] = View.allCases
  public var licence: String?
  public var source: String?

  public init(
    name: String, model: String, side: Int, mean: [Float], deviation: [Float], pooling: Pooling
  ) {
    self.name = name
    self.model = model
    self.side = side
    self.mean = mean
    self.deviation = deviation
    self.pooling = pooling
  }

  /// Sides of pictures that make sense.
  public static let sideRange = 8...2_048

  /// Whether a text may be the name of an encoder: up to 64 letters and digits of ASCII, and `.`,
  /// `_` and `-` after the first.
  public static func isName(_ text: String) -> Bool {
    guard let first = text.first, text.utf8.count <= 64 else { return false }
    return first.isASCII && (first.isLetter || first.isNumber)
      && text.allSatisfy {
        $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0))
      }
  }
}

/// Why a network does not fit its description.
public enum EncoderError: Error, Equatable, Sendable {
  /// The output needs other than one input; `names` are those it needs.
  case inputCount(names: [String])
  /// The input's elements are neither 32-bit nor 16-bit floats; `code` is the format's number.
  case inputType(name: String, code: Int)
  /// The input has another shape than the description says; unknown sides are `?`.
  case inputShape(name: String, expected: [String], found: [String])
  /// Operators older than those that a picture's way in and out needs.
  case operatorsTooOld(version: Int, needed: Int)
  /// Operations inside operations (`operation`) allow one view only.
  case needsOneView(operation: String)
  /// What comes out, of shape `found`, cannot be pooled so.
  case outputShape(name: String, pooling: EncoderSpecification.Pooling, found: [Int])
  /// An embedding that long would fill the disk.
  case tooManyNumbers(Int, limit: Int)
}
