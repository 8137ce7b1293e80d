/// Why the runtime could not be set up; nothing half-made is left in place.
public enum SetupError: Error, Equatable, Sendable {
  /// No packages are pinned for this processor architecture.
  case unsupportedArchitecture(String)
  /// There is no `python3` on the search path to run pip with.
  case pythonMissing
  /// Python has no pip.
  case pipMissing(python: String)
  /// The package index could not be reached.
  case networkUnreachable(package: String)
  /// pip ended with an error; `message` is its last line.
  case downloadFailed(package: String, message: String)
  /// The folder given instead of the network lacks a package's file.
  case packageMissing(file: String, folder: String)
  /// A package file with other bytes than the pinned ones; sizes tell a cut-off file at once.
  case wrongChecksum(path: String, expected: String, found: String, byteCount: Int)
  /// A package file that cannot be unpacked.
  case damagedPackage(path: String, fault: ZipFault)
  /// Free bytes on the volume are too few, found before anything was written.
  case notEnoughSpace(path: String, needed: Int, available: Int)
  /// The volume filled up, or the quota, while writing.
  case diskFull(path: String)
  /// A file or folder that cannot be read or written; `reason` is the system's.
  case fileFailed(path: String, reason: String)
  /// The finished runtime embeds the proof picture differently than it must.
  case proofFailed(recipe: String, cosine: Double, required: Double)
  /// No encoder of this name was added; `known` are those that were.
  case encoderMissing(name: String, known: [String])
  /// An encoder whose files are gone or cut short.
  case encoderDamaged(name: String, path: String)
  /// Another encoder has this name.
  case encoderDiffers(name: String)
  /// An encoder that runs but cannot tell pictures apart.
  case encoderUnfit(name: String, EncoderFault)
  /// A model file beyond what one file of the format can hold.
  case modelTooLarge(path: String, byteCount: Int, limit: Int)
}

/// What is wrong with a zip file.
public enum ZipFault: Error, Equatable, Sendable {
  case notAZipFile
  /// The file ends, or an offset points, outside of it.
  case truncated(offset: Int)
  /// A compression method other than stored and deflated.
  case unsupportedMethod(entry: String, method: Int)
  case missingEntry(String)
  /// An entry that unpacks to more bytes than allowed.
  case tooLarge(entry: String, byteCount: Int, limit: Int)
  /// Compressed bytes that mean nothing.
  case damagedEntry(String)
  /// An entry whose bytes do not fit the archive's own checksum.
  case wrongChecksum(entry: String)
}
