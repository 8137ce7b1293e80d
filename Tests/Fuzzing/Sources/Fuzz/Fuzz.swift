import Glibc

/// What libFuzzer calls with every input. The environment names what is tried: `FUZZ_TARGET=png`.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  target(Array(UnsafeBufferPointer(start: start, count: count)))
  return 0
}

private let target: @Sendable ([UInt8]) -> Void = {
  let name = getenv("FUZZ_TARGET").map { String(cString: $0) } ?? ""
  guard let target = targets[name] else {
    fatalError("FUZZ_TARGET is none of \(targets.keys.sorted())")
  }
  return target
}()

/// Each takes any bytes and traps when a promise is broken.
private let targets: [String: @Sendable ([UInt8]) -> Void] = [
  "jpeg": decodePicture,
  "png": {
    decodePicture($0); decodePicture(withPNGChecksums($0))
  },
  "gif": decodePicture,
  "bmp": decodePicture,
  "webp": decodePicture,
  "heic": decodePicture,
  "resize": resizePicture,
  "checkpoint": readCheckpoint,
  "pickle": readPickles,
  "onnx": readModel,
  "zip": unpackArchive,
  "project": {
    importProject($0); importProject(withSoundEntries($0))
  },
]
