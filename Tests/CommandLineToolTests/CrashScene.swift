import Foundation
import Testing
import WorkbenchTesting

/// One library through many crashes, and what has to be in it.
final class CrashScene {
  enum Work: CaseIterable { case importing, tagging, training }

  /// One round: what was started, when it was killed, and what was wrong afterwards.
  struct Trial: CustomStringConvertible {
    let work: Work
    var killCount = 0
    var faults: [String] = []
    var notes: [String] = []

    var description: String { "\(work), \(notes.joined(separator: ", "))" }
  }

  /// Work that takes about as long each time.
  private struct Effort: Hashable {
    let work: Work
    /// Whether embeddings are made too.
    var embeds = false
  }

  private let library: TestLibrary
  private var random: SplitMix64
  /// How long each kind of work takes when nobody kills it: a crash may come at any moment of that.
  private var typical: [Effort: Duration] = [:]
  private var round = 0
  /// The tags that were acknowledged, by the image's path.
  private var tags: [String: String?] = [:]
  private var checkedContents: Set<String> = []
  private var iterationCount = 0

  private static let tagNames = ["left", "middle", "right"]
  /// More than the files of one transaction, so that some are saved when others are not.
  private static let importCount = 40

  /// Makes a library with a project to import into, one to tag in, and one to train.
  init(seed: UInt64) throws {
    random = SplitMix64(seed: seed)
    library = try TestLibrary()
    try library.done("project", "create", "training", "--domain", "compact")
    _ = try library.run("import", TestProgram.sampleData, "--tags-from-folders")
    try library.done("project", "create", "importing", "--domain", "compact")
    try library.done("project", "create", "tagging", "--domain", "compact")
    try library.copySamples(of: "daisy", count: 40, to: "tagging")
    try library.done("import", "\(library.folder.path)/tagging", "--project", "tagging")
    for name in Self.tagNames { try library.done("tag", "create", name, "--project", "tagging") }
    tags = try LibraryInspection(library.path).tags(ofProject: "tagging")

    let clock = ContinuousClock()
    let folder = try freshFolder()
    let importing = try clock.measure {
      try library.done("import", folder, "--tags-from-folders", "--project", "importing")
    }
    let tagging = try clock.measure {
      try label("left", Array(tags.keys.sorted().prefix(20)))
    }
    let training = try clock.measure { try library.done("train", "--project", "training") }
    typical = [
      Effort(work: .importing): importing * 0.3, Effort(work: .importing, embeds: true): importing,
      Effort(work: .tagging): tagging,
      Effort(work: .training): training, Effort(work: .training, embeds: true): training * 10,
    ]
    iterationCount = 1
  }

  /// A kind of work of which some rounds are left; `nil` when none is.
  func choose(from left: [Work: Int]) -> Work? {
    Work.allCases.flatMap { Array(repeating: $0, count: left[$0] ?? 0) }
      .randomElement(using: &random)
  }

  /// Starts work, kills it, and checks what can be seen through the program. Two processes are at work:
  /// either both are killed, or the other one must not notice.
  func kill(at work: Work) throws -> Trial {
    round += 1
    var trial = Trial(work: work)
    switch work {
    case .importing: try withBystander(&trial, killImport)
    case .tagging: try killTagging(&trial)
    case .training: try withBystander(&trial, killTraining)
    }
    return trial
  }

  /// What is wrong with the library's files.
  func faults() throws -> [String] {
    try LibraryInspection(library.path).faults(known: &checkedContents)
  }

  /// Has another process tag images meanwhile, which must be done and stay.
  private func withBystander(
    _ trial: inout Trial, _ body: (inout Trial) throws -> Void
  ) throws {
    let name = draw(Self.tagNames)
    let images = Array(tags.keys.sorted().shuffled(using: &random).prefix(10))
    let bystander = try library.start(
      ["label", "add", name] + images + ["--project", "tagging"])
    try body(&trial)
    let outcome = bystander.finish()
    if outcome.exitCode != 0 { trial.faults.append("bystander: \(outcome.standardError)") }
    for image in images { tags[image] = name }
    if try LibraryInspection(library.path).tags(ofProject: "tagging") != tags {
      trial.faults.append("a bystander's tags are not those that it acknowledged")
    }
  }

  // MARK: - The three kinds of work

  private func killImport(_ trial: inout Trial) throws {
    let folder = try freshFolder()
    // Embedding takes most of the time of an import that does it.
    let embeds = round.isMultiple(of: 4)
    let arguments = ["import", folder, "--tags-from-folders", "--project", "importing", "--json"]
    let run = try library.start(arguments, embeds: embeds)
    let outcome = kill([run], Effort(work: .importing, embeds: embeds), &trial)[0]
    trial.faults += try faults()
    let before = try count("imageCount", of: "importing")
    let again = try library.start(arguments, embeds: embeds).finish()
    if again.exitCode != 0 { trial.faults.append("import again: \(again.standardError)") }
    let report = try again.document()
    let imported = report["imported"]?.integer ?? -1
    if imported + (report["duplicates"]?.integer ?? -1) != Self.importCount {
      trial.faults.append("import again: \(again.standardOutput)")
    }
    if outcome.exitCode == 0 && imported != 0 {
      trial.faults.append("\(imported) acknowledged images were imported again")
    }
    if try count("imageCount", of: "importing") != before + imported {
      trial.faults.append("images were counted twice")
    }
    try FileManager.default.removeItem(atPath: folder)
  }

