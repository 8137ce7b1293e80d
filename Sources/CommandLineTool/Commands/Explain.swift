import ArgumentParser
import Dataset
import Foundation
import ProjectLibrary

struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Show which parts of a picture speak for a tag.",
    discussion: """
      The iteration in use is asked how its score for the tag, against the others, grows with what its \
      networks see at each place. Darker parts speak for the tag, dots against it. Works with the \
      networks general and compact.
      """)

  @Argument(help: "A picture of the project by its path as imported, name or id; or a file.")
  var image: String

  @Option(help: "The tag; the most probable one if left out.") var tag: String?

  @Option(name: .customLong("iteration"), help: "The iteration; the current one if left out.")
  var number: Int?

  @OptionGroup var common: CommonOptions

  func run() throws {
    let (library, project) = try common.open()
    let classifier = try library.classifier(try library.iteration(number, of: project))
    let tag = try tag.map { try library.tag($0, of: project.id) }
    let (path, explanation) = try explain(library, project, classifier, tag)
    common.answer(explanation.document(path), "\(path): \(explanation.text)")
  }

  /// A picture of the project goes before a file of the same name.
  private func explain(
    _ library: Library, _ project: Project, _ classifier: Classifier, _ tag: Tag?
  ) throws -> (path: String, Explanation) {
    do {
      let image = try library.onlyImage(named: image, of: project)
      return (image.path, try library.explain(image, as: tag, with: classifier))
    } catch LibraryError.imageNotFound(let name) {
      do {
        let file = RawArguments.bytes(of: [image])[0]
        return (image, try library.explain(file: file, as: tag, with: classifier))
      } catch Refusal.system(let number) where [ENOENT, ENOTDIR, ENAMETOOLONG].contains(number) {
        throw LibraryError.imageNotFound(name)
      } catch let refusal as Refusal {
        Tagbench.complain("\(image): \(ErrorWording.message(for: refusal))")
        throw ExitCode(1)
      }
    }
  }
}

extension Explanation {
  /// Two columns of the terminal for each cell, which is about square so.
  private static let shades = ["  ", "░░", "▒▒", "▓▓", "██"]
  private static let against = "· "

  /// A sentence, then the picture's heat.
  fileprivate var text: String {
    let sentence = "\(ExplanationWording.sentence(for: self))."
    let most = values.max() ?? 0
    let lines = (0..<rowCount).map { row in
      (0..<columnCount).map { column in
        let value = values[row * columnCount + column]
        if value <= 0 { return Self.against }
        return Self.shades[min(Int(5 * value / most), 4)]
      }.joined()
    }
    return ([sentence, ""] + lines).joined(separator: "\n")
  }

  fileprivate func document(_ path: String) -> JSONValue {
    .object([
      ("path", .string(path)), ("tag", .string(tag.name)),
      ("probability", .number(Double(probability))),
      ("region", .optional(region?.rawValue)), ("rows", .integer(rowCount)),
      ("columns", .integer(columnCount)),
      (
        "values",
        .array(
          (0..<rowCount).map { row in
            .array(
              values[row * columnCount..<(row + 1) * columnCount].map { .number(Double($0)) })
          })
      ),
    ])
  }
}
