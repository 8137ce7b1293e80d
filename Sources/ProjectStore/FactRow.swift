import Dataset
import GRDB

/// A fact as the `event` table holds it: the subject in three columns, the value in one.
struct FactRow {
  /// What is stored in `event.kind`; a name here is never changed, or old logs become unreadable.
  enum Kind: String {
    case label, verdict, membership, tagExistence, tagName, tagKind, tagDescription, imageMetadata
    case keptBesideDuplicates
    case projectExistence, projectName, projectDescription, projectType, projectDomain
  }

  /// What a fact is about, without its value.
  struct Subject: Hashable {
    let kind: Kind
    let image: DatabaseValue
    let tag: DatabaseValue
  }

  var subject: Subject { Subject(kind: kind, image: image, tag: tag) }

  let kind: Kind
  let image: DatabaseValue
  let tag: DatabaseValue
  let value: DatabaseValue

  private init(
    _ kind: Kind, image: ImageID? = nil, tag: TagID? = nil,
    _ value: (any DatabaseValueConvertible)?
  ) {
    self.kind = kind
    self.image = image?.databaseValue ?? .null
    self.tag = tag?.databaseValue ?? .null
    self.value = value?.databaseValue ?? .null
  }

  init(_ fact: Fact) {
    switch fact {
    case .label(let image, let tag, let present):
      self.init(.label, image: image, tag: tag, present)
    case .verdict(let image, let tag, let present):
      self.init(.verdict, image: image, tag: tag, present)
    case .membership(let image, let present): self.init(.membership, image: image, present)
    case .tagExistence(let tag, let present): self.init(.tagExistence, tag: tag, present)
    case .tagName(let tag, let name): self.init(.tagName, tag: tag, name)
    case .tagKind(let tag, let kind): self.init(.tagKind, tag: tag, kind.rawValue)
    case .tagDescription(let tag, let text): self.init(.tagDescription, tag: tag, text)
    case .imageMetadata(let image, let metadata):
      self.init(.imageMetadata, image: image, metadata.text)
    case .keptBesideDuplicates(let image, let isKept):
      self.init(.keptBesideDuplicates, image: image, isKept)
    case .projectExistence(let present): self.init(.projectExistence, present)
    case .projectName(let name): self.init(.projectName, name)
    case .projectDescription(let text): self.init(.projectDescription, text)
    case .projectType(let type): self.init(.projectType, type.rawValue)
    case .projectDomain(let domain): self.init(.projectDomain, domain.rawValue)
    }
  }

  /// Reads the fact of a row of `event`, with the value of one of its two value columns.
  static func fact(_ row: Row, value column: String) throws -> Fact {
    func flag() throws -> Bool { try decode(Bool.self, row[column]) }
    func optionalFlag() throws -> Bool? {
      let value: DatabaseValue = row[column]
      return value.isNull ? nil : try decode(Bool.self, value)
    }
    func text() throws -> String { try decode(String.self, row[column]) }
    func tag() throws -> TagID { try TagID(row["tag"]) }
    func image() throws -> ImageID { try ImageID(row["image"]) }
    func choice<Choice: RawRepresentable<String>>(_: Choice.Type) throws -> Choice {
      guard let choice = Choice(rawValue: try text()) else {
        throw StoreError.damaged("the log holds an unknown \(Choice.self): \(try text())")
      }
      return choice
    }
    guard let kind = Kind(rawValue: row["kind"]) else {
      throw StoreError.damaged("the log holds an unknown kind of event: \(row["kind"] as String)")
    }
    return switch kind {
    case .label: .label(try image(), try tag(), try flag())
    case .verdict: .verdict(try image(), try tag(), try optionalFlag())
    case .membership: .membership(try image(), try flag())
    case .tagExistence: .tagExistence(try tag(), try flag())
    case .tagName: .tagName(try tag(), try text())
    case .tagKind: .tagKind(try tag(), try choice(TagKind.self))
    case .tagDescription: .tagDescription(try tag(), try text())
    case .imageMetadata: .imageMetadata(try image(), ImageMetadata(text: try text()))
    case .keptBesideDuplicates: .keptBesideDuplicates(try image(), try flag())
    case .projectExistence: .projectExistence(try flag())
    case .projectName: .projectName(try text())
    case .projectDescription: .projectDescription(try text())
    case .projectType: .projectType(try choice(ClassificationType.self))
    case .projectDomain: .projectDomain(try choice(Domain.self))
    }
  }

  private static func decode<Value: DatabaseValueConvertible>(
    _: Value.Type, _ value: DatabaseValue
  ) throws -> Value {
    guard let decoded = Value.fromDatabaseValue(value) else {
      throw StoreError.damaged("the log holds \(value) where a \(Value.self) belongs")
    }
    return decoded
  }
}
