import Dataset
import Foundation

/// Why a project file cannot be read.
public enum ProjectFileError: Error, Equatable, Sendable {
  /// It does not begin as project files do.
  case notAProjectFile
  /// It was written by a newer version.
  case versionUnknown(Int)
  /// It ends within something.
  case truncated
  /// What should be the header of an entry, at this byte, is none.
  case headerDamaged(offset: Int)
  case tooLarge(entry: String, byteCount: Int, limit: Int)
  /// An entry that the list of pictures does not name, or names once and that comes twice.
  case entryUnexpected(String)
  /// An entry's bytes are not those that its name says.
  case entryDamaged(String)
  /// Pictures of the list that no entry holds.
  case picturesMissing([String])
  /// The list of pictures and tags cannot be read, or contradicts itself.
  case manifestInvalid(reason: String)
}

/// What a project file says of its project: all but the pictures' bytes, and without iterations.
struct ProjectManifest: Codable, Equatable {
  static let formatName = "tagbench-project"
  static let currentVersion = 1
  static let entryName = "tagbench-project.json"
  /// A picture takes some 200 bytes: this is room for millions.
  static let mostBytes = 1 << 30

  struct Tag: Codable, Equatable {
    var name: String
    var kind: String
    var description: String
  }

  struct Picture: Codable, Equatable {
    /// The SHA-256 of its bytes, in hexadecimal digits.
    var content: String
    var name: String
    var path: String
    /// Indices into the list of tags.
    var tags: [Int]
    /// Tags of which a person has said that the picture rightly bears them, or rightly does not.
    var confirmed: [Int]
    /// Whether a person keeps it although others are nearly the same; files of before say nothing of it.
    var keptBesideDuplicates: Bool?
    var metadata: [String: String]
  }

  var format = ProjectManifest.formatName
  var version = ProjectManifest.currentVersion
  var name: String
  var description: String
  var type: String
  var domain: String
  var tags: [Tag]
  var images: [Picture]

  /// The name of the entry that holds a picture's bytes.
  static func entryName(ofContent digits: String) -> String { "originals/\(digits)" }

  func encoded() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(self))
  }
}

extension ProjectManifest {
  /// - Throws: `.manifestInvalid`, `.notAProjectFile`, `.versionUnknown`.
  init(decoding bytes: [UInt8]) throws(ProjectFileError) {
    struct Kind: Codable {
      let format: String
      let version: Int
    }
    let (data, decoder) = (Data(bytes), JSONDecoder())
    // Any JSON may stand there.
    guard let kind = try? decoder.decode(Kind.self, from: data), kind.format == Self.formatName
    else { throw .notAProjectFile }
    guard kind.version == Self.currentVersion else { throw .versionUnknown(kind.version) }
    do {
      self = try decoder.decode(Self.self, from: data)
    } catch {
      throw .manifestInvalid(reason: "it lacks something or holds something else instead")
    }
  }
}

/// A manifest that has been looked through: nothing in it contradicts the rules of a project.
struct CheckedManifest {
  let project: Project
  let tags: [Tag]
  let tagDescriptions: [String]
  let images: [(content: ContentHash, picture: ProjectManifest.Picture)]

  private static let longestText = 4_096

  /// - Parameter name: What the project shall be called instead.
  /// - Throws: `ProjectFileError.manifestInvalid`, `LibraryError.nameInvalid` for the given name.
  init(_ manifest: ProjectManifest, named name: String?) throws {
    func invalid(_ reason: String) -> ProjectFileError { .manifestInvalid(reason: reason) }
    guard let type = ClassificationType(rawValue: manifest.type) else {
      throw invalid("“\(manifest.type)” is no type of project")
    }
    guard let domain = Domain(rawValue: manifest.domain) else {
      throw invalid("“\(manifest.domain)” is no domain")
    }
    do {
      project = Project(
        id: .random(), name: try name.map(checkedName) ?? checkedName(manifest.name),
        description: manifest.description, type: type, domain: domain)
    } catch  where name == nil {
      throw invalid("“\(manifest.name)” cannot be the name of a project")
    }
    let tags = try manifest.tags.map { tag in
      guard let kind = TagKind(rawValue: tag.kind), (try? checkedName(tag.name)) == tag.name else {
        throw invalid("“\(tag.name)” cannot be a tag")
      }
      return Tag(id: .random(), name: tag.name, kind: kind)
    }
    self.tags = tags
    tagDescriptions = manifest.tags.map(\.description)
    guard Set(tags.map(\.name)).count == tags.count else { throw invalid("two tags of one name") }
    guard tags.count(where: { $0.kind == .negative }) < 2 else {
      throw invalid("two negative tags")
    }
    let rules = TaggingRules(type: type, tags: tags)
    var seen: Set<ContentHash> = []
    images = try manifest.images.map { picture in
      guard let content = ContentHash(picture.content), seen.insert(content).inserted else {
        throw invalid("a picture's content is no SHA-256, or comes twice: \(picture.content)")
      }
      guard (picture.tags + picture.confirmed).allSatisfy(manifest.tags.indices.contains),
        Set(picture.tags).count == picture.tags.count
      else { throw invalid("\(picture.name) bears a tag that is not there, or one twice") }
      guard rules.allow(picture.tags.map { tags[$0].id }) else {
        throw invalid("\(picture.name) bears tags that exclude each other")
      }
      guard !picture.name.isEmpty, picture.name.utf8.count <= Self.longestText,
        picture.path.utf8.count <= Self.longestText
      else { throw invalid("a picture's name or path is empty or too long") }
      return (content, picture)
    }
  }
}
