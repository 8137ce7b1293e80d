import Crypto
import Foundation
import GRDB

/// Looks for what a crash may have left half-made in a library's files, without asking the program.
struct LibraryInspection {
  private let path: String
  private let database: DatabaseQueue

  /// - Parameter path: The folder of a library; a process may be at work in it.
  init(_ path: String) throws {
    self.path = path
    database = try Self.open("\(path)/library.sqlite")
  }

  private static func open(_ file: String) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.busyMode = .timeout(30)
    return try DatabaseQueue(path: file, configuration: configuration)
  }

  /// Everything that is wrong, or nothing.
  ///
  /// - Parameter known: Contents whose files need not be hashed again; what is hashed joins them.
  func faults(known: inout Set<String>) throws -> [String] {
    try database.read { db in
      try brokenPages(db) + lostFiles(db, &known) + statesThatTheLogDoesNotTell(db)
        + halfMadeIterations(db)
    } + brokenCache()
  }

  func faults() throws -> [String] {
    var known: Set<String> = []
    return try faults(known: &known)
  }

  /// The tag of each image of a multiclass project by the image's path; `nil` without a tag.
  func tags(ofProject name: String) throws -> [String: String?] {
    try database.read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT image.path AS path, tag.name AS tag FROM image
          JOIN project ON project.id = image.project
          LEFT JOIN label ON label.image = image.number LEFT JOIN tag ON tag.number = label.tag
          WHERE project.name = ?
          """, arguments: [name]
      ).reduce(into: [:]) { $0[$1["path"]] = .some($1["tag"]) }
    }
  }

  private func brokenPages(_ db: Database) throws -> [String] {
    let words = try String.fetchAll(db, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
    let orphanCount = try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").count
    return words + (orphanCount == 0 ? [] : ["\(orphanCount) rows refer to nothing"])
  }

  private func brokenCache() throws -> [String] {
    let file = "\(path)/cache.sqlite"
    guard FileManager.default.fileExists(atPath: file) else { return [] }
    return try Self.open(file).read { db in
      try String.fetchAll(db, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
    }
  }

  /// Rows of contents whose file is missing or holds other bytes.
  private func lostFiles(_ db: Database, _ known: inout Set<String>) throws -> [String] {
    var faults: [String] = []
    for hash in try String.fetchAll(db, sql: "SELECT lower(hex(hash)) FROM content") {
      let file = "\(path)/originals/\(hash.prefix(2))/\(hash)"
      if known.contains(hash), FileManager.default.fileExists(atPath: file) { continue }
      guard let bytes = FileManager.default.contents(atPath: file) else {
        faults.append("no file \(file)")
        continue
      }
      let found = SHA256.hash(data: bytes).map { byte in
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
      }.joined()
      if found != hash { faults.append("\(file) hashes to \(found)") }
      known.insert(hash)
    }
    return faults
  }

  /// The state is derived from the log in the same transaction, so the last event on each label and
  /// membership must agree with it.
  private func statesThatTheLogDoesNotTell(_ db: Database) throws -> [String] {
    let last = """
      SELECT image, tag, new FROM event AS this WHERE kind = ? AND position = (
        SELECT max(position) FROM event
        WHERE kind = this.kind AND image = this.image AND tag IS this.tag)
      """
    let labels = try Row.fetchAll(
      db,
      sql: """
        WITH last AS (\(last)), logged AS (SELECT image, tag FROM last WHERE new),
          borne AS (
            SELECT image.id AS image, tag.id AS tag FROM label
            JOIN image ON image.number = label.image JOIN tag ON tag.number = label.tag)
        SELECT 'logged, not borne' AS fault, hex(image) AS image FROM
          (SELECT image, tag FROM logged EXCEPT SELECT image, tag FROM borne)
        UNION ALL SELECT 'borne, not logged', hex(image) FROM
          (SELECT image, tag FROM borne EXCEPT SELECT image, tag FROM logged)
        """, arguments: ["label"])
    let memberships = try Row.fetchAll(
      db,
      sql: """
        WITH last AS (\(last))
        SELECT 'present differs from the log' AS fault, hex(image.id) AS image
        FROM image LEFT JOIN last ON last.image = image.id WHERE last.new IS NOT image.present
        """, arguments: ["membership"])
    return (labels + memberships).map { "image \($0["image"] as String): \($0["fault"] as String)" }
  }

  /// Iterations without all their classes, rows and numbers.
  private func halfMadeIterations(_ db: Database) throws -> [String] {
    var faults: [String] = []
    for row in try Row.fetchAll(db, sql: "SELECT id, number, metrics, head FROM iteration") {
      let id: Data = row["id"]
      let number: Int = row["number"]
      let classes = try Int.fetchAll(
        db, sql: "SELECT class FROM iterationClass WHERE iteration = ? ORDER BY class",
        arguments: [id])
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT row, length(probabilities) AS byteCount FROM iterationImage
          WHERE iteration = ? ORDER BY row
          """, arguments: [id])
      if classes.count < 2 || classes != Array(classes.indices) {
        faults.append("iteration \(number) has the classes \(classes)")
      }
      if rows.isEmpty || rows.map({ $0["row"] as Int }) != Array(rows.indices) {
        faults.append("iteration \(number) has \(rows.count) rows with gaps")
      }
      // Four bytes a class; rows that no fold held out have none.
      let sizes = Set(rows.compactMap { $0["byteCount"] as Int? })
      if !sizes.isSubset(of: [4 * classes.count]) {
        faults.append("iteration \(number) has probabilities of \(sizes) bytes")
      }
      if (row["head"] as Data).isEmpty { faults.append("iteration \(number) has no head") }
      if (try? JSONDocument(row["metrics"])) == nil {
        faults.append("iteration \(number) has no metrics")
      }
    }
    return faults
  }
}
