import COpenVINO

/// OpenVINO's functions, looked up in one library file, and the check of their status.
///
/// Unchecked because of the pointer: what it points to is a table that never changes once loaded,
/// and it is never freed, since OpenVINO's threads may outlive every caller.
final class OpenVINOLibrary: @unchecked Sendable {
  let functions: OpaquePointer
  let path: String

  /// - Parameter path: Absolute path of `libopenvino_c`; its neighbours are found from there.
  /// - Throws: `.libraryNotLoaded`.
  init(path: String) throws(OpenVINOError) {
    var reason = [CChar](repeating: 0, count: 1024)
    guard let functions = cov_load(path, &reason, reason.count) else {
      let text = reason.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
      throw .libraryNotLoaded(path: path, reason: String(decoding: text, as: UTF8.self))
    }
    self.functions = functions
    self.path = path
  }

  /// Every call into OpenVINO passes here.
  ///
  /// - Throws: `.callFailed` for any status but 0.
  func check(_ status: Int32, _ function: StaticString) throws(OpenVINOError) {
    guard status != 0 else { return }
    throw .callFailed(
      function: function.description, status: Int(status),
      message: String(cString: cov_last_error(functions)))
  }

  /// Checks a call that makes something, and returns what it made.
  ///
  /// - Throws: `.callFailed` for any status but 0, or if nothing was made.
  func made(
    _ function: StaticString, _ call: (inout OpaquePointer?) -> Int32
  ) throws(OpenVINOError) -> OpaquePointer {
    var result: OpaquePointer?
    try check(call(&result), function)
    guard let result else {
      throw .callFailed(function: function.description, status: 0, message: "")
    }
    return result
  }
}
