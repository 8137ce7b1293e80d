public import Dataset
import Embeddings
import WorkThreads

/// What an embedding job did.
public struct EmbeddingReport: Equatable, Sendable {
  /// Embeddings that were made.
  public internal(set) var madeCount = 0
  /// Pictures whose originals cannot be read or decoded any more.
  public internal(set) var unreadable: Set<ContentHash> = []

  public init() {}
}

/// Makes the embeddings that a project lacks, on a thread of its own, behind everything else.
actor EmbeddingRunner {
  private nonisolated let executor = ThreadExecutor("embedding", .behind)
  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  /// Pictures between two looks at whether somebody needs embeddings more urgently.
  private static let roundSize = 64

  func run(
    _ project: Project, among contents: [ContentHash]?, in library: Library,
    progress: @Sendable (EmbeddingProgress) -> Void
  ) throws -> EmbeddingReport {
    let embedder = try library.embedder(for: project.domain)
    let shelf = library.shelf
    shelf.open(for: project.domain, embedder.recipe)
    defer { shelf.close() }
    var report = EmbeddingReport()
    var backlog = try library.contentsToEmbed(in: project, among: contents, besides: report)
    var seconds = 0.0
    while true {
      try Task.checkCancellation()
      let round = nextRound(shelf, &backlog)
      if round.isEmpty {
        if shelf.waitForMore(project.domain) { continue }
        // What came in without passing over the shelf.
        backlog = try library.contentsToEmbed(in: project, among: contents, besides: report)
        if backlog.isEmpty { return report }
        continue
      }
      // Waiting for others is no part of the pace.
      let turn = try library.waitForEmbeddingTurn(isUrgent: false)
      defer { turn.end() }
      let (start, doneBefore) = (library.now(), report.madeCount)
      try library.embed(round, with: embedder, into: &report) { report in
        let roundLeft = round.count - (report.madeCount - doneBefore)
        progress(
          EmbeddingProgress(
            doneCount: report.madeCount,
            imageCount: report.madeCount + roundLeft + backlog.count + shelf.count,
            seconds: seconds + library.now() - start))
      }
      seconds += library.now() - start
    }
  }

  /// Pictures whose pixels are at hand come first: they make room for an import.
  private func nextRound(
    _ shelf: PixelShelf, _ backlog: inout ArraySlice<ContentHash>
  ) -> [PictureToEmbed] {
    let items = shelf.take(upTo: Self.roundSize)
    if !items.isEmpty {
      return items.map { PictureToEmbed(content: $0.content, pixels: $0.pixels) }
    }
    let round = backlog.prefix(Self.roundSize)
    backlog = backlog.dropFirst(round.count)
    return round.map { PictureToEmbed(content: $0, pixels: nil) }
  }
}
