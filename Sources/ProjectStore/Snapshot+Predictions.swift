public import Dataset
import GRDB

extension Snapshot {
  /// A part of the list of stored predictions.
  ///
  /// Takes time in proportion to the predictions that are passed over where tags are asked for.
  public func predictions(
    of project: ProjectID, _ query: PredictionQuery
  ) throws -> PredictionPage {
    let newest = try query.newest ?? lastPredictionNumber()
    var arguments: [String: (any DatabaseValueConvertible)?] = [
      "project": project.databaseValue, "newest": newest,
      "iteration": query.iteration?.databaseValue, "earliest": query.earliest,
      "latest": query.latest, "application": query.application,
    ]
    arguments.merge(query.order.arguments(after: query.after)) { first, _ in first }
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT * FROM prediction
        WHERE project = :project AND number <= :newest
          AND (:iteration IS NULL OR iteration = :iteration)
          AND (:earliest IS NULL OR created >= :earliest)
          AND (:latest IS NULL OR created <= :latest)
          AND (:application IS NULL OR application = :application)
          AND \(query.after == nil ? "1" : query.order.isAfter)
        ORDER BY \(query.order.columns)
        """,
      arguments: StatementArguments(arguments))
    var classes: [IterationID: [TagID: Int]] = [:]
    var found: [StoredPrediction] = []
    var last: PredictionPlace?
    while let row = try rows.next() {
      let prediction = try Self.prediction(row)
      if !query.tags.isEmpty {
        let indices = try classes[prediction.iteration] ?? classIndices(of: prediction.iteration)
        classes[prediction.iteration] = indices
        guard prediction.passes(query.tags, indices) else { continue }
      }
      if found.count == query.limit {
        return PredictionPage(predictions: found, next: last, newest: newest)
      }
      found.append(prediction)
      last = PredictionPlace(number: row["number"], uncertainty: prediction.uncertainty)
    }
    return PredictionPage(predictions: found, next: nil, newest: newest)
  }

  public func prediction(_ id: PredictionID) throws -> StoredPrediction? {
    try Row.fetchOne(
      db, sql: "SELECT * FROM prediction WHERE id = ?", arguments: [id.databaseValue]
    ).map(Self.prediction)
  }

  /// How many predictions of a project are stored.
  public func predictionCount(of project: ProjectID) throws -> Int {
    try Int.fetchOne(
      db, sql: "SELECT count(*) FROM prediction WHERE project = ?",
      arguments: [project.databaseValue]) ?? 0
  }

  private func lastPredictionNumber() throws -> Int64 {
    try Int64.fetchOne(db, sql: "SELECT max(number) FROM prediction") ?? 0
  }

  private func classIndices(of iteration: IterationID) throws -> [TagID: Int] {
    Dictionary(
      uniqueKeysWithValues: try classes(of: iteration).enumerated().map { ($1.id, $0) })
  }

  private static func prediction(_ row: Row) throws -> StoredPrediction {
    guard let probabilities = (row["probabilities"] as Blob).floats else {
      throw StoreError.damaged("a stored prediction cannot be read")
    }
    return StoredPrediction(
      id: try PredictionID(row["id"] as DatabaseValue),
      project: try ProjectID(row["project"] as DatabaseValue),
      iteration: try IterationID(row["iteration"] as DatabaseValue),
      content: try ContentHash(row["content"] as DatabaseValue), width: row["width"],
      height: row["height"], created: row["created"], application: row["application"],
      probabilities: probabilities, uncertainty: row["uncertainty"])
  }
}

extension StoredPrediction {
  fileprivate func passes(_ ranges: [PredictionQuery.TagRange], _ indices: [TagID: Int]) -> Bool {
    ranges.allSatisfy { wanted in
      guard let index = indices[wanted.tag], probabilities.indices.contains(index) else {
        return false
      }
      return wanted.range.contains(probabilities[index])
    }
  }
}

extension PredictionOrder {
  fileprivate var columns: String {
    switch self {
    case .newest: "number DESC"
    case .oldest: "number"
    case .instructive: "uncertainty DESC, number DESC"
    }
  }

  /// What holds behind a place.
  fileprivate var isAfter: String {
    switch self {
    case .newest: "number < :afterNumber"
    case .oldest: "number > :afterNumber"
    case .instructive: "(uncertainty, number) < (:afterUncertainty, :afterNumber)"
    }
  }

  /// The arguments that `isAfter` names.
  fileprivate func arguments(
    after place: PredictionPlace?
  ) -> [String: (any DatabaseValueConvertible)?] {
    guard let place else { return [:] }
    switch self {
    case .newest, .oldest: return ["afterNumber": place.number]
    case .instructive:
      return ["afterNumber": place.number, "afterUncertainty": place.uncertainty]
    }
  }
}
