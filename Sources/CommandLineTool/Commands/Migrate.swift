import ArgumentParser
import Dataset
import Foundation
import ProjectLibrary
import ServiceMigration
import WebAccess

struct Migrate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "migrate",
    abstract: "Copy projects out of a running Custom Vision service.",
    discussion: """
      Copies images, tags, metadata and settings under the ids that they have there, so that \
      programs find them again; trained models cannot be had from the service. With --project one \
      project, else all. What is here already is left alone: a migration that broke off goes on \
      where it was. At the end the service's own counts are compared. A project that cannot be made \
      here, since another has its name, is named, and the others are copied.
      """)

  @Option(help: ArgumentHelp("The service's address.", valueName: "url")) var endpoint: String

  @Option(
    name: .customLong("training-key"),
    help: ArgumentHelp(
      "The service's training key; else $TAGBENCH_TRAINING_KEY.", valueName: "key"))
  var trainingKey: String?

  @OptionGroup var common: CommonOptions

  func run() async throws {
    let environment = ProcessInfo.processInfo.environment
    guard let key = trainingKey ?? environment["TAGBENCH_TRAINING_KEY"], !key.isEmpty else {
      throw WrongUse("--training-key is missing.")
    }
    let library = try common.openLibrary(makesIt: true)
    let migration = Migration(
      from: ServiceClient(
        endpoint: endpoint, key: key,
        web: WebClient(
          reach: .allAddresses, seconds: 60, certificateFile: Locations.certificateFile)),
      into: library)
    let line = ProgressLine(isQuiet: common.printsJSON)
    let name = common.projectName
    let reports = try await cancellable {
      try await migration.run(only: name) { project, done, total in
        line.show("Copying \(project):", done, of: total, unit: "image")
      }
    }
    line.clear()
    for report in reports {
      if let obstacle = report.obstacle {
        Tagbench.complain("\(report.name): \(MigrationWording.sentence(for: obstacle))")
      }
      for failure in report.failures {
        Tagbench.complain(
          "\(report.name): image \(failure.image): \(MigrationWording.sentence(for: failure.reason))"
        )
      }
    }
    common.answer(
      .array(reports.map(\.document)), reports.map(\.text).joined(separator: "\n"))
    if reports.contains(where: { $0.project != nil && !$0.isComplete }) { throw ExitCode(1) }
  }
}

extension Migration.Report {
  fileprivate var document: JSONValue {
    .object([
      ("name", .string(name)), ("id", .optional(project?.description)),
      ("isComplete", .bool(isComplete)),
      ("obstacle", .optional(obstacle.map { MigrationWording.sentence(for: $0) })),
      ("serviceCount", .integer(serviceCount)),
      ("copied", .integer(copiedCount)), ("present", .integer(presentCount)),
      ("removed", .integer(removedCount)),
      ("duplicates", .integer(duplicateCount)), ("failed", .integer(failures.count)),
      (
        "tagDifferences",
        .array(
          tagDifferences.map {
            .object([
              ("tag", .string($0.tag)), ("serviceCount", .integer($0.serviceCount)),
              ("count", .integer($0.count)),
            ])
          })
      ),
    ])
  }

  fileprivate var text: String {
    guard project != nil else { return "\(name): object detection, left out." }
    guard obstacle == nil else { return "\(name): not copied." }
    var lines = [
      "\(name): \(presentCount + duplicateCount) of \(Figures.count(serviceCount, "image")) here, "
        + "\(copiedCount) of them new\(isComplete ? "; all counts agree." : ".")"
    ]
    if removedCount > 0 {
      lines.append(
        "  \(Figures.count(removedCount, "image")) removed here, and not copied again. To have them back, "
          + "see: tagbench image restore --help")
    }
    if duplicateCount > 0 {
      lines.append("  \(Figures.count(duplicateCount, "image")) with the content of another.")
    }
    lines += tagDifferences.map {
      "  \($0.tag): \($0.serviceCount) images in the service, \($0.count) here."
    }
    return lines.joined(separator: "\n")
  }
}
