public import Dataset
import ProjectStore

/// A picture that a program hands over, with the tags it shall bear.
public struct NewPicture: Sendable {
  public let name: String
  public let bytes: [UInt8]
  public let tags: [TagID]
  /// Added to what is said about a picture that is there already.
  public let metadata: [String: String]
  /// What its image is to be known by where it is new; `nil` for any id.
  public let id: ImageID?

  public init(
    name: String, bytes: [UInt8], tags: [TagID], metadata: [String: String] = [:],
    id: ImageID? = nil
  ) {
    self.id = id
    self.name = name
    self.bytes = bytes
    self.tags = tags
    self.metadata = metadata
  }
}

/// What became of a picture that was handed over.
public enum Addition: Equatable, Sendable {
  case added(ImageID)
  /// The project held the content already; tags that exclude none of its own were added.
  case duplicate(ImageID)
  case refused(AdditionRefusal)
}

/// Why a picture was not added.
public enum AdditionRefusal: Error, Equatable, Sendable {
  case picture(Refusal)
  case outOfBounds(PictureOutOfBounds)
  case unknownTag(TagID)
  /// The negative tag beside another.
  case negativeBesideOthers
  /// Several tags in a multiclass project.
  case severalTags
  /// The image is there, and would have more metadata than it may.
  case metadataExceeding
}

/// What became of a tag that was to be given to an image.
public enum LabelAddition: Equatable, Sendable {
  case given
  /// The image bore it already.
  case present
  /// Not given: the image bears another of the same request, and may bear one only.
  case exceeding
}

extension Library {
  /// Adds pictures to a project, each judged by itself; all that are good in one change.
  ///
  /// When it returns, pictures and tags are on the disk. Works on several threads and blocks this one.
  ///
  /// - Returns: One result a picture, in their order.
  /// - Throws: What keeps the library from being written.
  public func add(
    _ pictures: [NewPicture], to project: Project, within bounds: PictureBounds
  ) throws -> [Addition] {
    let rules = try store.read { try $0.rules(of: project.id) }
    var prepared: [Result<PictureFile, AdditionRefusal>] = []
    // What is ready goes to the disk while the rest is being looked at.
    var unwritten: [PictureFile] = []
    func write() throws {
      if unwritten.isEmpty { return }
      try originals.synchronise()
      try cache.keep(
        thumbnails: unwritten.compactMap { file in
          file.thumbnail.map { (file.content.hash, $0) }
        })
      unwritten = []
    }
    try inOrder(
      pictures, concurrency: ImportRunner.readerCount, lead: pictures.count
    ) { picture in
      Result { try self.prepare(picture, for: project, within: bounds, rules) }
    } consume: { _, result in
      do {
        let file = try result.get()
        prepared.append(.success(file))
        unwritten.append(file)
        if unwritten.count == 16 { try write() }
      } catch let refusal as AdditionRefusal {
        prepared.append(.failure(refusal))
      }
    }
    try write()
    let additions: [Addition] = try change(
      in: project.id, command: "import", undoable: false
    ) { recorder in
      // Somebody may have changed the tags meanwhile.
      let rules = try recorder.snapshot.rules(of: project.id)
      return try zip(pictures, prepared).map { picture, prepared in
        switch prepared {
        case .failure(let refusal): .refused(refusal)
        case .success(let file):
          try recorder.add(file, as: picture, within: bounds, rules, to: project)
        }
      }
    }
    for case .success(let file) in prepared {
      guard let (recipe, pixels) = file.pixels else { continue }
      shelf.offer(PixelShelf.Item(content: file.content.hash, pixels: pixels), recipe: recipe)
    }
    return additions
  }

  private func prepare(
    _ picture: NewPicture, for project: Project, within bounds: PictureBounds,
    _ rules: TaggingRules
  ) throws -> PictureFile {
    for tag in picture.tags where !rules.tags.contains(where: { $0.id == tag }) {
      throw AdditionRefusal.unknownTag(tag)
    }
    if !rules.allow(Array(Set(picture.tags))) {
      let negative = rules.tags.first { $0.kind == .negative }?.id
      throw picture.tags.contains { $0 == negative }
        ? AdditionRefusal.negativeBesideOthers : .severalTags
    }
    do {
      return try prepare(
        picture.bytes, named: FilePath(bytes: Array(picture.name.utf8)), from: nil, for: project,
        within: bounds)
    } catch let refusal as Refusal {
      throw AdditionRefusal.picture(refusal)
    } catch let refusal as PictureOutOfBounds {
      throw AdditionRefusal.outOfBounds(refusal)
    }
  }

  /// Gives images tags, all that may be or none.
  ///
  /// In a multiclass project a tag takes the place of the one that was there before; of several for the
  /// same image the first is given.
  ///
  /// - Returns: What became of each, in their order.
  /// - Throws: `.imageNotFound`, `.tagNotFound`, `.negativeTagBesideOthers`.
  public func addLabels(
    _ labels: [(image: ImageID, tag: TagID)], in project: ProjectID
  ) throws -> [LabelAddition] {
    try change(in: project, command: "label add") { recorder in
      let snapshot = recorder.snapshot
      let rules = try snapshot.rules(of: project)
      let present = Set(try snapshot.images(labels.map(\.image), of: project).map(\.id))
      var firstTags: [ImageID: TagID] = [:]
      return try labels.map { image, tag in
        guard present.contains(image) else {
          throw LibraryError.imageNotFound(image.description)
        }
        guard rules.tags.contains(where: { $0.id == tag }) else {
          throw LibraryError.tagNotFound(tag.description, known: rules.tags.map(\.name))
        }
        let first = firstTags[image, default: tag]
        firstTags[image] = first
        if rules.type == .multiclass && tag != first { return .exceeding }
        let borne = try recorder.snapshot.tags(on: image)
        if rules.type == .multilabel, !rules.allow(borne + [tag].filter { !borne.contains($0) }) {
          throw LibraryError.negativeTagBesideOthers(image: image.description)
        }
        return try recorder.label(image, .add(tag), rules) ? .given : .present
      }
    }
  }
}

extension Recorder {
  fileprivate mutating func add(
    _ file: PictureFile, as picture: NewPicture, within bounds: PictureBounds,
    _ rules: TaggingRules, to project: Project
  ) throws -> Addition {
    let tags = picture.tags
    if let known = try snapshot.image(of: project.id, content: file.content.hash) {
      let metadata = try metadata(of: known.id, adding: picture.metadata)
      if !picture.metadata.isEmpty && metadata.entries.count > bounds.metadataCount {
        return .refused(.metadataExceeding)
      }
      // A picture that was removed comes back when it is added again.
      let isBack = try record(.membership(known.id, true))
      for tag in tags where rules.tags.contains(where: { $0.id == tag }) {
        // A person chose the tags that it bears: none of them is pushed out.
        let borne = try snapshot.tags(on: known.id)
        let after = rules.tags(after: .add(tag), from: borne)
        if borne.allSatisfy(after.contains) { _ = try label(known.id, .add(tag), rules) }
      }
      if !picture.metadata.isEmpty { try record(.imageMetadata(known.id, metadata)) }
      return isBack ? .added(known.id) : .duplicate(known.id)
    }
    let image = picture.id ?? .random()
    try makeImage(image, content: file.content, name: file.path.text, path: file.path.text)
    for tag in tags where rules.tags.contains(where: { $0.id == tag }) {
      _ = try label(image, .add(tag), rules)
    }
    if !picture.metadata.isEmpty {
      try record(.imageMetadata(image, ImageMetadata(picture.metadata)))
    }
    return .added(image)
  }
}