  private func killTagging(_ trial: inout Trial) throws {
    // Some are acknowledged before two at once are killed.
    for _ in 0..<Int.random(in: 0...2, using: &random) {
      try label(draw(Self.tagNames), [draw(tags.keys.sorted())])
    }
    let images = tags.keys.sorted().shuffled(using: &random)
    let batchSize = Int.random(in: 1...20, using: &random)
    let batches = [images.prefix(batchSize), images.suffix(batchSize)].map(Array.init)
    let names = [draw(Self.tagNames), draw(Self.tagNames)]
    let runs = try zip(names, batches).map { name, batch in
      try library.start(["label", "add", name] + batch + ["--project", "tagging"])
    }
    let outcomes = kill(runs, Effort(work: .tagging), &trial)
    let found = try LibraryInspection(library.path).tags(ofProject: "tagging")
    for (index, batch) in batches.enumerated() {
      let isTagged = batch.allSatisfy { found[$0] == names[index] }
      let isUntouched = batch.allSatisfy { found[$0] == tags[$0] }
      if outcomes[index].exitCode == 0 && !isTagged {
        trial.faults.append("acknowledged \(names[index]) is not on \(batch)")
      } else if !isTagged && !isUntouched {
        trial.faults.append("\(names[index]) is on some of \(batch) only")
      }
    }
    let others = images.dropFirst(batchSize).dropLast(batchSize)
    trial.faults += others.filter { found[$0] != tags[$0] }.map { "\($0) changed its tag" }
    tags = found
  }

  private func killTraining(_ trial: inout Trial) throws {
    // Without a cache the crash comes while embeddings are made.
    let beginsAnew = round.isMultiple(of: 7)
    if beginsAnew { try library.removeCache() }
    let seed = String(Int.random(in: 1...1_000, using: &random))
    let arguments = ["train", "--seed", seed, "--project", "training"]
    let run = try library.start(arguments)
    let outcome = kill([run], Effort(work: .training, embeds: beginsAnew), &trial)[0]
    let count = try count("iterationCount", of: "training")
    let isNew = count == iterationCount + 1
    if !isNew && (count != iterationCount || outcome.exitCode == 0) {
      trial.faults.append("\(count) iterations after \(iterationCount)")
    }
    iterationCount = count
    try library.done("performance", "--project", "training")
    if isNew {
      try library.done(
        "predict", "\(TestProgram.sampleData)/daisy/daisy-001.jpg", "--project", "training")
    }
    // The lock went with the process, and the next number follows.
    let next = try library.done("train", "--project", "training")["iteration"]?.integer
    iterationCount += 1
    if next != iterationCount { trial.faults.append("iteration \(next ?? -1) came next") }
  }

  // MARK: - Helpers

  /// Kills runs at a random moment of the time that they take, and learns how long that is: other
  /// tests may keep the computer busy now, and not later.
  private func kill(
    _ runs: [RunningProgram], _ effort: Effort, _ trial: inout Trial
  ) -> [ProgramOutcome] {
    let longest = typical[effort] ?? .zero
    let delay = longest * Double.random(in: 0...1, using: &random)
    usleep(UInt32(delay / .microseconds(1)))
    for run in runs { run.kill(SIGKILL) }
    let outcomes = runs.map { $0.finish() }
    trial.killCount = outcomes.count { $0.exitCode == nil }
    trial.notes.append("\(trial.killCount) killed after \(delay)")
    typical[effort] = trial.killCount == 0 ? delay : longest * 1.05
    return outcomes
  }

  /// Tags images, and remembers that.
  private func label(_ name: String, _ images: [String]) throws {
    let outcome = try library.start(
      ["label", "add", name] + images + ["--project", "tagging"]
    ).finish()
    try #require(outcome.exitCode == 0, "\(outcome.standardError)")
    for image in images { tags[image] = name }
  }

  private func draw(_ names: [String]) -> String {
    names[Int.random(in: 0..<names.count, using: &random)]
  }

  private func count(_ key: String, of project: String) throws -> Int {
    try #require(try library.done("status", "--project", project)[key]?.integer)
  }

  /// A folder of pictures that the library has never seen: sample pictures with a mark after their
  /// end, where no decoder looks.
  private func freshFolder() throws -> String {
    let folder = library.folder.appending(path: "fresh-\(round)/daffodil")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let samples = "\(TestProgram.sampleData)/daisy"
    let files = try FileManager.default.contentsOfDirectory(atPath: samples).sorted()
    for file in files.prefix(Self.importCount) {
      var bytes = try Data(contentsOf: URL(filePath: "\(samples)/\(file)"))
      bytes.append(contentsOf: "round \(round)".utf8)
      try bytes.write(to: folder.appending(path: file))
    }
    return folder.deletingLastPathComponent().path
  }
}
