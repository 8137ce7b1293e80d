public import Dataset
import GRDB

/// Making projects, tags and images: the row is laid down as absent, and facts bring it to life.
extension Recorder {
  /// Makes the project that this change is of.
  public mutating func makeProject(_ made: Project) throws {
    precondition(made.id == project, "a change of \(project) cannot make \(made.id)")
    try db.execute(
      sql: """
        INSERT INTO project (id, created, present, name, description, type, domain)
        VALUES (?, ?, 0, '', '', 'multiclass', 'general')
        """, arguments: [made.id.databaseValue, time])
    try record(.projectName(made.name))
    try record(.projectType(made.type))
    try record(.projectDomain(made.domain))
    try record(.projectDescription(made.description))
    try record(.projectExistence(true))
  }

  public mutating func makeTag(_ made: Tag) throws {
    try db.execute(
      sql: """
        INSERT INTO tag (id, project, created, present, name, kind) VALUES (?, ?, ?, 0, '', 'regular')
        """, arguments: [made.id.databaseValue, project.databaseValue, time])
    try record(.tagName(made.id, made.name))
    try record(.tagKind(made.id, made.kind))
    try record(.tagExistence(made.id, true))
  }

  /// Adds an image whose content the project never held.
  public mutating func makeImage(
    _ id: ImageID, content: ContentFacts, name: String, path: String
  ) throws {
    try db.execute(
      sql: """
        INSERT INTO content (hash, format, byteCount, width, height, perceptualHash)
        VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (hash) DO NOTHING
        """,
      arguments: [
        content.hash.databaseValue, content.format, content.byteCount, content.width,
        content.height, Int64(bitPattern: content.perceptualHash),
      ])
    try db.execute(
      sql: """
        INSERT INTO image (id, project, content, name, path, created, present, byteCount)
        VALUES (?, ?, ?, ?, ?, ?, 0, ?)
        """,
      arguments: [
        id.databaseValue, project.databaseValue, content.hash.databaseValue, name, path, time,
        content.byteCount,
      ])
    try record(.membership(id, true))
  }
}
