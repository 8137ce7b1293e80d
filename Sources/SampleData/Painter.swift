import Foundation

/// The command `sample-data-painter OUTPUT [--seed N]`: draws sample-data.
@main
struct Painter {
  static func main() throws {
    guard let (folder, seed) = arguments(Array(CommandLine.arguments.dropFirst())) else {
      FileHandle.standardError.write(
        Data("usage: sample-data-painter OUTPUT [--seed N]\n".utf8))
      exit(2)
    }
    let plan = SamplePlan(seed: seed)
    let output = URL(fileURLWithPath: folder)
    for tag in Species.allCases {
      try FileManager.default.createDirectory(
        at: output.appendingPathComponent(tag.rawValue), withIntermediateDirectories: true)
    }
    var total = 0
    for picture in plan.pictures {
      let bytes = try picture.fileBytes()
      try Data(bytes).write(to: output.appendingPathComponent(picture.path))
      total += bytes.count
      print("\(picture.path)  \(picture.width) × \(picture.height)  \(bytes.count) bytes")
    }
    let readme = SampleReadme(plan: plan).text
    try Data(readme.utf8).write(to: output.appendingPathComponent("README.md"))
    print("\(plan.pictures.count) pictures, \(total / 1024) KiB, and README.md in \(folder)")
  }

  /// The folder and the seed; `nil` when the arguments are not understood.
  static func arguments(_ words: [String]) -> (folder: String, seed: UInt64)? {
    switch words.count {
    case 1 where !words[0].hasPrefix("-"):
      return (words[0], SamplePlan.defaultSeed)
    case 3 where words[1] == "--seed":
      guard let seed = UInt64(words[2]) else { return nil }
      return (words[0], seed)
    default:
      return nil
    }
  }
}
