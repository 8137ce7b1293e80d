import Foundation
import Imaging

/// Archives of any entries, as a stranger might make them.
enum TarMaker {
  static let end = [UInt8](repeating: 0, count: 1_024)

  static func header(_ name: String, size: Int, type: String = "0") -> [UInt8] {
    var block = [UInt8](repeating: 0, count: 512)
    func put(_ text: String, _ place: Int) {
      for (index, byte) in text.utf8.enumerated() { block[place + index] = byte }
    }
    let octal = String(size, radix: 8)
    put(name, 0)
    put("0000644\0", 100)
    put(String(repeating: "0", count: 11 - octal.count) + octal, 124)
    put("        ", 148)
    put(type, 156)
    put("ustar\0", 257)
    put("00", 263)
    let sum = String(block.reduce(0) { $0 + Int($1) }, radix: 8)
    put(String(repeating: "0", count: 6 - sum.count) + sum + "\0 ", 148)
    return block
  }

  static func entry(_ name: String, _ bytes: [UInt8], type: String = "0") -> [UInt8] {
    header(name, size: bytes.count, type: type) + bytes
      + [UInt8](repeating: 0, count: (512 - bytes.count % 512) % 512)
  }

  static func sha256(_ bytes: [UInt8]) -> String {
    Imaging.sha256(bytes).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
  }
}
