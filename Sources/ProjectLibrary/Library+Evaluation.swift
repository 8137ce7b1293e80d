public import Dataset
public import Evaluation
import Matrices

/// An iteration judged on a folder of labelled folders.
public struct EvaluationReport: Sendable {
  public let iteration: Iteration
  /// The tags in the order of the figures.
  public let tags: [Tag]
  public let performance: Performance
  /// Names of folders that are no tag of the iteration; their files were left out.
  public let unknownFolders: [String]
  public let refused: [RefusedFile]
}

extension Library {
  /// Judges an iteration on files that lie in folders named after their tags.
  ///
  /// In a multilabel project a picture that lies in several folders counts once, with all their tags,
  /// and the folder named after the negative tag holds pictures without any.
  ///
  /// - Parameter progress: Called with the number of files done and of all.
  /// - Throws: `.system` when the folder itself cannot be read; `.nothingToJudge`.
  public func evaluate(
    _ folder: [UInt8], with classifier: Classifier, of project: Project,
    progress: @escaping @Sendable (Int, Int) -> Void
  ) async throws -> EvaluationReport {
    let found = FileCollector([FilePath(bytes: folder)])
    if found.files.isEmpty, case .system(let number) = found.refused.first?.reason {
      throw LibraryError.system(
        operation: "evaluate", path: FilePath(bytes: folder).text, number: number)
    }
    var classes: [String: [Int]] = [:]
    if classifier.iteration.type == .multilabel {
      let negative = try tagCounts(of: project.id).first { $0.tag.kind == .negative }
      if let negative { classes[negative.tag.name] = [] }
    }
    for (index, tag) in classifier.tags.enumerated() { classes[tag.name] = [index] }
    let files = found.files.map { ($0, $0.folderName ?? "") }
    let root = FilePath(bytes: folder).appending([]).parent
    let known = files.compactMap { path, name in classes[name].map { (path: path, given: $0) } }
    if known.isEmpty {
      throw LibraryError.nothingToJudge(
        path: FilePath(bytes: folder).text, tags: classifier.tags.map(\.name))
    }
    let judged = try await predictor.judge(
      known.map(\.path), with: classifier, in: self, progress: progress)
    var rows = JudgedRows(type: classifier.iteration.type)
    var refused = found.refused
    for (file, result) in zip(known, judged) {
      switch result {
      case .success(let picture): rows.add(picture, given: file.given)
      case .failure(let reason):
        refused.append(RefusedFile(path: file.path.text, reason: reason))
      }
    }
    return EvaluationReport(
      iteration: classifier.iteration, tags: classifier.tags,
      performance: Performance(
        of: Matrix(
          rowCount: rows.given.count, columnCount: classifier.tags.count,
          elements: rows.probabilities), against: rows.targets),
      // What lies beside the folders, such as a list of them, belongs to none.
      unknownFolders: Set(
        files.filter { $0.parent != root && classes[$1] == nil }.map(\.1)
      ).sorted(),
      refused: refused)
  }
}

/// Pictures with what they were given and what was predicted, row by row.
private struct JudgedRows {
  let type: ClassificationType
  private(set) var probabilities: [Float] = []
  private(set) var given: [[Int]] = []
  private var rowOfContent: [ContentHash: Int] = [:]

  init(type: ClassificationType) { self.type = type }

  mutating func add(_ picture: JudgedPicture, given classes: [Int]) {
    if type == .multilabel, let row = rowOfContent[picture.content] {
      given[row] = Set(given[row] + classes).sorted()
      return
    }
    rowOfContent[picture.content] = given.count
    probabilities += picture.probabilities
    given.append(classes)
  }

  var targets: Targets { Targets(given, isMulticlass: type == .multiclass) }
}
