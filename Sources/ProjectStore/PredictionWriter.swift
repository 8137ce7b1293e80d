public import Dataset
import GRDB

/// Writes what programs asked and were answered, which is no fact of the log and is forgotten in time.
///
/// Valid only inside the closure that it is handed to; nobody else writes meanwhile.
public struct PredictionWriter {
  let db: Database

  public func insert(_ prediction: StoredPrediction) throws {
    try db.execute(
      sql: """
        INSERT INTO prediction (id, project, iteration, content, width, height, created,
          application, probabilities, uncertainty)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        prediction.id.databaseValue, prediction.project.databaseValue,
        prediction.iteration.databaseValue, prediction.content.databaseValue, prediction.width,
        prediction.height, prediction.created, prediction.application,
        Blob(floats: prediction.probabilities), prediction.uncertainty,
      ])
  }

  /// Deletes predictions of a project; ids of none are passed over.
  ///
  /// - Returns: The contents that no prediction refers to any more.
  public func delete(_ ids: [PredictionID], of project: ProjectID) throws -> [ContentHash] {
    let places = [String](repeating: "?", count: ids.count).joined(separator: ",")
    return try delete(
      where: "project = ? AND id IN (\(places))",
      StatementArguments([project.databaseValue] + ids.map(\.databaseValue)))
  }

  /// Deletes what was asked before a time, in seconds since 1970.
  ///
  /// - Returns: The contents that no prediction refers to any more.
  public func delete(before time: Double) throws -> [ContentHash] {
    try delete(where: "created < ?", [time])
  }

  private func delete(
    where condition: String, _ arguments: StatementArguments
  ) throws -> [ContentHash] {
    let rows = try Row.fetchAll(
      db, sql: "SELECT DISTINCT content FROM prediction WHERE \(condition)", arguments: arguments)
    let contents = try rows.map { try ContentHash($0["content"] as DatabaseValue) }
    try db.execute(sql: "DELETE FROM prediction WHERE \(condition)", arguments: arguments)
    return try contents.filter { content in
      try
        !(Bool.fetchOne(
          db, sql: "SELECT EXISTS (SELECT 1 FROM prediction WHERE content = ?)",
          arguments: [content.databaseValue]) ?? false)
    }
  }
}
