import CustomVisionAPI
import Dataset
import ProjectLibrary

/// Which images a request means: the words of its query.
struct ImageListing {
  let project: Project
  let filter: ImageFilter
  /// Images with any of them are meant; without any all.
  let tags: Set<TagID>
  let metadata: MetadataFilter?
  /// As of which iteration; `nil` for now.
  let iteration: Iteration?
  let isNewestFirst: Bool

  /// Whether a run of the project's own list is meant, which needs not be gone through.
  var isPlain: Bool { tags.isEmpty && metadata == nil && iteration == nil }
}

extension Service {
  func listing(_ call: Call, _ filter: ImageFilter) throws -> ImageListing {
    let project = try project(of: call)
    let condition = call.query.text("$filter") ?? call.query.text("filter")
    return ImageListing(
      project: project, filter: filter,
      tags: Set(try call.query.ids("tagIds", limit: limits.tagCount, missing: "Tag")),
      metadata: try condition.map { try MetadataFilter($0) },
      iteration: try iterationAsked(call, of: project),
      isNewestFirst: try isNewestFirst(call))
  }

  /// The iteration that a request is about; `nil` when it is about now.
  func iterationAsked(_ call: Call, of project: Project) throws -> Iteration? {
    guard let text = call.query.text("iterationId") else { return nil }
    guard let id = IterationID(text), let iteration = try library.iteration(id, of: project.id)
    else { throw ServiceError.notFound("Iteration") }
    return iteration
  }

  func isNewestFirst(_ call: Call) throws -> Bool {
    switch (call.query.text("orderBy") ?? "Newest").lowercased() {
    case "newest": return true
    case "oldest": return false
    case let word: throw ServiceError.badRequest("“\(word)” is no order.")
    }
  }

  /// How many entries a list skips, and how many it then gives.
  func run(_ call: Call) throws -> (skip: Int, take: Int) {
    (
      try call.query.integer("skip", in: 0...1_000_000_000) ?? 0,
      try call.query.integer("take", in: 0...limits.listCount) ?? 50
    )
  }

  /// All images that are meant, oldest first.
  func images(_ listing: ImageListing) throws -> [Image] {
    let all: [Image]
    if let iteration = listing.iteration {
      all = try library.images(of: listing.project.id, asOf: iteration).filter {
        switch listing.filter {
        case .tagged: !$0.tags.isEmpty
        case .untagged: $0.tags.isEmpty
        default: true
        }
      }
    } else {
      all = try library.images(of: listing.project.id, listing.filter)
    }
    let metadata =
      listing.metadata == nil ? [:] : try library.metadata(of: listing.project.id)
    return all.filter { image in
      (listing.tags.isEmpty || !listing.tags.isDisjoint(with: image.tags))
        && (listing.metadata?.admits(metadata[image.id]?.entries ?? [:]) ?? true)
    }
  }
}
